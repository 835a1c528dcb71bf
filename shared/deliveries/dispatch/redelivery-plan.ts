/** Counts the deliveries of a redelivery before it begins, and shows some of them. The number of rows that are read is bounded. */
import { countOf, type JobCount, readFirstPages, sampleSize } from '../../ground/job/job-count.ts';
import type { DeliveryLists } from './delivery-lists.ts';
import type { DeliveryRow } from './delivery-row.ts';
import { whyNotRedelivered } from './redeliver.ts';
import type { RedeliverySelection, RedeliverySkip } from './redelivery-job.ts';

export interface RedeliveryCount extends JobCount<RedeliverySkip> {
  /** The deliveries of the oldest events. */
  sample: DeliveryRow[];
}

export async function countDeliveries(
  lists: Pick<DeliveryLists, 'ended'>,
  destinationId: string,
  selection: RedeliverySelection,
  now: Date,
): Promise<RedeliveryCount> {
  const found = await readFirstPages(async (page) => {
    const { rows: things, next } = await lists.ended(destinationId, { ...selection, ...page });
    return { things, next };
  });
  const count = countOf(found, (row) => whyNotRedelivered(row, now.getTime()));
  return { ...count, sample: found.things.slice(0, sampleSize) };
}
