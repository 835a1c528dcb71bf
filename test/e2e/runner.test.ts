/**
 * Replay jobs on the real tables. Whatever crashes and whichever invocation overtakes another, a job publishes each
 * event and leaves none out. The test has its own clock.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from '../../shared/endpoints/endpoint/connection.ts';
import { stateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import type { StoredEvent } from '../../shared/events/event/event.ts';
import { defaultShards, eventTable } from '../../shared/events/event/event-table.ts';
import { newReplay, type ReplayJob } from '../../shared/events/event/replay-job.ts';
import { replayJobTable, startRelease } from '../../shared/events/event/replay-job-table.ts';
import { aName, aSharedRuntime, ok, tableOf, type World } from '../support/given.ts';
import { aStoredEvent, type Clock, invokeRunner, mortalClient, runnerDeps } from './given-runs.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

const start = Date.parse('2026-03-01T12:00:00.000Z');
const text = (ms: number): string => new Date(ms).toISOString();

const theLog = () => eventTable(world.dynamodb, tableOf(world.runtime, 'Events'), defaultShards);
const theRuns = () => replayJobTable(world.dynamodb, tableOf(world.runtime, 'Journal'));

async function aConnection(held = false): Promise<Connection> {
  const name = aName();
  await ok(world, 'POST', '/v1/connections', { name });
  await ok(world, 'PUT', `/v1/connections/${name}/endpoint`, {});
  if (held) await ok(world, 'POST', `/v1/connections/${name}/endpoint/hold`);
  const record = await stateTable(world.dynamodb, tableOf(world.runtime, 'State')).readConnection(name);
  if (!record) throw new Error('it was made');
  return record;
}

const holdOf = ({ endpoint }: Connection): string => endpoint?.hold?.id ?? '';

/** The possible states of an event in a replay: to be replayed, or the reason why not. */
type Sort = 'wanted' | 'other type' | 'held' | 'released' | 'expired' | 'before' | 'after';

const sorts: Record<Sort, (connection: Connection) => Partial<StoredEvent>> = {
  wanted: () => ({}),
  'other type': () => ({ type: 'other' }),
  held: (connection) => ({ held: holdOf(connection) }),
  // The hold is over, and its mark is still there.
  released: () => ({ held: 'a hold before' }),
  expired: () => ({ expiresAt: Math.floor(start / 1000) }),
  before: () => ({ receivedAt: text(start - 3_600_001) }),
  after: () => ({ receivedAt: text(start + 1) }),
};

async function givenEvents(connection: Connection, list: Sort[]): Promise<StoredEvent[]> {
  const events = list.map((sort, n) => aStoredEvent(connection, start - 60_000 + n, sorts[sort](connection)));
  await Promise.all(events.map((event) => theLog().append(event)));
  return events;
}

const aReplay = ({ id, name }: Connection, more: Partial<ReplayJob> = {}): ReplayJob => ({
  ...newReplay({
    id: `run_${randomUUID()}`,
    connection: name,
    connectionId: id,
    from: text(start - 3_600_000),
    to: text(start),
    type: 'webhook',
    rate: 5,
    count: null,
    startedAt: text(start),
  }),
  ...more,
});

/** Invocations that crash, each at a given request, one after another or at once. */
interface Crash {
  dies: number;
  moment: 'before' | 'after';
  /** The next one starts before this one is dead. */
  overlaps: boolean;
}

const crashes = fc.array(
  fc.record({
    dies: fc.integer({ min: 1, max: 40 }),
    moment: fc.constantFrom<'before' | 'after'>('before', 'after'),
    overlaps: fc.boolean(),
  }),
  { maxLength: 4 },
);

/** Runs the crashing invocations. A lease that one leaves has expired before the next one starts. */
async function goThrough(list: Crash[], clock: Clock): Promise<void> {
  let overlapping: Promise<unknown>[] = [];
  for (const { dies, moment, overlaps } of list) {
    const client = mortalClient(world, dies, moment);
    const invocation = invokeRunner(runnerDeps(world, client, clock), clock)
      .catch((error: Error) => {
        if (error.message !== 'crash') throw error;
      })
      .finally(() => client.destroy());
    overlapping.push(invocation);
    clock.now += 16_000;
    if (overlaps) continue;
    await Promise.all(overlapping);
    overlapping = [];
  }
  await Promise.all(overlapping);
}

/** Invokes the function as the schedule does, until the job is closed. */
async function untilEnded({ id, connectionId }: ReplayJob, clock: Clock): Promise<ReplayJob> {
  for (let minute = 0; minute < 20; minute += 1) {
    await invokeRunner(runnerDeps(world, world.dynamodb, clock), clock);
    const run = await theRuns().find(connectionId, id);
    if (run?.endedAt !== undefined) return run;
    clock.now += 60_000;
  }
  throw new Error('the run did not end');
}

/** The ids of the jobs that are not closed. */
const openIds = async () => (await theRuns().listOpen()).map(({ id }) => id);

describe('a bulk replay', () => {
  test('publishes each wanted event once and no other, despite crashes and overlapping invocations', async () => {
    const kinds = fc.array(fc.constantFrom(...(Object.keys(sorts) as Sort[]), 'wanted' as const), {
      size: 'max',
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(kinds, crashes, async (list, crashing) => {
        const clock = { now: start + 1000 };
        const connection = await aConnection(true);
        const events = await givenEvents(connection, list);
        const run = aReplay(connection);
        expect(await theRuns().open(run)).toBeUndefined();
        expect(await openIds()).toContain(run.id);
        await goThrough(crashing, clock);
        const { state, progress } = await untilEnded(run, clock);
        const replays = await Promise.all(events.map(async ({ id }) => (await theLog().read(id))?.replays ?? 0));
        const isWanted = (sort: Sort) => sort === 'wanted' || sort === 'released';
        expect(replays).toEqual(list.map((sort) => (isWanted(sort) ? 1 : 0)));
        expect({ state, ...progress }).toMatchObject({
          state: 'done',
          done: list.filter(isWanted).length,
          skipped: list.filter((sort) => sort === 'held').length,
          failed: 0,
        });
        expect(await openIds()).not.toContain(run.id);
      }),
      { numRuns: 50 },
    );
  });

  test('is run by one invocation at a time, and by another one when the lease has expired', async () => {
    const run = aReplay(await aConnection());
    const runs = theRuns();
    await runs.open(run);
    const at = (ms: number) => new Date(start + ms);
    expect(await runs.take(run, { id: 'one', until: start + 15_000 }, at(0))).toMatchObject({ id: run.id });
    expect(await runs.take(run, { id: 'two', until: start + 30_000 }, at(14_999))).toBeUndefined();
    // The SDK repeats a write whose answer was lost.
    expect(await runs.take(run, { id: 'one', until: start + 15_000 }, at(1))).toMatchObject({ id: run.id });
    expect(await runs.take(run, { id: 'two', until: start + 30_000 }, at(15_000))).toMatchObject({ id: run.id });
    expect(await runs.save(run, { id: 'one', until: start + 60_000 })).toBeUndefined();
    expect(await runs.save(run, { id: 'two', until: 0 })).toMatchObject({ id: run.id });
    expect(await runs.take(run, { id: 'three', until: start + 60_000 }, at(15_001))).toMatchObject({ id: run.id });
    await runs.close({ ...run, endedAt: text(start) });
  });

  test('keeps its rate, stops before the timeout, and is continued by the next invocation', async () => {
    const clock = { now: start + 20_000 };
    const connection = await aConnection();
    await givenEvents(connection, Array(30).fill('wanted'));
    const run = aReplay(connection, { rate: 2 });
    await theRuns().open(run);
    const deps = runnerDeps(world, world.dynamodb, clock);
    await invokeRunner(deps, clock, {}, 20_000);
    // 15 of the 20 seconds are reserved.
    const begun = await theRuns().find(connection.id, run.id);
    expect(begun?.progress.done).toBe(10);
    expect(clock.now).toBe(start + 25_000);
    expect(deps.woken).toEqual([{ chain: 1 }]);
    await invokeRunner(deps, clock, { chain: 6 }, 20_000);
    expect(deps.woken).toHaveLength(1);
    expect((await untilEnded(run, clock)).progress.done).toBe(30);
  });

  test('that is cancelled ends after its current page', async () => {
    const cancel = { by: 'op_2', at: new Date(start).toISOString() };
    const clock = { now: start + 20_000 };
    const connection = await aConnection();
    await givenEvents(connection, Array(12).fill('wanted'));
    const run = aReplay(connection);
    await theRuns().open(run);
    const deps = runnerDeps(world, world.dynamodb, clock);
    const cancelling = {
      ...deps,
      sleep: async () => void (await theRuns().cancelReplay(connection.id, run.id, cancel)),
    };
    await invokeRunner(cancelling, clock);
    expect(await theRuns().find(connection.id, run.id)).toMatchObject({ state: 'cancelled', progress: { done: 10 } });
    expect(await theRuns().cancelReplay(connection.id, run.id, cancel)).toMatchObject({ state: 'cancelled' });
  });

  test('of a deleted connection fails', async () => {
    const connection = await aConnection();
    const run = aReplay(connection);
    await theRuns().open(run);
    await ok(world, 'DELETE', `/v1/connections/${connection.name}/endpoint`);
    await ok(world, 'DELETE', `/v1/connections/${connection.name}`);
    expect(await untilEnded(run, { now: start + 20_000 })).toMatchObject({ state: 'failed' });
  });

  test('continues after one event fails, and keeps its position while the store is unavailable', async () => {
    const clock = { now: start + 20_000 };
    const connection = await aConnection();
    const events = await givenEvents(connection, Array(12).fill('wanted'));
    const run = aReplay(connection);
    await theRuns().open(run);
    const deps = runnerDeps(world, world.dynamodb, clock);
    const failing = (fails: (id: string) => boolean) => ({
      ...deps,
      republisher: {
        ...deps.republisher,
        replay: async (...[id, replay]: Parameters<typeof deps.republisher.replay>) => {
          if (fails(id)) throw new Error('throttled');
          return deps.republisher.replay(id, replay);
        },
      },
    });
    const places = new Map(events.map(({ id }, at) => [id, at]));
    const away = failing((id) => (places.get(id) ?? 0) >= 5);
    await expect(invokeRunner(away, clock)).rejects.toThrow('throttled');
    expect((await theRuns().find(connection.id, run.id))?.progress).toMatchObject({ done: 5, failed: 0 });
    clock.now += 20_000;
    await invokeRunner(
      failing((id) => places.get(id) === 7),
      clock,
    );
    expect(await theRuns().find(connection.id, run.id)).toMatchObject({
      state: 'done',
      progress: { done: 11, failed: 1, skipped: 0 },
    });
  });
});

/** When an event with the released hold arrives, in seconds after the release. */
const arrivals = fc.array(fc.integer({ min: -300, max: 100 }), { size: 'max', maxLength: 20 });

describe('a release', () => {
  test('publishes every event of its hold and none of another hold, despite crashes', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, crashes, async (seconds, crashing) => {
        const clock = { now: start };
        const connection = await aConnection(true);
        const mine = seconds.map((s) => aStoredEvent(connection, start + s * 1000, { held: 'h1' }));
        const others = [holdOf(connection), undefined].map((held) =>
          aStoredEvent(connection, start - 1000, held === undefined ? {} : { held }),
        );
        const insert = (from: number, to: number) =>
          Promise.all(
            mine
              .filter((_, n) => (seconds[n] ?? 0) > from && (seconds[n] ?? 0) <= to)
              .map((event) => theLog().append(event)),
          );
        await Promise.all(others.map((event) => theLog().append(event)));
        await insert(-1000, 0);
        const release = { connection: connection.name, connectionId: connection.id, holdId: 'h1', by: 'op_1' };
        const times = { since: text(start - 300_000), releasedAt: text(start) };
        const begin = () => startRelease(theRuns(), { ...release, ...times }, new Date(clock.now));
        await begin();
        await begin();
        await goThrough(crashing, clock);
        // An event that arrives later, and late. The relay publishes it too, because it sees that the hold is over.
        clock.now = Math.max(clock.now, start + 10_000);
        await invokeRunner(runnerDeps(world, world.dynamodb, clock), clock);
        await insert(0, 1000);
        const [run] = (await theRuns().listOpen()).filter(({ connectionId }) => connectionId === connection.id);
        if (run) expect(await untilEnded(run, clock)).toMatchObject({ state: 'done', progress: { failed: 0 } });
        expect(run !== undefined || seconds.every((s) => s <= 0)).toBe(true);
        const heldNow = async ({ id }: StoredEvent) => (await theLog().read(id))?.held;
        expect(await Promise.all(mine.map(heldNow))).toEqual(mine.map(() => undefined));
        expect(await Promise.all(others.map(heldNow))).toEqual([holdOf(connection), undefined]);
        // Started once for each hold, even after it has ended.
        await begin();
        const open = (await theRuns().listOpen()).filter(({ connectionId }) => connectionId === connection.id);
        expect(open).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
