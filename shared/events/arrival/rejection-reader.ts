/** Reads rejections for operators. `rejection-table.ts` explains how they are stored. */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type JournalItem, numberIn, readSpan, textIn } from '../../ground/aws/journal-span.ts';
import { rejected } from '../../ground/base/advice.ts';
import {
  countsByReason,
  maxCauses,
  maxKeptIds,
  type RejectionReason,
  type RejectionSample,
  rejectionShards,
} from './rejection.ts';
import {
  isExactCount,
  itemCountOf,
  type RejectionCounts,
  rejectionCountIn,
  rejectionCounts,
  rejectionGroupOf,
  rejectionReasonOf,
  rejectionSpanOf,
} from './rejection-counts.ts';
import { explained, type RejectionView, rejectionSampleFrom, sampleAdviceOf } from './rejection-view.ts';

/** What a look through the rejections of a time has found. */
export interface LookedThrough {
  /** Those that kept a wanted id, the newest first. */
  found: RejectionView[];
  /** What it counted by reason, and whether these are all. */
  totals: Partial<Record<RejectionReason, number>>;
  complete: boolean;
  /** The minute of the oldest one that it looked at, if there may be more. */
  backTo?: string;
}

export interface RejectionReader extends RejectionCounts {
  /**
   * Rejections by minute and reason, newest first.
   * @param before the `next` of the previous page
   */
  list(
    connectionId: string,
    page: { from: Date; to: Date; limit: number; before: string | undefined },
  ): Promise<{ items: RejectionView[]; next: string | undefined }>;
  /** Looks for delivery ids, in the newest `mostLookedThrough` items of this time. */
  lookThrough(
    connectionId: string,
    isWanted: (deliveryId: string) => boolean,
    range: { from: Date; to: Date },
  ): Promise<LookedThrough>;
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

/** The ids of refused webhooks that are kept, and whether there may have been more. */
function idsIn(items: readonly JournalItem[]): Pick<RejectionView, 'deliveryIds' | 'idsLeftOut'> {
  const names = (item: JournalItem) => Object.keys(item).filter((name) => name.startsWith('id#'));
  const all = [...new Set(items.flatMap((item) => names(item).map((name) => textIn(item, name))))].sort();
  const deliveryIds = all.slice(0, maxKeptIds);
  const withId = items.reduce((sum, item) => sum + numberIn(item, 'ids'), 0);
  if (withId === 0 && all.length === 0) return {};
  return { deliveryIds, ...(deliveryIds.length < withId && { idsLeftOut: true as const }) };
}

/** Combines the items of a minute and reason. */
function viewOf(group: string, items: readonly JournalItem[]): RejectionView {
  const reason = rejectionReasonOf(group);
  const causes = causesIn(items);
  const count = items.reduce((sum, item) => sum + itemCountOf(item), 0);
  const isExactly = items.every(isExactCount);
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
    ...idsIn(items),
    ...(sample && { sample }),
    ...(otherSamples.length > 0 && { otherSamples }),
  };
}

/** Whether a text can be the position in a cursor of this list. */
export const isRejectionListPosition = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d#[a-z_]{1,32}$/.test(text);

/** The most items in which a delivery id is looked for. */
const mostLookedThrough = 2_000;

export const rejectionReader = (client: DynamoDBClient, table: string): RejectionReader => ({
  async lookThrough(connectionId, isWanted, range) {
    const { items, complete } = await readSpan(client, table, rejectionSpanOf(connectionId, range), {
      items: mostLookedThrough,
    });
    const groups = [...Map.groupBy(items, rejectionGroupOf)];
    const [oldest] = groups.at(-1) ?? [];
    const views = groups.map(([group, of]) => viewOf(group, of));
    return {
      found: views.filter(({ deliveryIds = [] }) => deliveryIds.some(isWanted)),
      totals: countsByReason(items.map(rejectionCountIn)),
      complete: complete && items.every(isExactCount),
      ...(!complete && oldest !== undefined && { backTo: `${oldest.slice(0, 16)}:00.000Z` }),
    };
  },

  async list(connectionId, { limit, before, ...range }) {
    const span = rejectionSpanOf(connectionId, range);
    const greatest = before === undefined ? span.greatest : `${before}"`;
    // Reads one item more than the page's groups can have. So no group is cut off, and the last item shows whether another
    // group follows.
    const { items } = await readSpan(client, table, { ...span, greatest }, { items: limit * rejectionShards + 1 });
    const groups = Map.groupBy(items, rejectionGroupOf);
    const shown = [...groups].slice(0, limit);
    const next = groups.size > limit ? shown.at(-1)?.[0] : undefined;
    return { items: shown.map(([group, of]) => viewOf(group, of)), next };
  },

  ...rejectionCounts(client, table),
});
