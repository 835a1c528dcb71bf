/** Deliveries in memory: rows, timers, health and leases, as far as tests of single steps need them. */

import type { DeliveryJob, Target } from '../../../../shared/deliveries/dispatch/delivery-job.ts';
import type { DeliveryRow } from '../../../../shared/deliveries/dispatch/delivery-row.ts';
import type { DestinationHealth } from '../../../../shared/deliveries/dispatch/destination-health.ts';
import type { Deliveries, DispatchPorts, LaneTimer, Lease } from '../../../../shared/deliveries/dispatch/ports.ts';
import type { Revised, RevisedStore } from '../../../../shared/ground/aws/revised-item.ts';

/** A store in memory. `faults` has the names of the calls that fail. */
export function aStore<Key, T>(nameOf: (key: Key) => string, faults: Set<string>) {
  const items = new Map<string, Revised<T>>();
  let writes = 0;
  const store: RevisedStore<Key, T> = {
    async read(key) {
      if (faults.has('read')) throw Object.assign(new Error('throttled'), { name: 'ThrottlingException' });
      return items.get(nameOf(key));
    },
    async write(key, value, replaced) {
      if (faults.has('write')) throw Object.assign(new Error('throttled'), { name: 'ThrottlingException' });
      if (items.get(nameOf(key))?.revision !== replaced) return false;
      writes += 1;
      if (value === undefined) items.delete(nameOf(key));
      else items.set(nameOf(key), { value, revision: (replaced ?? 0) + 1 });
      return true;
    },
  };
  return { store, items, writes: () => writes };
}

/** A message that was sent, and for how long the queue keeps it back. */
type SentMessage<T> = [body: T, delayMs: number];

type QueueName = Exclude<keyof DispatchPorts['queues'], 'isLast'>;

/** A world at a time. The queues take everything unless `closed` names them. `isLast`: the invocation is the last one of its chain. */
export function someDeliveries({
  now,
  closed = [],
  isLast = false,
}: {
  now: number;
  closed?: QueueName[];
  isLast?: boolean;
}) {
  const faults = new Set<string>();
  const clock = { time: now };
  const rows = aStore<Pick<DeliveryRow, 'event' | 'receivedAt' | 'rule' | 'replay'>, DeliveryRow>(
    ({ event, receivedAt, rule, replay }) => `${event} ${receivedAt} ${rule} ${replay}`,
    new Set(),
  );
  const timers = aStore<string, LaneTimer>((key) => key, new Set());
  const health = aStore<string, DestinationHealth>((key) => key, faults);
  const leases = aStore<string, Lease>((key) => key, new Set());
  const sent = {
    dispatch: [] as SentMessage<DeliveryJob>[],
    overflow: [] as SentMessage<DeliveryJob>[],
    lane: [] as SentMessage<Target>[],
  };
  const queue =
    <T>(name: keyof typeof sent) =>
    async (messages: readonly { body: T; delayMs?: number }[]) => {
      if (isLast || closed.includes(name)) return [...messages];
      (sent[name] as SentMessage<T>[]).push(
        ...messages.map(({ body, delayMs = 0 }): SentMessage<T> => [body, delayMs]),
      );
      return [];
    };
  const all = () => [...rows.items.values()].map(({ value }) => value);
  const deliveries: Deliveries = {
    rows: rows.store,
    timers: timers.store,
    health: health.store,
    leases: leases.store,
    putAttempt: async () => undefined,
    listAttempts: async () => [],
    listDue: async (_, until) => {
      const due = all().filter((row) => row.due !== undefined && row.due <= until);
      const late = [...timers.items.values()].map(({ value }) => value).filter((timer) => timer.due <= until);
      return { items: [...due.map((row) => ({ row })), ...late.map((timer) => ({ timer }))], next: undefined };
    },
    listByState: async (id, state) => ({
      items: all().filter((row) => row.to.id === id && row.status === state),
      next: undefined,
    }),
  };
  const lines: object[] = [];
  let ids = 0;
  return {
    faults,
    clock,
    rows,
    timers,
    health,
    leases,
    sent,
    lines,
    row: () => all()[0],
    put: (row: DeliveryRow) => rows.store.write(row, row, undefined),
    ports: {
      deliveries,
      queues: {
        dispatch: queue('dispatch'),
        overflow: queue('overflow'),
        lane: queue('lane'),
        isLast,
      } as DispatchPorts['queues'],
      clock: { now: () => clock.time, sleep: async () => undefined, random: () => 0.5 },
      newId: () => `id-${++ids}`,
      log: (line: object) => void lines.push(line),
    },
  };
}
