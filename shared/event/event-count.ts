/** A look over a connection's events that is bounded in what it reads: how many there are of a kind, and since when. */
import type { EventRow } from './event.ts';
import type { EventTable } from './event-table.ts';
import { type SkipReason, type Skips, skipsOf } from './replay-job.ts';

/** Bounds on what is read: so many pages of so many events. */
const pages = 20;
const pageSize = 500;

/** Which events are looked over, by their times of arrival; both bounds are inclusive. */
export interface CountRange {
  from: string;
  to?: string;
}

/** What was found. What is not `complete` is a lower bound. */
export interface EventCount {
  count: number;
  /** Times of arrival, null where nothing was found. */
  first: string | null;
  last: string | null;
  complete: boolean;
  /** Those of them that are skipped. */
  skipped: number;
  skippedBecause: Skips;
  /** What one write to each of the others costs, in write units. */
  writeUnits: number;
}

/**
 * Looks over the events of a range for those that count, the oldest first.
 * @param skips why one that counts is skipped, if it is
 */
export async function countEvents(
  log: Pick<EventTable, 'list'>,
  connectionId: string,
  { from, to }: CountRange,
  now: Date,
  counts: (event: EventRow) => boolean,
  skips: (event: EventRow) => SkipReason | undefined = () => undefined,
): Promise<EventCount> {
  const found = { count: 0, first: null as string | null, last: null as string | null, writeUnits: 0 };
  const reasons: SkipReason[] = [];
  const surveyed = (complete: boolean) => ({
    ...found,
    skipped: reasons.length,
    skippedBecause: skipsOf(reasons),
    complete,
  });
  let after: string | undefined;
  for (let left = pages; left > 0; left -= 1) {
    const page = { order: 'asc', limit: pageSize, after, from, to, type: undefined, now } as const;
    const { events, next } = await log.list(connectionId, page);
    for (const event of events.filter(counts)) {
      found.count += 1;
      found.first ??= event.receivedAt;
      found.last = event.receivedAt;
      const reason = skips(event);
      if (reason === undefined) found.writeUnits += event.units;
      else reasons.push(reason);
    }
    if (next === undefined) return surveyed(true);
    after = next;
  }
  return surveyed(false);
}
