import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aRuntime } from '../support/given.ts';
import { aStartedProcess } from './given-process.ts';
import { aConnectionWith, hasEnded, untilJob } from './given-replays.ts';

/** The number of events in the job that is killed. */
const many = 300;

test('if the process is killed during a replay job, the job still replays every event exactly once', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hooklatch-replay-'));
  const first = await aRuntime({ dataDir });
  const { path, range, replays, stored } = await aConnectionWith(first, many);
  await first.end();
  const process = await aStartedProcess(dataDir);
  const { id } = (await process.api('POST', `${path}/replays`, { ...range, ratePerSecond: many / 3 })).json();
  const { done } = await untilJob(process, path, id, (seen) => seen.done >= many / 3);
  expect(done).toBeLessThan(many);
  await process.end('SIGKILL');
  // The clock is ahead by more than the lease of the killed function.
  const again = await aRuntime({ dataDir, skew: new Float64Array(new SharedArrayBuffer(8)).fill(20_000) });
  await again.runtime.runSchedule('EveryMinute', 'runreplayjobs');
  expect(await untilJob(again, path, id, hasEnded)).toMatchObject({ state: 'done', count: many, done: many });
  expect(await replays(again)).toEqual(Array(many).fill(1));
  // Events that were being published at the kill may reach the bus twice. Both copies have the same event id and replay
  // number.
  await again.runtime.settled();
  const details = again.busEvents().map(({ detail }) => detail as { id: string; replay?: number });
  const ids = new Set(details.filter(({ replay }) => replay === 1).map(({ id: event }) => event));
  expect([...ids].sort()).toEqual(stored.map(({ id: event }) => event).sort());
  await again.end();
  rmSync(dataDir, { recursive: true, force: true });
});
