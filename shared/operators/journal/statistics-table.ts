/**
 * The statistics in the Journal table. `minute-count-table.ts`, `rejection-table.ts`, `request-counter.ts`, `attempt-count.ts` and
 * `activity-mark.ts` have the items that are counted; the schedule of count-events sets these from them:
 *
 * | pk                       | sk                                     |                                               |
 * |--------------------------|----------------------------------------|-----------------------------------------------|
 * | `sums#<id>`              | `hour#<hour>` or `day#<day>`           | record: the counts; expiresAt: after 90 or 400 days. The id is that of a connection, or `all` |
 * | `roll_up`                | `-`                                    | record: how far the schedule is               |
 */
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { bucketPrefix } from '../../deliveries/dispatch/attempt-count.ts';
import { rejectionReasons } from '../../events/arrival/rejection.ts';
import { journalKey, sharedJournalKey } from '../../ground/aws/journal-key.ts';
import { type JournalItem, numberIn, readSpan, textIn } from '../../ground/aws/journal-span.ts';
import { schema } from '../../ground/base/schema.ts';
import { activityShards } from '../../ground/statistics/activity-mark.ts';
import { byKey, type CountedField, type Counts, countsSchema, noCounts } from '../../ground/statistics/counts.ts';
import { keptMs, keyIn, startOf } from '../../ground/statistics/period.ts';
import type { Activity, SetPeriod, StatisticsStore } from '../../ground/statistics/statistics-store.ts';

const progressSchema = /* @__PURE__ */ schema(() =>
  z.object({ upTo: z.string(), asOf: z.string(), summariesSince: z.optional(z.string()) }),
);

const only = '-';

const recordIn = <T>(item: JournalItem, form: z.ZodMiniType<T>): T => form.parse(JSON.parse(textIn(item, 'record')));

/** The counts of stored events in an item. If some were added twice, all of them may be too high. */
function eventCountsIn(item: JournalItem): Counts {
  const [accepted, conflicts, givenUp] = ['events', 'conflicts', 'givenUp'].map((name) => numberIn(item, name));
  const counts = {
    ...noCounts(),
    accepted: accepted ?? 0,
    conflicts: conflicts ?? 0,
    held: numberIn(item, 'held'),
    released: numberIn(item, 'released'),
    givenUp: givenUp ?? 0,
  };
  const inexact: CountedField[] = item['inexact']?.BOOL ? ['accepted', 'conflicts', 'published', 'givenUp'] : [];
  const lastAt = textIn(item, 'lastAt');
  return { ...counts, inexact, ...(lastAt !== '' && { lastAt }) };
}

/** An item that ingest or authorize counts sparingly. */
const sparingCountsIn = (item: JournalItem, field: CountedField, counts: Partial<Counts>): Counts => ({
  ...noCounts(),
  ...counts,
  inexact: item['exact']?.BOOL === true ? [] : [field],
});

function refusedIn(item: JournalItem): Counts {
  const reason = textIn(item, 'sk').slice('2026-01-31T23:59#'.length).replace(/#\d$/, '');
  const isKnown = rejectionReasons.some((each) => each === reason);
  return sparingCountsIn(item, 'refused', isKnown ? { refused: { [reason]: numberIn(item, 'count') } } : {});
}

const duplicatesIn = (item: JournalItem): Counts =>
  sparingCountsIn(item, 'duplicates', { duplicates: numberIn(item, 'count') });

function sentIn(item: JournalItem): Counts {
  const buckets = Object.keys(item).filter((name) => name.startsWith(bucketPrefix));
  const times = Object.fromEntries(buckets.map((name) => [name.slice(bucketPrefix.length), numberIn(item, name)]));
  const [delivered, failed] = [numberIn(item, 'delivered'), numberIn(item, 'failed')];
  const name = textIn(item, 'sk').slice('2026-01-31T23:59#'.length);
  return { ...noCounts(), destinations: { [name]: { id: textIn(item, 'id'), delivered, failed, times } } };
}

const minuteIn = (item: JournalItem): string => keyIn('minute', textIn(item, 'sk'));

/** The counts of each minute. A minute has several items, which a map keeps apart by their place. */
function byMinute(...kinds: [items: JournalItem[], countsIn: (item: JournalItem) => Counts][]): Map<string, Counts> {
  const all = kinds.flatMap(([items, countsIn]) => items.map((item) => [minuteIn(item), countsIn(item)] as const));
  return byKey(new Map(all.map(([minute, counts], at) => [`${minute}#${at}`, counts])), (key) => keyIn('minute', key));
}

export function statisticsTable(client: DynamoDBClient, table: string): StatisticsStore {
  const read = async (pk: string, least: string, greatest: string, names?: string[]): Promise<JournalItem[]> => {
    // A consistent read, because what is set from a count must have all of it.
    const span = { pk, least, greatest, order: 'asc' as const, consistent: true, ...(names && { only: names }) };
    return (await readSpan(client, table, span, {})).items;
  };
  const set = async (pk: string, sk: string, record: object, expiresAt?: number): Promise<void> => {
    const Item = {
      pk: { S: pk },
      sk: { S: sk },
      record: { S: JSON.stringify(record) },
      ...(expiresAt !== undefined && { expiresAt: { N: String(expiresAt) } }),
    };
    await client.send(new PutItemCommand({ TableName: table, Item }));
  };
  const readOnly = async <T>(pk: string, form: z.ZodMiniType<T>): Promise<T | undefined> => {
    const [item] = await read(pk, only, only);
    return item && recordIn(item, form);
  };
  const expiryOf = (period: SetPeriod, key: string): number => (startOf(key).getTime() + keptMs[period]) / 1000;

  return {
    async minutes(scope, first, last) {
      const [events, duplicates, refused, sent] = await Promise.all([
        read(journalKey('count', scope), first, last),
        read(journalKey('duplicates', scope), first, `${last}~`),
        read(journalKey('rejections', scope), first, `${last}~`, ['count', 'exact']),
        read(journalKey('sent', scope), first, `${last}~`),
      ]);
      return byMinute([events, eventCountsIn], [duplicates, duplicatesIn], [refused, refusedIn], [sent, sentIn]);
    },

    async sums(scope, period, first, last) {
      const items = await read(journalKey('sums', scope), `${period}#${first}`, `${period}#${last}`);
      return new Map(
        items.map((item) => [textIn(item, 'sk').slice(period.length + 1), recordIn(item, countsSchema)] as const),
      );
    },

    setSum: (scope, period, key, counts) =>
      set(journalKey('sums', scope), `${period}#${key}`, counts, expiryOf(period, key)),

    async activity(first, last) {
      const shards = Array.from({ length: activityShards }, (_, shard) =>
        read(journalKey('active', String(shard)), first, `${last}~`),
      );
      return (await Promise.all(shards)).flat().map((item): Activity => {
        const id = textIn(item, 'sk').slice('2026-01-31T23:59#'.length);
        return { id, minutes: new Set(item['minutes']?.SS ?? []) };
      });
    },

    progress: () => readOnly(sharedJournalKey('roll_up'), progressSchema),
    saveProgress: (progress) => set(sharedJournalKey('roll_up'), only, progress),
  };
}
