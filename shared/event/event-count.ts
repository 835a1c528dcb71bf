/** Counts events of a connection. The number of events that are read is bounded. */

import { type Skips, skipsOf } from '../job/skips.ts';
import type { EventRow } from './event.ts';
import type { EventTable } from './event-table.ts';
import type { SkipReason } from './skip-reason.ts';

/** The most pages that a count reads, and the number of events in a page. */
const maxCountPages = 20;
const countPageSize = 500;

/** How many events a count shows. */
const sampleSize = 5;

/** Bounds on the time of arrival, both inclusive. */
export interface CountRange {
  from: string;
  to?: string;
}

/** The result of a count. If the count is not `complete`, it is a lower bound. */
export interface EventCount {
  count: number;
  /** Times of arrival. Null if there was no event. */
  first: string | null;
  last: string | null;
  complete: boolean;
  /** The number of these events that a replay skips. */
  skipped: number;
  skippedBecause: Skips<SkipReason>;
  /** The write units for updating once each event that is not skipped. */
  writeUnits: number;
  /** The oldest that are not skipped. */
  sample: EventRow[];
}

/**
 * Counts the events of a range that `counts` selects, the oldest first.
 * @param skips returns why a replay skips an event, or undefined if it does not skip it
 */
export async function countEvents(
  table: Pick<EventTable, 'list'>,
  connectionId: string,
  { from, to }: CountRange,
  now: Date,
  counts: (event: EventRow) => boolean,
  skips: (event: EventRow) => SkipReason | undefined = () => undefined,
): Promise<EventCount> {
  const found = { count: 0, first: null as string | null, last: null as string | null, writeUnits: 0 };
  const reasons: SkipReason[] = [];
  const sample: EventRow[] = [];
  const surveyed = (complete: boolean) => ({
    ...found,
    skipped: reasons.length,
    skippedBecause: skipsOf(reasons),
    complete,
    sample,
  });
  let after: string | undefined;
  for (let left = maxCountPages; left > 0; left -= 1) {
    const page = { order: 'asc', limit: countPageSize, after, from, to, type: undefined, now } as const;
    const { events, next } = await table.list(connectionId, page);
    for (const event of events.filter(counts)) {
      found.count += 1;
      found.first ??= event.receivedAt;
      found.last = event.receivedAt;
      const reason = skips(event);
      if (reason !== undefined) {
        reasons.push(reason);
        continue;
      }
      found.writeUnits += event.units;
      if (sample.length < sampleSize) sample.push(event);
    }
    if (next === undefined) return surveyed(true);
    after = next;
  }
  return surveyed(false);
}
