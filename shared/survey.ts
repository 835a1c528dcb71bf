/** A look over a connection's events that is bounded in what it reads: how many there are of a kind, and since when. */
import type { EventRow } from './event.ts';
import type { EventLog } from './event-log.ts';

/** Bounds on what is read: so many pages of so many events. */
const pages = 20;
const pageSize = 500;

/** Which events are looked over, by their times of arrival; both bounds are inclusive. */
export interface Range {
  from: string;
  to?: string;
}

/** What was found. What is not `complete` is a lower bound. */
export interface Survey {
  count: number;
  /** Times of arrival, null where nothing was found. */
  first: string | null;
  last: string | null;
  complete: boolean;
  /** What one write to each of them costs, in write units. */
  writeUnits: number;
}

/** Looks over the events of a range for those that count, the oldest first. */
export async function survey(
  log: Pick<EventLog, 'list'>,
  connectionId: string,
  { from, to }: Range,
  now: Date,
  counts: (event: EventRow) => boolean,
): Promise<Survey> {
  const found: Survey = { count: 0, first: null, last: null, complete: false, writeUnits: 0 };
  let after: string | undefined;
  for (let left = pages; left > 0; left -= 1) {
    const page = { order: 'asc', limit: pageSize, after, from, to, type: undefined, now } as const;
    const { events, next } = await log.list(connectionId, page);
    for (const event of events.filter(counts)) {
      found.count += 1;
      found.first ??= event.receivedAt;
      found.last = event.receivedAt;
      found.writeUnits += event.units;
    }
    if (next === undefined) return { ...found, complete: true };
    after = next;
  }
  return found;
}
