import { type DestinationRecord, isFinished } from '../../../../shared/deliveries/destination/destination.ts';
import type { DestinationTable } from '../../../../shared/deliveries/destination/destination-table.ts';

/** The State table's destinations in memory. `meanwhile` runs before each write, as another operator would. */
export function aDestinationTable(records = new Map<string, DestinationRecord>()) {
  const meanwhile: (() => unknown)[] = [];
  const at = (name: string) => records.get(name);
  const table: DestinationTable = {
    read: async (name) => structuredClone(at(name)),
    async put(record) {
      await meanwhile.shift()?.();
      if ((at(record.name)?.version ?? 0) !== record.version - 1) return 'lost';
      records.set(record.name, structuredClone(record));
      return 'written';
    },
    async remove({ name, version }) {
      await meanwhile.shift()?.();
      if (at(name) && at(name)?.version !== version) return 'lost';
      records.delete(name);
      return 'written';
    },
    async list(limit, after = '') {
      const rest = [...records.values()].filter(({ name }) => name > after).sort((a, b) => (a.name < b.name ? -1 : 1));
      const page = rest.slice(0, limit);
      return { destinations: page.filter(isFinished), next: rest.length > limit ? page.at(-1)?.name : undefined };
    },
  };
  return Object.assign(table, { records, meanwhile });
}
