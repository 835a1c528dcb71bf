import type { DynamoDBClient, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import type { LogLevel, LogLine } from '../../../../shared/ground/aws/logger.ts';
import { handshakeCounter } from '../../../../shared/ground/statistics/handshake-count.ts';

const noon = Date.parse('2026-01-31T12:00:00.000Z');

/** A counter, and the writes and log lines that it made. @param fails whether the next write fails */
function aCounter(fails: () => boolean = () => false) {
  const writes: [connection: string, count: number][] = [];
  const marks: unknown[] = [];
  const signals: unknown[] = [];
  const lines: [LogLine, LogLevel | undefined][] = [];
  const send = async ({ input }: { input: UpdateItemCommandInput }, { abortSignal }: { abortSignal?: unknown }) => {
    if (input.Key?.['pk']?.S?.startsWith('active#')) return void marks.push(input.Key['sk']?.S);
    signals.push(abortSignal);
    if (fails()) throw Object.assign(new Error('quotes a token'), { name: 'TimeoutError' });
    writes.push([input.Key?.['pk']?.S ?? '', Number(input.ExpressionAttributeValues?.[':count']?.N)]);
  };
  const client = { send } as unknown as DynamoDBClient;
  const count = handshakeCounter(client, 'journal', (...line) => void lines.push(line as (typeof lines)[number]));
  return { writes, marks, signals, lines, count: (ms: number, of = 'con_1') => count(of, new Date(noon + ms)) };
}

test('handshakes of one second are written together, after that second', async () => {
  const { writes, count } = aCounter();
  for (const ms of [0, 1, 999, 1_000, 1_001, 2_000]) await count(ms);
  expect(writes).toEqual([
    ['use#con_1', 1],
    ['use#con_1', 3],
    ['use#con_1', 2],
  ]);
});

test('each minute with handshakes is marked once for the schedule', async () => {
  const { marks, count } = aCounter();
  for (const ms of [0, 500, 1_000, 60_000]) await count(ms);
  expect(marks).toEqual(['2026-01-31T12:00#con_1', '2026-01-31T12:01#con_1']);
});

test('each connection is counted by itself', async () => {
  const { writes, count } = aCounter();
  await count(0, 'con_1');
  await count(1, 'con_2');
  await count(2, 'con_1');
  await count(1_001, 'con_2');
  expect(writes).toEqual([
    ['use#con_1', 1],
    ['use#con_2', 1],
    ['use#con_2', 1],
  ]);
});

// Nobody knows whether the failed write was made.
test('a failed write is logged and not repeated, and the handshake is answered nevertheless', async () => {
  const failures = [false, true, false];
  const { writes, lines, count } = aCounter(() => failures.shift() ?? false);
  for (const ms of [0, 500, 1_000, 2_000]) await count(ms);
  expect(writes).toEqual([
    ['use#con_1', 1],
    ['use#con_1', 1],
  ]);
  expect(lines).toEqual([[{ warning: 'handshakes_not_written', fault: 'TimeoutError', lost: 2 }, 'warn']]);
});

test('a write has a time limit', async () => {
  const { signals, count } = aCounter();
  await count(0);
  expect(signals).toEqual([expect.any(AbortSignal)]);
});

test('an instance remembers at most a thousand connections, so a flood of them can not fill its memory', async () => {
  const { writes, count } = aCounter();
  for (let n = 0; n < 1_000; n += 1) await count(0, `con_${n}`);
  expect(writes).toHaveLength(1_000);
  // The thousand and first makes room: `con_0` is forgotten, so its next handshake is written at once.
  await count(1, 'con_1000');
  await count(2, 'con_0');
  expect(writes.slice(1_000)).toEqual([
    ['use#con_1000', 1],
    ['use#con_0', 1],
  ]);
});

test('a connection is not forgotten while there are fewer than a thousand', async () => {
  const { writes, count } = aCounter();
  for (let n = 0; n < 999; n += 1) await count(0, `con_${n}`);
  await count(1, 'con_999');
  await count(2, 'con_0');
  expect(writes).toHaveLength(1_000);
});
