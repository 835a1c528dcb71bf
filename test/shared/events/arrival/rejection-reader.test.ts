import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import type { RejectionReason, RejectionSample } from '../../../../shared/events/arrival/rejection.ts';
import { isRejectionListPosition, rejectionReader } from '../../../../shared/events/arrival/rejection-reader.ts';
import { rejectionCounter } from '../../../../shared/events/arrival/rejection-table.ts';
import { rejectionViewSchema } from '../../../../shared/events/arrival/rejection-view.ts';
import { givenJournal } from '../../operators/journal/given-journal.ts';

const { client, table, sent, store: storeItem } = givenJournal();

const reader = rejectionReader(client, table);
const noon = new Date('2026-03-01T12:00:30.000Z');
const minutesAfterNoon = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);

const sample: RejectionSample = { method: 'POST', sourceIp: '192.0.2.1', headers: ['host'], faults: [] };
const withFault = (fault: RejectionSample['faults'][number]['fault']): RejectionSample => ({
  ...sample,
  faults: [{ placement: 'header authorization', fault }],
});

/** Counts one rejection, in an instance of its own. @param shard of the item that gets the count, 0 to 3 */
async function reject(minute: number, reason: RejectionReason, shard = 0, of: RejectionSample = sample): Promise<void> {
  const log = () => undefined;
  const count = rejectionCounter(client, table, log, { random: () => shard / 4 });
  await count({ connectionId: 'con_1', reason, sample: of, at: minutesAfterNoon(minute) });
}

/** Stores an item as it is. */
const store = (sk: string, attributes: Record<string, AttributeValue>) => storeItem('rejections#con_1', sk, attributes);

/** The page of these minutes after noon, both included. */
const page = (from: number, to: number, limit = 10, before?: string) =>
  reader.list('con_1', { from: minutesAfterNoon(from), to: minutesAfterNoon(to), limit, before });
const rangeOf = (from: number, to: number) => ({ from: minutesAfterNoon(from), to: minutesAfterNoon(to) });

describe('a list of rejections', () => {
  test('is empty at first', async () => {
    expect(await page(0, 0)).toEqual({ items: [], next: undefined });
  });

  test('is read up to one item more than its groups can have', async () => {
    await page(0, 0, 10);
    expect(sent.at(-1)).toMatchObject({ name: 'Query', input: { Limit: 41 } });
  });

  test('adds up all shards of a minute and reason', async () => {
    for (const shard of [0, 1, 1, 3]) await reject(0, 'token_unknown', shard);
    const { items } = await page(0, 0);
    expect(items).toEqual([
      {
        minute: '2026-03-01T12:00Z',
        reason: 'token_unknown',
        count: 4,
        explanation: expect.stringMatching(/ not live\./),
        facts: [{ code: 'token_unknown' }],
        sample: { cause: 'other', count: 4, ...sample },
      },
    ]);
  });

  test('has the newest minute first, within the range', async () => {
    for (const minute of [-1, 0, 1, 2, 3]) await reject(minute, 'token_missing');
    const { items } = await page(0, 2);
    expect(items.map(({ minute }) => minute)).toEqual(['2026-03-01T12:02Z', '2026-03-01T12:01Z', '2026-03-01T12:00Z']);
    expect((await reader.list('con_2', { ...rangeOf(0, 2), limit: 10, before: undefined })).items).toEqual([]);
  });

  test('goes page by page, and cuts no group of shards', async () => {
    for (const minute of [0, 1]) for (const shard of [0, 1, 2, 3]) await reject(minute, 'token_unknown', shard);
    await reject(0, 'token_missing');
    const countsOf = ({ items, next }: Awaited<ReturnType<typeof page>>) => ({
      groups: items.map(({ minute, reason, count }) => `${minute} ${reason} ${count}`),
      next,
    });
    expect(countsOf(await page(0, 1, 1))).toEqual({
      groups: ['2026-03-01T12:01Z token_unknown 4'],
      next: '2026-03-01T12:01#token_unknown',
    });
    expect(countsOf(await page(0, 1, 1, '2026-03-01T12:01#token_unknown'))).toEqual({
      groups: ['2026-03-01T12:00Z token_unknown 4'],
      next: '2026-03-01T12:00#token_unknown',
    });
    expect(countsOf(await page(0, 1, 1, '2026-03-01T12:00#token_unknown'))).toEqual({
      groups: ['2026-03-01T12:00Z token_missing 1'],
      next: undefined,
    });
    expect((await page(0, 1, 2)).next).toBe('2026-03-01T12:00#token_unknown');
    expect((await page(0, 1, 3)).next).toBeUndefined();
  });

  test('says atLeast if any part of the count is a lower bound', async () => {
    const exact = { count: { N: '2' }, exact: { BOOL: true } };
    await store('2026-03-01T12:00#token_unknown#0', exact);
    await store('2026-03-01T12:00#token_unknown#1', { ...exact, exact: { BOOL: false } });
    await store('2026-03-01T12:00#token_missing#0', exact);
    const { items } = await page(0, 0);
    expect(items.map(({ reason, count, atLeast }) => [reason, count, atLeast])).toEqual([
      ['token_unknown', 4, true],
      ['token_missing', 2, undefined],
    ]);
  });

  test('reads only the samples of an item, and nothing that a later version adds', async () => {
    await store('2026-03-01T12:00#token_unknown#0', {
      count: { N: '1' },
      'sample#token_unknown': { S: JSON.stringify(sample) },
      samples_of_a_later_version: { S: 'not a sample' },
      resample: { S: 'not a sample' },
    });
    expect((await page(0, 0)).items).toMatchObject([{ sample }]);
  });

  // A rejection is counted before it is answered, and an operator looks right after the answer.
  test('is read strongly consistent', async () => {
    await page(0, 0);
    expect(sent.at(-1)).toMatchObject({ name: 'Query', input: { ConsistentRead: true } });
  });

  test('throws if a reason is unknown', async () => {
    await store('2026-03-01T12:00#moon_full#0', { count: { N: '1' } });
    await expect(page(0, 0)).rejects.toThrow('a rejection item has an unknown reason');
  });
});

describe('the samples of a minute and reason', () => {
  test('are one for each cause, and those with advice come first', async () => {
    await reject(0, 'token_unknown', 0, withFault('malformed'));
    await reject(0, 'token_unknown', 1, withFault('malformed'));
    await reject(0, 'token_unknown', 2, withFault('scheme_missing'));
    const [item] = (await page(0, 0)).items;
    expect(item?.sample).toEqual({
      ...withFault('scheme_missing'),
      cause: 'scheme_missing',
      count: 1,
      advice: expect.stringMatching(/the word is missing/),
      facts: [{ code: 'scheme_missing' }],
    });
    expect(item?.otherSamples).toEqual([{ ...withFault('malformed'), cause: 'malformed', count: 2 }]);
  });

  const causesIn = async () => {
    const [item] = (await page(0, 0)).items;
    return [item?.sample, ...(item?.otherSamples ?? [])].map((each) => [each?.cause, each?.count, each?.atLeast]);
  };

  test('are counted, also where an instance counts several causes', async () => {
    const several = rejectionCounter(client, table, () => undefined, { random: () => 0 });
    const hints = ['sender_spaces', undefined, undefined, undefined] as const;
    for (const hint of hints)
      await several({ connectionId: 'con_1', reason: 'signature_mismatch', sample: { ...sample, hint }, at: noon });
    await reject(0, 'signature_mismatch', 2);
    expect(await causesIn()).toEqual([
      ['sender_spaces', 1, undefined],
      ['other', 4, undefined],
    ]);
  });

  test('are lower bounds if their reason is, or if a further cause is counted in the reason alone', async () => {
    const counts = { count: { N: '3' }, 'count#missing': { N: '2' }, 'sample#missing': { S: JSON.stringify(sample) } };
    await store('2026-03-01T12:00#token_unknown#0', { ...counts, exact: { BOOL: true } });
    expect(await causesIn()).toEqual([['missing', 2, true]]);
    await store('2026-03-01T12:00#token_unknown#0', { ...counts, count: { N: '2' }, exact: { BOOL: true } });
    expect(await causesIn()).toEqual([['missing', 2, undefined]]);
    await store('2026-03-01T12:00#token_unknown#0', { ...counts, count: { N: '2' }, exact: { BOOL: false } });
    expect(await causesIn()).toEqual([['missing', 2, true]]);
  });

  test('of an instance that does not count causes yet are lower bounds', async () => {
    const sampled = { 'sample#missing': { S: JSON.stringify(sample) }, exact: { BOOL: true } };
    await store('2026-03-01T12:00#token_unknown#0', { count: { N: '4' }, ...sampled });
    expect(await causesIn()).toEqual([['missing', 1, true]]);
  });

  test('have the advice of a hint', async () => {
    await reject(0, 'signature_mismatch', 0, { ...withFault('scheme_missing'), hint: 'hours_off' });
    const advice = expect.stringMatching(/ time is off by less than a day\./);
    expect((await page(0, 0)).items).toMatchObject([{ sample: { hint: 'hours_off', advice } }]);
  });

  test('have the advice of the first fault that has one', async () => {
    const faults = (['missing', 'scheme_unexpected', 'scheme_missing'] as const).map((fault) => ({
      placement: 'header x',
      fault,
    }));
    await reject(0, 'token_unknown', 0, { ...sample, faults });
    const advice = expect.stringMatching(/ but only the token is accepted/);
    expect((await page(0, 0)).items).toMatchObject([{ sample: { faults, advice } }]);
  });

  test('each have their own advice', async () => {
    await reject(0, 'token_unknown', 0, withFault('scheme_missing'));
    await reject(0, 'token_unknown', 1, withFault('scheme_unexpected'));
    const [item] = (await page(0, 0)).items;
    const advice = [item?.sample, ...(item?.otherSamples ?? [])].map((each) => each?.advice);
    expect(advice).toEqual([
      expect.stringMatching(/ only the token is accepted/),
      expect.stringMatching(/ word is missing/),
    ]);
  });

  test('are at most three', async () => {
    for (const [shard, fault] of (['missing', 'malformed', 'unknown', 'expired'] as const).entries())
      await reject(0, 'token_unknown', shard, withFault(fault));
    const [item] = (await page(0, 0)).items;
    expect(item?.otherSamples).toHaveLength(2);
  });
});

describe('the totals', () => {
  test('are by reason, over the range', async () => {
    for (const [minute, reason] of [
      [-1, 'token_unknown'],
      [0, 'token_unknown'],
      [1, 'token_unknown'],
      [1, 'token_missing'],
      [2, 'token_missing'],
    ] as const)
      await reject(minute, reason);
    expect(await reader.totals('con_1', rangeOf(0, 1))).toEqual({
      totals: { token_unknown: 2, token_missing: 1 },
      complete: true,
    });
    expect(await reader.byMinute('con_1', rangeOf(0, 1))).toEqual({
      counts: [
        { minute: '2026-03-01T12:01', reason: 'token_unknown', count: 1 },
        { minute: '2026-03-01T12:01', reason: 'token_missing', count: 1 },
        { minute: '2026-03-01T12:00', reason: 'token_unknown', count: 1 },
      ],
      complete: true,
    });
  });

  test('are not complete if a count is a lower bound', async () => {
    await reject(0, 'token_unknown');
    await store('2026-03-01T12:01#token_unknown#0', { count: { N: '5' }, exact: { BOOL: false } });
    expect(await reader.totals('con_1', rangeOf(0, 1))).toEqual({ totals: { token_unknown: 6 }, complete: false });
    expect((await reader.byMinute('con_1', rangeOf(0, 1))).complete).toBe(false);
  });

  test('are complete and empty without rejections', async () => {
    expect(await reader.totals('con_1', rangeOf(0, 1))).toEqual({ totals: {}, complete: true });
  });
});

test('the schema of the answer has every field of a listed rejection', async () => {
  await reject(0, 'token_unknown', 0, { ...withFault('scheme_missing'), userAgent: 'shop/1' });
  await reject(0, 'token_unknown', 1, withFault('malformed'));
  await reject(0, 'signature_mismatch', 0, { ...sample, hint: 'hours_off' });
  await store('2026-03-01T12:00#token_unknown#3', { count: { N: '5' }, exact: { BOOL: false } });
  const { items } = await page(0, 0);
  expect(items).toMatchObject([
    { count: 7, atLeast: true, sample: { userAgent: 'shop/1' }, otherSamples: [{ sourceIp: '192.0.2.1' }] },
    { count: 1, sample: { hint: 'hours_off' } },
  ]);
  expect(items.map((item) => rejectionViewSchema.parse(item))).toEqual(items);
});

test.each<[string, boolean]>([
  ['2026-03-01T12:00#token_unknown', true],
  [`2026-03-01T12:00#${'a'.repeat(32)}`, true],
  [`2026-03-01T12:00#${'a'.repeat(33)}`, false],
  ['2026-03-01T12:00#', false],
  ['2026-03-01T12:00#token-unknown', false],
  ['2026-03-01T12:00', false],
  ['2026-03-01T12:0x#token_unknown', false],
  ['2026-03-01T1x:00#token_unknown', false],
  ['2026-03-0xT12:00#token_unknown', false],
  ['2026-0x-01T12:00#token_unknown', false],
  ['x026-03-01T12:00#token_unknown', false],
  ['12026-03-01T12:00#token_unknown', false],
  ['2026-03-01T12:00#token_unknown#0', false],
])('the text %s as a position of the list: %p', (text, expected) => {
  expect(isRejectionListPosition(text)).toBe(expected);
});

test('totals are added up from ten pages at most, and are then not complete', async () => {
  let pages = 0;
  const Items = [{ sk: { S: '2026-03-01T12:00#token_missing#0' }, count: { N: '2' }, exact: { BOOL: true } }];
  const send = async () => {
    pages += 1;
    return pages > 20 ? { Items } : { Items, LastEvaluatedKey: {} };
  };
  const endless = rejectionReader({ send } as unknown as DynamoDBClient, 'journal');
  expect(await endless.totals('con_1', rangeOf(0, 0))).toEqual({ totals: { token_missing: 20 }, complete: false });
  expect(pages).toBe(10);
});
