/** Counts events of a connection. The number of events that are read is bounded. */
import { countOf, type JobCount, readFirstPages, sampleSize } from '../../ground/job/job-count.ts';
import type { EventRow } from './event.ts';
import type { EventTable } from './event-table.ts';
import type { ReplaySkip } from './replay-job.ts';

/** Bounds on the time of arrival, both inclusive. */
export interface CountRange {
  from: string;
  to?: string;
}

export interface EventCount extends JobCount<ReplaySkip> {
  /** The write units for updating once each event that is not skipped. */
  writeUnits: number;
  /** The oldest that are not skipped. */
  sample: EventRow[];
}

/**
 * Counts the events of a range that `counts` selects, the oldest first.
 * @param whySkipped returns why a replay skips an event, or undefined if it does not skip it
 */
export async function countEvents(
  table: Pick<EventTable, 'list'>,
  connectionId: string,
  { from, to }: CountRange,
  now: Date,
  counts: (event: EventRow) => boolean,
  whySkipped: (event: EventRow) => ReplaySkip | undefined = () => undefined,
): Promise<EventCount> {
  const found = await readFirstPages(async (page) => {
    const range = { order: 'asc', ...page, from, to, type: undefined, now } as const;
    const { events, next } = await table.list(connectionId, range);
    return { things: events.filter(counts), next };
  });
  const published = found.things.filter((event) => whySkipped(event) === undefined);
  return {
    ...countOf(found, whySkipped),
    writeUnits: published.reduce((sum, { units }) => sum + units, 0),
    sample: published.slice(0, sampleSize),
  };
}
