import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import type { StoredEvent } from '../../shared/events/event/event.ts';
import { defaultShards, eventTable } from '../../shared/events/event/event-table.ts';
import type { ReplayView } from '../../shared/events/event/replay-job-view.ts';
import { aFlowDesigner, anActiveEndpoint, aSharedRuntime, ok, tableOf, type World } from '../support/given.ts';
import * as given from './given-replays.ts';
import { hasEnded } from './given-replays.ts';
import { aStoredEvent } from './given-runs.ts';

let world: World;
let designer: string;
beforeAll(async () => {
  world = await aSharedRuntime();
  designer = await aFlowDesigner(world);
});
afterAll(() => world.end());

const hour = 3_600_000;

const begin = (path: string, body: object) => world.api('POST', `${path}/replays`, body, { token: designer });

const aConnectionWith = (events: number, more?: (n: number) => Partial<StoredEvent>) =>
  given.aConnectionWith(world, events, more);
const view = (path: string, id: unknown) => given.readJob(world, path, id);
const until = (path: string, id: unknown, isSo: (seen: ReplayView) => boolean) => given.untilJob(world, path, id, isSo);

/** The query for all items of a list. */
const listed = {
  order: 'asc',
  limit: 10,
  after: undefined,
  from: undefined,
  to: undefined,
  type: undefined,
  now: new Date(),
} as const;

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('a replay job', () => {
  test('publishes each event of its range and type once, and reports its progress', async () => {
    const { path, stored, range, replays } = await aConnectionWith(30, (n) => ({
      type: n % 3 === 0 ? 'push' : 'ping',
    }));
    const from = stored[3]?.receivedAt;
    const begun = await begin(path, { ...range, from, type: 'push', ratePerSecond: 100 });
    expect(begun.status).toBe(202);
    const { id, ...told } = begun.json();
    expect(told).toEqual({ ...range, from, count: 9 });
    const seen = await until(path, id, hasEnded);
    expect(seen).toEqual({
      id,
      kind: 'replay',
      state: 'done',
      ...range,
      from,
      type: 'push',
      count: 9,
      done: 9,
      failed: 0,
      skipped: 0,
      skippedBecause: {},
      rate: 100,
      startedAt: expect.stringMatching(isoTime),
      begunAt: expect.stringMatching(isoTime),
      by: expect.stringMatching(/^op_/),
      endedAt: expect.stringMatching(isoTime),
      etaSeconds: null,
    });
    expect(await replays()).toEqual(stored.map((_, n) => (n >= 3 && n % 3 === 0 ? 1 : 0)));
    const again = await begin(path, { ...range, ratePerSecond: 100 });
    await until(path, again.json()['id'], hasEnded);
    expect(await replays()).toEqual(stored.map((_, n) => (n >= 3 && n % 3 === 0 ? 2 : 1)));
    expect((await view(path, id)).done).toBe(9);
  });

  test('counts the events in a dry run and publishes none', async () => {
    const { path, stored, range, replays } = await aConnectionWith(5, (n) => ({ size: n === 4 ? 5000 : 2 }));
    const answer = await begin(path, { ...range, dryRun: true });
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        ...range,
        upTo: range.to,
        count: 5,
        skipped: 0,
        skippedBecause: {},
        first: stored[0]?.receivedAt,
        last: stored[4]?.receivedAt,
        complete: true,
        writeUnits: expect.any(Number),
        sample: stored.slice(0, 5).map(({ id, receivedAt }) => expect.objectContaining({ id, receivedAt })),
      },
    ]);
    const none = await begin(path, { ...range, type: 'other', dryRun: true });
    expect(none.json()).toMatchObject({ count: 0, first: null, last: null, complete: true, writeUnits: 0, sample: [] });
    expect(await replays()).toEqual([0, 0, 0, 0, 0]);
  });

  test('is refused while another job of the connection runs, until that job is cancelled', async () => {
    const { name, path, range, replays } = await aConnectionWith(20);
    const listed = (state: string) => ok(world, 'GET', `/v1/jobs?connection=${name}&state=${state}`);
    const { id } = (await begin(path, { ...range, ratePerSecond: 1 })).json();
    const refused = await begin(path, range);
    expect([refused.status, refused.json()['code'], refused.json()['id']]).toEqual([409, 'replay_in_progress', id]);
    const running = await until(path, id, ({ done }) => done > 0);
    expect(running).toMatchObject({ state: 'running', count: 20, rate: 1 });
    // The job is never faster than its rate of one event per second.
    expect(running.etaSeconds).toBeGreaterThanOrEqual(20 - running.done);
    expect(await listed('open')).toMatchObject({ items: [{ id, kind: 'replay', connection: name, count: 20 }] });
    const cancelled = await world.api('DELETE', `${path}/replays/${id}`, undefined, { token: designer });
    expect([cancelled.status, cancelled.json()['state']]).toEqual([202, 'cancelling']);
    const { state, done } = await until(path, id, hasEnded);
    expect(state).toBe('cancelled');
    expect(await listed('open')).toEqual({ items: [], nextCursor: null });
    expect(await listed('cancelled')).toMatchObject({ items: [{ id, kind: 'replay', connection: name, done }] });
    expect((await replays()).filter((n) => n === 1)).toHaveLength(done);
    const again = await world.api('DELETE', `${path}/replays/${id}`);
    expect([again.status, again.json()['state']]).toEqual([200, 'cancelled']);
    expect((await begin(path, { ...range, dryRun: true })).status).toBe(200);
  });

  test('skips events of the current hold and events of self-tests, and its dry run counts the same', async () => {
    const { name, path } = await aConnectionWith(0);
    await ok(world, 'POST', `${path}/endpoint/hold`);
    const connection = await stateTable(world.dynamodb, tableOf(world.runtime, 'State')).readConnection(name);
    if (!connection) throw new Error('the connection does not exist');
    const log = eventTable(world.dynamodb, tableOf(world.runtime, 'Events'), defaultShards);
    const marks = [{ held: connection.endpoint?.hold?.id ?? '' }, { held: 'a hold before' }, { test: true }];
    const events = marks.map((mark) => aStoredEvent(connection, Date.now() - 20_000, mark));
    for (const event of events) await log.append(event);
    // A range that ends 16 seconds ago is complete. For a later end, the job would wait.
    const range = { from: new Date(Date.now() - hour).toISOString(), to: new Date(Date.now() - 16_000).toISOString() };
    const skips = { count: 3, skipped: 2, skippedBecause: { held: 1, test: 1 } };
    const dry = (await begin(path, { ...range, dryRun: true })).json();
    expect(dry).toMatchObject({ ...range, ...skips });
    const { units } = (await log.list(connection.id, listed)).events.find(({ held }) => held === 'a hold before') ?? {};
    expect(dry['writeUnits']).toBe(units);
    const { id } = (await begin(path, range)).json();
    expect(await until(path, id, hasEnded)).toMatchObject({ state: 'done', ...range, ...skips, done: 1 });
    const replays = await Promise.all(events.map(async (event) => (await log.read(event.id))?.replays));
    expect(replays).toEqual([undefined, 1, undefined]);
  });

  test('without an end time covers events up to now, but its count is complete only up to 15 seconds ago', async () => {
    const { path, stored, range } = await aConnectionWith(2);
    const before = new Date().toISOString();
    const dry = (await begin(path, { from: range.from, dryRun: true })).json();
    const to = String(dry['to']);
    expect(to >= before && to <= new Date().toISOString()).toBe(true);
    expect(dry).toMatchObject({ from: range.from, count: 2, last: stored[1]?.receivedAt });
    expect(Date.parse(String(dry['upTo']))).toBe(Date.parse(to) - 15_000);
    const begun = (await begin(path, { from: range.from, ratePerSecond: 100 })).json();
    expect(begun).toMatchObject({ from: range.from, count: 2 });
    const upTo = String(begun['to']);
    expect(upTo >= to && upTo <= new Date().toISOString()).toBe(true);
    // It waits until its range is complete: `test/functions/run-replay-jobs.test.ts` has that.
    const cancelled = await world.api('DELETE', `${path}/replays/${begun['id']}`);
    expect(cancelled.json()).toMatchObject({ to: begun['to'], count: 2, done: 0 });
  });

  test('is in the list of replay jobs, newest first', async () => {
    const { path, range } = await aConnectionWith(1);
    const ids: unknown[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { id } = (await begin(path, range)).json();
      ids.unshift(id);
      if (n < 2) await until(path, id, hasEnded);
    }
    const listOf = async (query: string) =>
      (await world.api('GET', `${path}/replays${query}`, undefined, { token: designer })).json() as unknown as {
        items: ReplayView[];
        nextCursor: string | null;
      };
    const first = await listOf('?limit=2');
    const rest = await listOf(`?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
    expect([first.items.length, rest.nextCursor]).toEqual([2, null]);
    expect(rest.items[0]).toEqual(await view(path, ids[2]));
    expect((await listOf(`?cursor=${Buffer.from('run_1').toString('base64url')}`)) as unknown).toMatchObject({
      code: 'invalid_cursor',
    });
  });

  test.each<[string, object, number, string, RegExp]>([
    ['no range', {}, 422, 'invalid_request', /from/],
    ['an empty range', { from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:00.000Z' }, 422, 'range_empty', /before/],
    [
      'a range in the future',
      { from: '2026-01-01T00:00:00Z', to: '2999-01-01T00:00:00Z' },
      422,
      'range_in_future',
      /now/,
    ],
    [
      'a rate above the limit',
      { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', ratePerSecond: 501 },
      422,
      'rate_too_high',
      /at most 500 .*-c replayCeiling=/,
    ],
    [
      'a rate of zero',
      { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', ratePerSecond: 0 },
      422,
      'invalid_request',
      /ratePerSecond/,
    ],
  ])('is refused with %s', async (_, body, status, code, detail) => {
    const { path } = await anActiveEndpoint(world);
    const answer = await begin(path, body);
    expect([answer.status, answer.json()['code']]).toEqual([status, code]);
    expect(answer.json()['detail']).toMatch(detail);
  });

  test('is not found under another id or another connection', async () => {
    const [{ path, range }, other] = [await aConnectionWith(1), await aConnectionWith(0)];
    const { id } = (await begin(path, range)).json();
    await until(path, id, hasEnded);
    for (const [method, at] of [
      ['GET', `${path}/replays/run_1`],
      ['DELETE', `${path}/replays/run_1`],
      ['GET', `${other.path}/replays/${id}`],
      ['DELETE', `${other.path}/replays/${id}`],
    ] as const) {
      const answer = await world.api(method, at);
      expect([answer.status, answer.json()['code']]).toEqual([404, 'replay_not_found']);
    }
  });
});
