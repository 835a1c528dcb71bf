import type { DynamoDBClient, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import {
  type RejectionReason,
  type RejectionSample,
  rejectionReasons,
} from '../../../../shared/events/arrival/rejection.ts';
import { rejectionReader } from '../../../../shared/events/arrival/rejection-reader.ts';
import { rejectionCounter } from '../../../../shared/events/arrival/rejection-table.ts';
import type { Log } from '../../../../shared/ground/aws/logger.ts';

const at = new Date('2026-03-01T12:00:30.000Z');

/** A sample of this cause, from this address. */
const aSample = (fault: RejectionSample['faults'][number]['fault'], sourceIp: string): RejectionSample => ({
  method: 'POST',
  sourceIp,
  headers: [],
  faults: [{ placement: 'query token', fault }],
});

/**
 * A counter of one instance, and what it wrote and logged.
 * @param failure of the next write; undefined if the write succeeds
 */
function aCounter(failure: () => Error | undefined = () => undefined, random = () => 0) {
  const writes: UpdateItemCommandInput[] = [];
  const signals: unknown[] = [];
  const lines: Parameters<Log>[] = [];
  const send = async ({ input }: { input: UpdateItemCommandInput }, { abortSignal }: { abortSignal?: unknown }) => {
    writes.push(input);
    signals.push(abortSignal);
    const error = failure();
    if (error) throw error;
  };
  const client = { send } as unknown as DynamoDBClient;
  const count = rejectionCounter(client, 'journal', (...line) => void lines.push(line), { random });
  return { count, writes, signals, lines };
}

/** Counts rejections of one minute and reason. @returns the writes */
async function writesOf(samples: RejectionSample[]): Promise<UpdateItemCommandInput[]> {
  const { count, writes } = aCounter();
  for (const sample of samples) await count({ connectionId: 'c1', reason: 'token_unknown', sample, at });
  return writes;
}

/** What a write adds, and whether the count stays exact. */
const addedBy = ({ Key, ExpressionAttributeValues = {} }: UpdateItemCommandInput) => ({
  key: Key?.['sk']?.S,
  count: Number(ExpressionAttributeValues[':count']?.N),
  exact: ExpressionAttributeValues[':exact']?.BOOL,
});

/** The samples of a write by their attribute: the addresses that they came from. */
const samplesIn = ({ ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: UpdateItemCommandInput) =>
  Object.fromEntries(
    Object.entries(ExpressionAttributeNames)
      .filter(([name]) => name.startsWith('#sample'))
      .map(([name, attribute]) => [
        attribute,
        JSON.parse(ExpressionAttributeValues[name.replace('#', ':')]?.S ?? 'null').sourceIp,
      ]),
  );

test('the first sample is kept for each of the first three causes', async () => {
  const writes = await writesOf([
    aSample('unknown', '192.0.2.1'),
    aSample('unknown', '192.0.2.2'),
    aSample('missing', '192.0.2.3'),
    aSample('missing', '192.0.2.4'),
    aSample('scheme_missing', '192.0.2.5'),
    aSample('expired', '192.0.2.6'),
    aSample('unknown', '192.0.2.7'),
  ]);
  const [unknown, missing, scheme] = [
    { 'sample#unknown': '192.0.2.1' },
    { 'sample#missing': '192.0.2.3' },
    { 'sample#scheme_missing': '192.0.2.5' },
  ];
  const all = { ...unknown, ...missing, ...scheme };
  expect(writes.map(samplesIn)).toEqual([
    unknown,
    unknown,
    { ...unknown, ...missing },
    { ...unknown, ...missing },
    all,
    all,
    all,
  ]);
});

test('a write adds to the count, and keeps a sample that another instance wrote', async () => {
  const [write] = await writesOf([aSample('unknown', '192.0.2.1')]);
  expect(write?.TableName).toBe('journal');
  expect(write?.Key).toEqual({ pk: { S: 'rejections#c1' }, sk: { S: '2026-03-01T12:00#token_unknown#0' } });
  expect(write?.UpdateExpression).toBe(
    'ADD #count :count, #count0 :count0 SET #sample0 = if_not_exists(#sample0, :sample0), expiresAt = :expiresAt, exact = if_not_exists(exact, :exact)',
  );
  expect(write?.ExpressionAttributeNames).toEqual({
    '#count': 'count',
    '#count0': 'count#unknown',
    '#sample0': 'sample#unknown',
  });
  expect(write?.ExpressionAttributeValues).toMatchObject({
    ':count': { N: '1' },
    ':count0': { N: '1' },
    ':exact': { BOOL: true },
    // 30 days after the minute.
    ':expiresAt': { N: String(Date.parse('2026-03-31T12:00:00Z') / 1000) },
  });
});

test('a list shows the first sample of each cause', async () => {
  const item = (shard: number, samples: RejectionSample[]) => ({
    sk: { S: `2026-03-01T12:00#token_unknown#${shard}` },
    count: { N: '1' },
    exact: { BOOL: true },
    ...Object.fromEntries(
      samples.map((sample) => [`sample#${sample.faults[0]?.fault}`, { S: JSON.stringify(sample) }]),
    ),
  });
  const Items = [
    item(3, [aSample('unknown', '192.0.2.1')]),
    item(2, [aSample('unknown', '192.0.2.2'), aSample('missing', '192.0.2.3')]),
    item(1, [aSample('missing', '192.0.2.4')]),
  ];
  const reader = rejectionReader({ send: async () => ({ Items }) } as unknown as DynamoDBClient, 'journal');
  const { items } = await reader.list('c1', { from: at, to: at, limit: 10, before: undefined });
  expect(items).toMatchObject([
    { count: 3, sample: { sourceIp: '192.0.2.1' }, otherSamples: [{ sourceIp: '192.0.2.3' }] },
  ]);
});

const sample = aSample('unknown', '192.0.2.1');
/** A time in ms after `at`, which is in the middle of a minute. */
const later = (ms: number) => new Date(at.getTime() + ms);

describe('a flood of rejections', () => {
  type Counter = ReturnType<typeof aCounter>;
  const reject = ({ count }: Counter, ms: number, reason: RejectionReason = 'token_unknown', connectionId = 'c1') =>
    count({ connectionId, reason, sample, at: later(ms) });

  /** A counter that has written the first ten rejections of this minute and reason. */
  async function afterTen(failure?: () => Error | undefined): Promise<Counter> {
    const counter = aCounter(failure);
    for (let n = 0; n < 10; n += 1) await reject(counter, 0);
    return counter;
  }
  const key = '2026-03-01T12:00#token_unknown#0';

  test('is written one by one up to the tenth rejection, which may be the last that is written', async () => {
    const { writes } = await afterTen();
    expect(writes.map(addedBy)).toEqual([
      ...Array.from({ length: 9 }, () => ({ key, count: 1, exact: true })),
      { key, count: 1, exact: false },
    ]);
    expect(writes.at(-2)?.UpdateExpression).toContain('exact = if_not_exists(exact, :exact)');
    expect(writes.at(-1)?.UpdateExpression).toMatch(/exact = :exact$/);
  });

  test('is written once a second from the tenth second on, with all that came meanwhile', async () => {
    const counter = await afterTen();
    for (const ms of [1, 500, 9_999, 10_000, 10_999, 11_000]) await reject(counter, ms);
    expect(counter.writes.slice(10).map(addedBy)).toEqual([
      { key, count: 4, exact: false },
      { key, count: 2, exact: false },
    ]);
  });

  test('that pauses is not written more often than once a second after the pause', async () => {
    const counter = await afterTen();
    for (const ms of [25_000, 25_001, 25_999, 26_000]) await reject(counter, ms);
    expect(counter.writes.slice(10).map(addedBy)).toEqual([
      { key, count: 1, exact: false },
      { key, count: 3, exact: false },
    ]);
  });

  test('makes one write a second in each minute, and one for the last rejections of the minute before', async () => {
    const counter = aCounter();
    // From the start of a minute, for three minutes.
    for (let ms = 30_000; ms < 210_000; ms += 10) await reject(counter, ms);
    const writes = counter.writes.map(addedBy);
    const of = (minute: string) => writes.filter((write) => write.key === `2026-03-01T${minute}#token_unknown#0`);
    expect(['12:01', '12:02', '12:03'].map((minute) => of(minute).length)).toEqual([61, 61, 60]);
    expect(['12:01', '12:02'].map((minute) => of(minute).reduce((sum, { count }) => sum + count, 0))).toEqual([
      6_000, 6_000,
    ]);
  });

  test('is written by a later rejection of another minute, reason or connection', async () => {
    const counter = await afterTen();
    await reject(counter, 999);
    await reject(counter, 40_000, 'token_missing', 'c2');
    await reject(counter, 80_000, 'token_missing', 'c2');
    expect(counter.writes.slice(10).map(addedBy)).toEqual([
      { key, count: 1, exact: false },
      { key: '2026-03-01T12:01#token_missing#0', count: 1, exact: true },
      { key: '2026-03-01T12:01#token_missing#0', count: 1, exact: true },
    ]);
    expect(counter.writes.map(({ Key }) => Key?.['pk']?.S).slice(9)).toEqual([
      'rejections#c1',
      'rejections#c1',
      'rejections#c2',
      'rejections#c2',
    ]);
  });

  test('makes one request write at most ten counts', async () => {
    const throttled = Object.assign(new Error('throttled'), { $fault: 'client' });
    let fails = true;
    const counter = aCounter(() => (fails ? throttled : undefined));
    const reasons = rejectionReasons.slice(0, 12);
    for (const reason of reasons) await reject(counter, 0, reason);
    fails = false;
    counter.writes.length = 0;
    await reject(counter, 1_000, reasons[0]);
    expect(counter.writes).toHaveLength(10);
    await reject(counter, 1_001, reasons[0]);
    expect(counter.writes).toHaveLength(12);
  });
});

describe('after a failed write', () => {
  const failing = (failures: (Error | undefined)[]) => aCounter(() => failures.shift());
  const rejectAt = async ({ count }: ReturnType<typeof aCounter>, times: number[]) => {
    for (const ms of times) await count({ connectionId: 'c1', reason: 'token_unknown', sample, at: later(ms) });
  };
  const key = '2026-03-01T12:00#token_unknown#0';

  test('that DynamoDB refused, the next write has its rejections, a second later', async () => {
    const refused = { name: 'ProvisionedThroughputExceededException', $fault: 'client' };
    const counter = failing([undefined, Object.assign(new Error('no'), refused)]);
    await rejectAt(counter, [0, 0, 1, 1_000]);
    expect(counter.writes.map(addedBy)).toEqual([
      { key, count: 1, exact: true },
      { key, count: 1, exact: true },
      { key, count: 3, exact: false },
    ]);
    expect(counter.lines).toEqual([
      [{ warning: 'rejections_not_written', fault: 'ProvisionedThroughputExceededException', lost: 0 }, 'warn'],
    ]);
  });

  test('that may have been made, its rejections are lost and not written twice', async () => {
    const counter = failing([Object.assign(new Error('no'), { name: 'TimeoutError' })]);
    await rejectAt(counter, [0, 1, 1_000]);
    expect(counter.writes.map(addedBy)).toEqual([
      { key, count: 1, exact: true },
      { key, count: 2, exact: false },
    ]);
    expect(counter.lines).toEqual([[{ warning: 'rejections_not_written', fault: 'TimeoutError', lost: 1 }, 'warn']]);
  });
});

describe('the causes of a reason', () => {
  /** What a write adds to the count of all and of each cause. */
  const causesOf = ({ ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: UpdateItemCommandInput) =>
    Object.fromEntries(
      Object.entries(ExpressionAttributeNames)
        .filter(([name]) => name.startsWith('#count'))
        .map(([name, attribute]) => [attribute, ExpressionAttributeValues[name.replace('#', ':')]?.N]),
    );
  const refused = Object.assign(new Error('no'), { $fault: 'client' });
  const unanswered = new Error('no answer');

  test.each([
    ['are counted apart', [undefined, undefined], { count: '1', 'count#unknown': '0', 'count#missing': '1' }],
    [
      'keep their counts if DynamoDB refused the write',
      [undefined, refused],
      { count: '2', 'count#unknown': '0', 'count#missing': '2' },
    ],
    [
      'lose what a write without an answer had',
      [unanswered, undefined],
      { count: '1', 'count#unknown': '0', 'count#missing': '1' },
    ],
  ])('%s', async (_, failures, last) => {
    const { count, writes } = aCounter(() => failures.shift());
    const rejected = [
      aSample('unknown', '192.0.2.1'),
      aSample('missing', '192.0.2.2'),
      aSample('missing', '192.0.2.3'),
    ];
    for (const [turn, of] of rejected.entries())
      await count({ connectionId: 'c1', reason: 'token_unknown', sample: of, at: later(turn * 1_000) });
    expect(causesOf(writes[0] as UpdateItemCommandInput)).toEqual({ count: '1', 'count#unknown': '1' });
    expect(causesOf(writes.at(-1) as UpdateItemCommandInput)).toEqual(last);
  });

  test('after the third are counted in the reason alone', async () => {
    const faults = ['unknown', 'missing', 'malformed', 'expired'] as const;
    const writes = await writesOf(faults.map((fault) => aSample(fault, '192.0.2.1')));
    expect(causesOf(writes.at(-1) as UpdateItemCommandInput)).toEqual({
      count: '1',
      'count#unknown': '0',
      'count#missing': '0',
      'count#malformed': '0',
    });
  });
});

test('a write has a time limit', async () => {
  const { count, signals } = aCounter();
  await count({ connectionId: 'c1', reason: 'token_unknown', sample, at });
  expect(signals).toEqual([expect.any(AbortSignal)]);
});

test.each([
  [0, 0],
  [0.24, 0],
  [0.25, 1],
  [0.99, 3],
])('the random number %d chooses the shard %d', async (random, shard) => {
  const { count, writes } = aCounter(undefined, () => random);
  await count({ connectionId: 'c1', reason: 'token_unknown', sample, at });
  expect(writes.map(addedBy)).toEqual([{ key: `2026-03-01T12:00#token_unknown#${shard}`, count: 1, exact: true }]);
});

test('an instance keeps at most a thousand counts, and says of later counts that they may be too low', async () => {
  const { count, writes } = aCounter();
  const reject = (connection: number, ms: number) =>
    count({ connectionId: `c${connection}`, reason: 'token_unknown', sample, at: later(ms) });
  for (let n = 0; n < 1_000; n += 1) await reject(n, 0);
  await reject(1_000, 0);
  expect(writes).toHaveLength(1_000);
  // This one finds the instance full too. Then the instance forgets the past minute, and has room for the next one.
  await reject(1_000, 60_000);
  await reject(1_001, 60_000);
  expect(writes.slice(1_000).map(addedBy)).toEqual([
    { key: '2026-03-01T12:01#token_unknown#0', count: 1, exact: false },
  ]);
});
