/** Reads how many requests were rejected, by minute and reason. `rejection-table.ts` explains how this is stored. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { journalKey } from '../../ground/aws/journal-key.ts';
import { type JournalItem, type JournalSpan, numberIn, readSpan, textIn } from '../../ground/aws/journal-span.ts';
import { minuteOf } from '../../ground/base/time.ts';
import { countsByReason, type RejectionCount, type RejectionReason, rejectionReasons } from './rejection.ts';

/** The totals are added up from at most this many pages of 1 MB, the newest first. */
const maxTotalsPages = 10;

export interface RejectionCounts {
  /** Counts by minute and reason, each in up to `rejectionShards` parts. `complete` means the same as in `totals`. */
  byMinute(
    connectionId: string,
    range: { from: Date; to: Date },
  ): Promise<{ counts: RejectionCount[]; complete: boolean }>;
  /**
   * Counts by reason. `complete` is false if a count is a lower bound. If there are too many items, only the newest items are
   * counted, and `complete` is false too.
   */
  totals(
    connectionId: string,
    range: { from: Date; to: Date },
  ): Promise<{ totals: Partial<Record<RejectionReason, number>>; complete: boolean }>;
}

/** The items of a connection's rejections in this time, the newest first. */
export const rejectionSpanOf = (connectionId: string, { from, to }: { from: Date; to: Date }) => ({
  pk: journalKey('rejections', connectionId),
  least: minuteOf(from),
  greatest: `${minuteOf(to)}~`,
  order: 'desc' as const,
  // A rejection is counted before it is answered, so a consistent read finds it after the answer.
  consistent: true,
});

/** The minute and reason of an item: its sort key without the shard, which is one digit. */
export const rejectionGroupOf = (item: JournalItem): string => textIn(item, 'sk').replace(/#\d$/, '');

/** Whether no rejection is missing from an item's count. */
export const isExactCount = (item: JournalItem): boolean => item['exact']?.BOOL === true;

/** How many rejections an item has. */
export const itemCountOf = (item: JournalItem): number => numberIn(item, 'count');

/** The reason of a group. @throws if this version of Hooklatch does not know it */
export function rejectionReasonOf(group: string): RejectionReason {
  const reason = rejectionReasons.find((known) => group.endsWith(`#${known}`));
  if (reason) return reason;
  throw new Error('a rejection item has an unknown reason');
}

/** What an item counts. */
export function rejectionCountIn(item: JournalItem): RejectionCount {
  const group = rejectionGroupOf(item);
  return { minute: group.slice(0, 16), reason: rejectionReasonOf(group), count: itemCountOf(item) };
}

async function readCounts(client: DynamoDBClient, table: string, span: JournalSpan) {
  const { items, complete } = await readSpan(
    client,
    table,
    { ...span, only: ['count', 'exact'] },
    { pages: maxTotalsPages },
  );
  return { counts: items.map(rejectionCountIn), complete: complete && items.every(isExactCount) };
}

/** Reads counts alone, so that functions which only count do not load what explains a rejection. */
export const rejectionCounts = (client: DynamoDBClient, table: string): RejectionCounts => ({
  byMinute: (connectionId, range) => readCounts(client, table, rejectionSpanOf(connectionId, range)),

  async totals(connectionId, range) {
    const { counts, complete } = await readCounts(client, table, rejectionSpanOf(connectionId, range));
    return { totals: countsByReason(counts), complete };
  },
});
