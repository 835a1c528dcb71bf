/** A list of events as the API shows it: rows appear up to 15 seconds after their arrival. */
import type { ListEvents, ListedEvent } from '../../../../shared/operators/wait/live-events.ts';

export interface TimedEvent {
  id: string;
  /** Milliseconds since the start of the test. */
  arrives: number;
  /** How long it takes until the list has it. */
  delay: number;
}

const begin = Date.parse('2026-03-01T12:00:00.000Z');
export const at = (ms: number): string => new Date(begin + ms).toISOString();
const settlingMs = 15_000;

export const listed = ({ id, arrives }: TimedEvent): ListedEvent => ({
  id,
  receivedAt: at(arrives),
  endpointId: 'endpoint',
  type: 'webhook',
  method: 'POST',
  size: 2,
  tokenId: 'token',
});

const keyOf = (event: TimedEvent): string => `${at(event.arrives)}#${event.id}`;

/** @param now milliseconds since the start @param onRead is called after each read */
export function anEventList(
  events: readonly TimedEvent[],
  { now, onRead = () => {}, pageSize = 3 }: { now: () => number; onRead?: () => void; pageSize?: number },
): ListEvents {
  return async ({ order, from = '', cursor, limit }) => {
    const upTo = at(now() - settlingMs);
    const size = limit === undefined ? pageSize : Number(limit);
    const isAscending = order === 'asc';
    const rows = events
      .filter(({ arrives, delay }) => arrives + delay <= now())
      .filter((event) => at(event.arrives) >= from && (!isAscending || at(event.arrives) <= upTo))
      .sort((one, other) => (keyOf(one) < keyOf(other) === isAscending ? -1 : 1))
      .filter((event) => cursor === undefined || (isAscending ? keyOf(event) > cursor : keyOf(event) < cursor));
    const shown = rows.slice(0, size);
    const last = shown.at(-1);
    onRead();
    return { items: shown.map(listed), nextCursor: last && rows.length > size ? keyOf(last) : null, upTo };
  };
}
