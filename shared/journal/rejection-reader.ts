/** Reads rejections for operators. How they are kept is explained in `shared/journal/rejection-table.ts`. */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { journalKey } from '../aws/journal-key.ts';
import { type JournalItem, type JournalSpan, readSpan } from '../aws/journal-span.ts';
import {
  countsByReason,
  maxSamples,
  minuteOf,
  type RejectionCount,
  type RejectionReason,
  type RejectionSample,
  rejectionReasons,
  rejectionShards,
  sampleCauseOf,
} from './rejection.ts';
import { type RejectionView, rejectionExplanations, rejectionSampleFrom, sampleAdviceOf } from './rejection-view.ts';

/** Pages of 1 MB that the totals are added up from; newest first. */
const maxPages = 10;

export interface RejectionReader {
  /** By minute and reason, newest first. @param before what `next` of the page before was */
  list(
    connectionId: string,
    page: { from: Date; to: Date; limit: number; before: string | undefined },
  ): Promise<{ items: RejectionView[]; next: string | undefined }>;
  /** Counts by minute and reason, each in up to four parts. `complete` is as with the totals. */
  byMinute(
    connectionId: string,
    range: { from: Date; to: Date },
  ): Promise<{ counts: RejectionCount[]; complete: boolean }>;
  /**
   * Counts by reason. Not `complete` when one of the counts is a lower bound, or when there are too many to add up: then
   * they are those of the newest.
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
  // A refusal is counted before it is answered: who was refused finds it.
  consistent: true,
});

/** Minute and reason of an item; what is before the shard in its key. */
const groupOf = (item: JournalItem): string => (item['sk']?.S ?? '').replace(/#\d+$/, '');

/** An item that an earlier version wrote does not say. */
const isExact = (item: JournalItem): boolean => item['exact']?.BOOL === true;

const countOf = (item: JournalItem): number => Number(item['count']?.N ?? 0);

function reasonOf(group: string): RejectionReason {
  const reason = rejectionReasons.find((known) => group.endsWith(`#${known}`));
  if (reason) return reason;
  throw new Error('an item of the rejections has no known reason');
}

/** The samples of these items, one for each cause; those with advice first. */
function samplesIn(items: readonly JournalItem[]): RejectionSample[] {
  const written = items.flatMap((item) =>
    Object.entries(item).flatMap(([name, value]) => (/^sample(#|$)/.test(name) ? (value.S ?? []) : [])),
  );
  const byCause = new Map<string, RejectionSample>();
  for (const sample of written.map(rejectionSampleFrom)) {
    const cause = sampleCauseOf(sample);
    if (!byCause.has(cause)) byCause.set(cause, sample);
  }
  const found = [...byCause.values()];
  const isAdvised = (sample: RejectionSample) => sampleAdviceOf(sample) !== undefined;
  return [...found.filter(isAdvised), ...found.filter((sample) => !isAdvised(sample))].slice(0, maxSamples);
}

function adviceFor(sample: RejectionSample | undefined): { advice?: string } {
  const advice = sample && sampleAdviceOf(sample);
  return advice === undefined ? {} : { advice };
}

/** The items of one minute and reason as one. */
function viewOf(group: string, items: readonly JournalItem[]): RejectionView {
  const reason = reasonOf(group);
  const [sample, ...otherSamples] = samplesIn(items);
  return {
    minute: `${group.slice(0, 16)}Z`,
    reason,
    count: items.reduce((sum, item) => sum + countOf(item), 0),
    ...(items.every(isExact) ? {} : { atLeast: true as const }),
    explanation: rejectionExplanations[reason],
    ...(sample && { sample }),
    ...adviceFor(sample),
    ...(otherSamples.length > 0 && { otherSamples: otherSamples.map((each) => ({ ...each, ...adviceFor(each) })) }),
  };
}

/** What a cursor of this list holds. */
export const isRejectionListPosition = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d#[a-z_]{1,32}$/.test(text);

function countIn(item: JournalItem): RejectionCount {
  const group = groupOf(item);
  return { minute: group.slice(0, 16), reason: reasonOf(group), count: countOf(item) };
}

async function readCounts(client: DynamoDBClient, table: string, span: JournalSpan) {
  const { items, complete } = await readSpan(client, table, { ...span, only: ['count', 'exact'] }, { pages: maxPages });
  return { counts: items.map(countIn), complete: complete && items.every(isExact) };
}

export const rejectionReader = (client: DynamoDBClient, table: string): RejectionReader => ({
  async list(connectionId, { limit, before, ...range }) {
    const span = spanOf(connectionId, range);
    const greatest = before === undefined ? span.greatest : `${before}"`;
    // One more than the most that the groups of a page can have: so none is cut, and the next one shows.
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
