/** Counts the deliveries of a redelivery before it begins, and shows some of them. The number of rows that are read is bounded. */
import { type Skips, skipsOf } from '../job/skips.ts';
import type { DeliveryLists } from './delivery-lists.ts';
import type { DeliveryRow } from './delivery-row.ts';
import { whyNotRedelivered } from './redeliver.ts';
import type { RedeliverySelection, RedeliverySkip } from './redelivery-job.ts';

/** The most pages that a count reads, and the number of deliveries in a page. */
const maxPages = 20;
const pageSize = 500;
/** How many deliveries a plan shows. */
const sampleSize = 5;

/** The result of a count. If it is not `complete`, it is a lower bound. */
export interface RedeliveryCount {
  count: number;
  complete: boolean;
  /** The times of arrival of the oldest event and of the newest. Null if there is none. */
  first: string | null;
  last: string | null;
  /** The number of these deliveries that are skipped. */
  skipped: number;
  skippedBecause: Skips<RedeliverySkip>;
  /** The deliveries of the oldest events. */
  sample: DeliveryRow[];
}

export async function countDeliveries(
  lists: Pick<DeliveryLists, 'ended'>,
  destinationId: string,
  selection: RedeliverySelection,
  now: Date,
): Promise<RedeliveryCount> {
  const rows: DeliveryRow[] = [];
  let after: string | undefined;
  let pages = 0;
  do {
    const page = await lists.ended(destinationId, { ...selection, limit: pageSize, after });
    rows.push(...page.rows);
    after = page.next;
    pages += 1;
  } while (after !== undefined && pages < maxPages);
  const reasons = rows.flatMap((row) => whyNotRedelivered(row, now.getTime()) ?? []);
  return {
    count: rows.length,
    complete: after === undefined,
    first: rows[0]?.receivedAt ?? null,
    last: rows.at(-1)?.receivedAt ?? null,
    skipped: reasons.length,
    skippedBecause: skipsOf(reasons),
    sample: rows.slice(0, sampleSize),
  };
}
