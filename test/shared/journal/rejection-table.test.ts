import type { DynamoDBClient, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import type { RejectionSample } from '../../../shared/journal/rejection.ts';
import { rejectionReader } from '../../../shared/journal/rejection-reader.ts';
import { rejectionCounter } from '../../../shared/journal/rejection-table.ts';

const at = new Date('2026-03-01T12:00:30.000Z');

/** A sample of this cause, from this address. */
const aSample = (fault: RejectionSample['faults'][number]['fault'], sourceIp: string): RejectionSample => ({
  ...{ method: 'POST', sourceIp, headers: [] },
  faults: [{ placement: 'query token', fault }],
});

/** Counts rejections of one minute and reason. @returns the writes */
async function writesOf(samples: RejectionSample[]): Promise<UpdateItemCommandInput[]> {
  const writes: UpdateItemCommandInput[] = [];
  const send = async ({ input }: { input: UpdateItemCommandInput }) => void writes.push(input);
  const client = { send } as unknown as DynamoDBClient;
  const count = rejectionCounter(
    client,
    'journal',
    () => undefined,
    () => 0,
  );
  for (const sample of samples) await count({ connectionId: 'c1', reason: 'token_unknown', sample, at });
  return writes;
}

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
  expect(write?.Key).toEqual({ pk: { S: 'rejections#c1' }, sk: { S: '2026-03-01T12:00#token_unknown#0' } });
  expect(write?.UpdateExpression).toBe(
    'ADD #count :count SET #sample0 = if_not_exists(#sample0, :sample0), expiresAt = :expiresAt, exact = if_not_exists(exact, :exact)',
  );
  expect(write?.ExpressionAttributeValues).toMatchObject({
    ':count': { N: '1' },
    ':exact': { BOOL: true },
    // 30 days after the minute.
    ':expiresAt': { N: String(Date.parse('2026-03-31T12:00:00Z') / 1000) },
  });
});

test('a list shows the first sample of each cause', async () => {
  const item = (shard: number, samples: RejectionSample[]) => ({
    sk: { S: `2026-03-01T12:00#token_unknown#${shard}` },
    ...{ count: { N: '1' }, exact: { BOOL: true } },
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
