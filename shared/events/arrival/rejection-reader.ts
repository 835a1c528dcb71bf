/** Reads rejections for operators. `rejection-table.ts` explains how they are stored. */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { journalKey } from '../aws/journal-key.ts';
import { type JournalItem, type JournalSpan, numberIn, readSpan, textIn } from '../aws/journal-span.ts';
import { rejected } from '../base/advice.ts';
import { minuteOf } from '../base/time.ts';
import {
  countsByReason,
  maxCauses,
  type RejectionCount,
  type RejectionReason,
  type RejectionSample,
  rejectionReasons,
  rejectionShards,
} from './rejection.ts';
import { explained, type RejectionView, rejectionSampleFrom, sampleAdviceOf } from './rejection-view.ts';

/** The totals are added up from at most this many pages of 1 MB, the newest first. */
const maxTotalsPages = 10;

export interface RejectionReader {
  /**
   * Rejections by minute and reason, newest first.
   * @param before the `next` of the previous page
   */
  list(
    connectionId: string,
    page: { from: Date; to: Date; limit: number; before: string | undefined },
  ): Promise<{ items: RejectionView[]; next: string | undefined }>;
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

const spanOf = (connectionId: string, { from, to }: { from: Date; to: Date }) => ({
  pk: journalKey('rejections', connectionId),
  least: minuteOf(from),
  greatest: `${minuteOf(to)}~`,
  order: 'desc' as const,
  // A rejection is counted before it is answered, so a consistent read finds it after the answer.
  consistent: true,
});

/** The minute and reason of an item: its sort key without the shard, which is one digit. */
const groupOf = (item: JournalItem): string => textIn(item, 'sk').replace(/#\d$/, '');

const isExact = (item: JournalItem): boolean => item['exact']?.BOOL === true;

const itemCountOf = (item: JournalItem): number => numberIn(item, 'count');

function reasonOf(group: string): RejectionReason {
  const reason = rejectionReasons.find((known) => group.endsWith(`#${known}`));
  if (reason) return reason;
  throw new Error('a rejection item has an unknown reason');
}

/** A cause with its first sample. Other causes of the same reason may need other changes. */
interface Cause {
  cause: string;
  count: number;
  sample: RejectionSample;
}

/** The causes in these items. Causes with advice come first. */
function causesIn(items: readonly JournalItem[]): Cause[] {
  const causes = new Map<string, Cause>();
  for (const item of items)
    for (const name of Object.keys(item).filter((name) => name.startsWith('sample#'))) {
      const cause = name.slice('sample#'.length);
      const { sample, count } = causes.get(cause) ?? { sample: rejectionSampleFrom(textIn(item, name)), count: 0 };
      causes.set(cause, { cause, sample, count: count + numberIn(item, `count#${cause}`) });
    }
  const isAdvised = ({ sample }: Cause) => sampleAdviceOf(sample) !== undefined;
  const { advised = [], others = [] } = Object.groupBy(causes.values(), (cause) =>
    isAdvised(cause) ? 'advised' : 'others',
  );
  return [...advised, ...others];
}

/** Combines the items of a minute and reason. */
function viewOf(group: string, items: readonly JournalItem[]): RejectionView {
  const reason = reasonOf(group);
  const causes = causesIn(items);
  const count = items.reduce((sum, item) => sum + itemCountOf(item), 0);
  const isExactly = items.every(isExact);
  const haveAllCauses = causes.reduce((sum, cause) => sum + cause.count, 0) === count;
  const shown = ({ cause, sample, count }: Cause) => ({
    cause,
    // An instance of the version before stores samples without counts.
    count: Math.max(1, count),
    ...(isExactly && haveAllCauses ? {} : { atLeast: true as const }),
    ...sample,
    ...sampleAdviceOf(sample),
  });
  const [sample, ...otherSamples] = causes.slice(0, maxCauses).map(shown);
  return {
    minute: `${group.slice(0, 16)}Z`,
    reason,
    count,
    ...(isExactly ? {} : { atLeast: true as const }),
    ...explained(rejected(reason)),
    ...(sample && { sample }),
    ...(otherSamples.length > 0 && { otherSamples }),
  };
}

/** Whether a text can be the position in a cursor of this list. */
export const isRejectionListPosition = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d#[a-z_]{1,32}$/.test(text);

function countIn(item: JournalItem): RejectionCount {
  const group = groupOf(item);
  return { minute: group.slice(0, 16), reason: reasonOf(group), count: itemCountOf(item) };
}

async function readCounts(client: DynamoDBClient, table: string, span: JournalSpan) {
  const { items, complete } = await readSpan(
    client,
    table,
    { ...span, only: ['count', 'exact'] },
    { pages: maxTotalsPages },
  );
  return { counts: items.map(countIn), complete: complete && items.every(isExact) };
}

export const rejectionReader = (client: DynamoDBClient, table: string): RejectionReader => ({
  async list(connectionId, { limit, before, ...range }) {
    const span = spanOf(connectionId, range);
    const greatest = before === undefined ? span.greatest : `${before}"`;
    // Reads one item more than the page's groups can have. So no group is cut off, and the last item shows whether another
    // group follows.
    const { items } = await readSpan(client, table, { ...span, greatest }, { items: limit * rejectionShards + 1 });
    const groups = Map.groupBy(items, groupOf);
    const shown = [...groups].slice(0, limit);
    const next = groups.size > limit ? shown.at(-1)?.[0] : undefined;
    return { items: shown.map(([group, of]) => viewOf(group, of)), next };
  },

  byMinute: (connectionId, range) => readCounts(client, table, spanOf(connectionId, range)),

  async totals(connectionId, range) {
    const { counts, complete } = await readCounts(client, table, spanOf(connectionId, range));
    return { totals: countsByReason(counts), complete };
  },
});
