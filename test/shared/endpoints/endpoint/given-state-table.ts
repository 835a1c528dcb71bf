/** A State table in memory. */
import type { Connection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { StateTable } from '../../../../shared/endpoints/endpoint/state-table.ts';

/**
 * Stores records as text, under their names. A version replaces only the version before it, and a name can be opened
 * once.
 */
export function aStateTable(records = new Map<string, string>()): StateTable {
  const read = (name: string): Connection | undefined => {
    const record = records.get(name);
    return record === undefined ? undefined : JSON.parse(record);
  };
  const writeIf = (isAllowed: boolean, connection: Connection) => {
    if (!isAllowed) return 'lost';
    records.set(connection.name, JSON.stringify(connection));
    return 'written';
  };
  return {
    readConnection: async (name) => read(name),
    openConnection: async (connection) => writeIf(!records.has(connection.name), connection),
    replaceConnection: async (connection) =>
      writeIf(read(connection.name)?.version === connection.version - 1, connection),
    removeConnection: async ({ name, version }) =>
      read(name)?.version === version && records.delete(name) ? 'written' : 'lost',
    async listConnections(limit, after = '') {
      const names = [...records.keys()].filter((name) => name > after).sort();
      const connections = names.slice(0, limit).map((name) => JSON.parse(records.get(name) ?? ''));
      return { connections, next: names.length > limit ? names[limit - 1] : undefined };
    },
  };
}
