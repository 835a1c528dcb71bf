import { expect, jest, test } from '@jest/globals';
import type { TableStream } from '../../../local/dynamodb/table-stream.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { aTableStream } from './given-table-stream.ts';

const hour = 3_600_000;

/** The ids of the items whose records the stream still has. */
async function idsIn(stream: TableStream): Promise<unknown[]> {
  const ids: unknown[] = [];
  for await (const { record } of stream.read('', stream.newest)) ids.push(record.dynamodb.Keys['id']?.['S']);
  return ids;
}

test('an open stream drops records older than a day once an hour', async () => {
  jest.useFakeTimers({ doNotFake: ['Date', 'setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
  try {
    let now = Date.parse('2026-03-12T12:00:00Z');
    let clockReads = 0;
    const { stream, add } = await aTableStream(() => {
      clockReads += 1;
      return new Date(now);
    });
    await add({ id: { S: 'old' } });
    now += 24 * hour;
    await add({ id: { S: 'new' } });
    now += hour;
    clockReads = 0;
    jest.advanceTimersByTime(hour - 1);
    // Looking for old records begins with the time.
    expect(clockReads).toBe(0);
    expect(await idsIn(stream)).toEqual(['old', 'new']);
    jest.advanceTimersByTime(1);
    await waitUntil('a record is dropped', async () => (await idsIn(stream)).length < 2);
    expect(await idsIn(stream)).toEqual(['new']);
  } finally {
    jest.useRealTimers();
  }
});

test('a checkpoint that can’t be written counts for nothing, and works once it can', async () => {
  const { stream, add, failNextBatch, reopen } = await aTableStream(() => new Date('2026-03-12T12:00:00Z'));
  const begin = await stream.register('relay');
  await stream.register('counts');
  await add({ id: { S: 'one' } }, { id: { S: 'two' } });
  failNextBatch();
  await expect(stream.checkpoint('relay', stream.newest)).rejects.toThrow('no space left');
  // The other consumer is done. The relay's records must stay, because the relay goes on where the disk says.
  await stream.checkpoint('counts', stream.newest);
  expect([await idsIn(stream), stream.trimHorizon]).toEqual([['one', 'two'], begin]);
  const reopened = await reopen();
  expect([await reopened.register('relay'), await reopened.register('counts')]).toEqual([begin, stream.newest]);
  await stream.checkpoint('relay', stream.newest);
  expect([await idsIn(stream), stream.trimHorizon]).toEqual([[], stream.newest]);
});
