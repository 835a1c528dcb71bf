import { expect, test } from '@jest/globals';
import { gatherBatch, type RecordBatch } from '../../../local/event-source-mapping/batching.ts';
import { aTableStream } from '../dynamodb/given-table-stream.ts';

/** The batches of a stream with two records, whose items have texts of these lengths. */
async function batchesOf(...lengths: [number, number]): Promise<RecordBatch[]> {
  const { stream, add } = await aTableStream(() => new Date('2026-03-12T19:03:58Z'));
  const start = await stream.register('Mapping');
  await add(...lengths.map((length, n) => ({ id: { S: `item ${n}` }, text: { S: 'x'.repeat(length) } })));
  const options = { stream, batchSize: 100, window: 0, matches: () => true };
  const first = await gatherBatch(options, start, AbortSignal.timeout(60_000));
  const second = await gatherBatch(options, first.end, AbortSignal.timeout(60_000));
  return [first, second];
}

/** The size of the payload with which a batch is passed to the function. */
const payloadBytes = ({ records }: RecordBatch): number => Buffer.byteLength(JSON.stringify({ Records: records }));

test('a batch has a payload of at most 6 MiB', async () => {
  const [nearlyFull] = await batchesOf(3_000_000, 3_000_000);
  const left = 6_291_456 - payloadBytes(nearlyFull as RecordBatch);
  const [full, none] = await batchesOf(3_000_000, 3_000_000 + left);
  expect([full, none].map((batch) => batch?.records.length)).toEqual([2, 0]);
  expect(payloadBytes(full as RecordBatch)).toBe(6_291_456);
  const split = await batchesOf(3_000_000, 3_000_000 + left + 1);
  expect(split.map(({ records }) => records.length)).toEqual([1, 1]);
});
