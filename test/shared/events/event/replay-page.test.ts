import { describe, expect, test } from '@jest/globals';
import type { Connection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { EventRow } from '../../../../shared/events/event/event.ts';
import type { EventPageRequest } from '../../../../shared/events/event/event-page.ts';
import { newRelease, newReplay, type ReplayJob, whyNotReplayed } from '../../../../shared/events/event/replay-job.ts';
import { type ReplayPageDeps, replayPage } from '../../../../shared/events/event/replay-page.ts';
import type { EventRelease, ReplayRequest, ReplayResult } from '../../../../shared/events/event/republish.ts';
import { aMoment } from '../../../support/a-moment.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const range = { from: '2026-03-01T10:00:00.000Z', to: '2026-03-01T11:00:00.000Z' };
const replay = newReplay({
  id: 'run_1',
  connection: 'orders',
  connectionId: 'c1',
  rate: 50,
  count: 9,
  startedAt: now.toISOString(),
  ...range,
  type: 'push',
});
const release = newRelease(
  { connection: 'orders', connectionId: 'c1', holdId: 'h1', since: range.from, releasedAt: range.to, by: 'op_1' },
  now,
);

type Write = [id: string, ReplayRequest | EventRelease];
/** The result of each try to write an event. An event without an entry succeeds. */
type Tries = Record<string, (ReplayResult['kind'] | Error | boolean)[]>;

const aConnection = (id: string, hold?: string) =>
  ({ id, endpoint: hold === undefined ? null : { hold: { id: hold } } }) as Connection;
const aRow = (id: string, held?: string) => ({ id, held, units: 1 }) as EventRow;

/**
 * A table with these rows, and a republisher. Everything that they are asked for is noted.
 * @param rest the position after a page of a count
 */
function aPage(
  events: EventRow[],
  tries: Tries = {},
  connection: Connection | null = aConnection('c1'),
  rest?: string,
) {
  const noted = {
    requests: [] as EventPageRequest[],
    writes: [] as Write[],
    waits: [] as number[],
    lines: [] as object[],
  };
  const resultOf = (id: string) => {
    const result = tries[id]?.shift();
    if (result instanceof Error) throw result;
    return result;
  };
  const deps: ReplayPageDeps = {
    events: {
      async list(_, request) {
        noted.requests.push(request);
        return { events, next: request.limit === 500 ? rest : 'next position' };
      },
    },
    republisher: {
      async replay(id, request) {
        noted.writes.push([id, request]);
        const kind = (resultOf(id) ?? 'replayed') as ReplayResult['kind'];
        return kind === 'replayed' ? { kind, replays: 1 } : { kind };
      },
      async release(id, release) {
        noted.writes.push([id, release]);
        return (resultOf(id) ?? true) as boolean;
      },
    },
    readConnection: async (name) => (name === 'orders' && connection !== null ? connection : undefined),
    now: () => now,
    async sleep(ms) {
      await aMoment();
      noted.waits.push(ms);
    },
    log: (line, level) => void noted.lines.push({ ...line, level }),
  };
  const read = (job: ReplayJob) => replayPage(job, { kind: 'page', after: 'a position', ...range }, deps);
  return { ...noted, read };
}

describe('a page of a replay', () => {
  test('has the events of the range and the type, after the last position', async () => {
    const { read, requests } = aPage([]);
    expect(await read(replay)).toEqual({ begunAt: now, done: 0, failed: 0, skips: {}, next: 'next position' });
    expect(requests).toEqual([{ order: 'asc', limit: 50, after: 'a position', ...range, type: 'push', now }]);
  });

  test.each([
    [1, 1],
    [200, 200],
    [500, 200],
  ])('has at a rate of %i events a second at most %i events', async (rate, limit) => {
    const { read, requests } = aPage([]);
    await read({ ...replay, rate });
    expect(requests[0]?.limit).toBe(limit);
  });

  test('publishes the events of an endpoint without a hold', async () => {
    const page = aPage([aRow('a')], {}, { id: 'c1', endpoint: { hold: undefined } } as Connection);
    expect(await page.read(replay)).toMatchObject({ done: 1 });
    expect(page.writes).toEqual([['a', { connectionId: 'c1', hold: undefined, jobId: 'run_1', now }]]);
  });

  test('publishes each event under the hold in force, and counts the results', async () => {
    const tries: Tries = { a: ['replayed'], b: ['repeated'], c: ['held'], e: ['gone'], f: ['gone'] };
    const page = aPage(
      [...'abcef'].map((id) => aRow(id)),
      tries,
      aConnection('c1', 'h1'),
    );
    expect(await page.read(replay)).toMatchObject({ done: 2, failed: 0, skips: { held: 1, expired: 2 } });
    const request = { connectionId: 'c1', hold: 'h1', jobId: 'run_1', now };
    expect(page.writes).toEqual([...'abcef'].map((id) => [id, request]));
  });

  test('skips the events of tests and of the hold in force without a write, as its plan says', async () => {
    const rows = [aRow('a'), { ...aRow('b'), test: true as const }, aRow('c', 'h1'), aRow('d', 'h0')];
    const page = aPage(rows, {}, aConnection('c1', 'h1'));
    expect(await page.read(replay)).toMatchObject({ done: 2, failed: 0, skips: { held: 1, test: 1 } });
    expect(page.writes.map(([id]) => id)).toEqual(['a', 'd']);
    expect(rows.map((row) => whyNotReplayed(row, 'h1'))).toEqual([undefined, 'test', 'held', undefined]);
  });

  test('is repeated if no event could be written, although it skips another one', async () => {
    const fault = Object.assign(new Error('throttled'), { name: 'ThrottlingException' });
    const page = aPage([{ ...aRow('a'), test: true }, aRow('b')], { b: [fault, fault, fault] });
    await expect(page.read(replay)).rejects.toBe(fault);
  });

  test.each<[string, Connection | null]>([
    ['is gone', null],
    ['is another one of the same name', aConnection('c2')],
  ])('publishes nothing if the connection %s', async (_, connection) => {
    const { read, writes } = aPage([aRow('a')], {}, connection);
    expect(await read(replay)).toBeUndefined();
    expect(writes).toEqual([]);
  });
});

describe('an event that can not be written', () => {
  const fault = Object.assign(new Error('throttled'), { name: 'ThrottlingException' });

  test('is tried three times, with a pause of 0.1 s in between', async () => {
    const page = aPage([aRow('a')], { a: [fault, fault] });
    expect(await page.read(replay)).toMatchObject({ done: 1, failed: 0 });
    expect(page.writes).toHaveLength(3);
    expect(page.waits).toEqual([100, 100]);
    expect(page.lines).toEqual([]);
  });

  test('after three tries is counted and logged, and the others are published', async () => {
    const page = aPage([aRow('a'), aRow('b')], { a: [fault, fault, fault] });
    expect(await page.read(replay)).toMatchObject({ done: 1, failed: 1, skips: {} });
    expect(page.waits).toEqual([100, 100]);
    expect(page.lines).toEqual([
      { warning: 'event_not_published', run: 'run_1', fault: 'ThrottlingException', level: 'warn' },
    ]);
  });

  test('fails the page if no event could be written', async () => {
    const page = aPage([aRow('a'), aRow('b')], { a: [fault, fault, fault], b: [fault, fault, fault] });
    await expect(page.read(replay)).rejects.toBe(fault);
  });

  test('does not fail the page if DynamoDB calls the write invalid', async () => {
    const invalid = Object.assign(new Error('item too large'), { name: 'ValidationException' });
    const page = aPage([aRow('a')], { a: [invalid, invalid, invalid] });
    expect(await page.read(replay)).toMatchObject({ done: 0, failed: 1 });
  });
});

const counted = { ...release, count: 2 };

describe('a page of a release', () => {
  test('publishes only the events of its hold, and counts those that were still held', async () => {
    const page = aPage([aRow('a', 'h1'), aRow('b', 'h2'), aRow('c'), aRow('d', 'h1')], { d: [false] });
    expect(await page.read(counted)).toEqual({ begunAt: now, done: 1, failed: 0, skips: {}, next: 'next position' });
    expect(page.writes).toEqual([
      ['a', { hold: 'h1', routes: undefined, now }],
      ['d', { hold: 'h1', routes: undefined, now }],
    ]);
  });

  test('is published even if the connection is gone', async () => {
    const page = aPage([aRow('a', 'h1')], {}, null);
    expect(await page.read(counted)).toMatchObject({ done: 1 });
  });

  test('counts at first the events of its hold, from the start of the hold', async () => {
    const page = aPage([aRow('a', 'h1'), aRow('b', 'h2'), aRow('c', 'h1')]);
    expect(await page.read(release)).toMatchObject({ count: 2 });
    expect(page.requests.find(({ limit }) => limit === 500)).toMatchObject({ from: range.from, to: undefined });
  });

  test('has no count if there are too many events to count them all', async () => {
    const page = aPage([aRow('a', 'h1')], {}, aConnection('c1'), 'another page');
    expect(await page.read(release)).toMatchObject({ count: null });
  });

  test.each<[string, ReplayJob]>([
    ['it is counted', counted],
    ['its first page is done', { ...release, progress: { ...release.progress, begunAt: range.to } }],
  ])('counts no events after %s', async (_, job) => {
    const { read, requests } = aPage([aRow('a', 'h1')]);
    expect(await read(job)).not.toHaveProperty('count');
    expect(requests).toHaveLength(1);
  });
});

describe('the routes of a job', () => {
  const ofATest: EventRow = { ...aRow('b', 'h1'), test: true };

  test.each<[string, ReplayJob, (string | undefined)[]]>([
    ['are those of each event that it replays, but for tests', { ...replay, routes: 'v1' }, ['v1']],
    ['are none if there were none when it began', replay, [undefined]],
    ['are those of each event that it releases, but for tests', { ...counted, routes: 'v1' }, ['v1', undefined]],
    ['are none for what it releases if there were none', counted, [undefined, undefined]],
  ])('%s', async (_, job, expected) => {
    const page = aPage([aRow('a', 'h1'), ofATest]);
    await page.read(job);
    expect(page.writes.map(([, { routes }]) => routes)).toEqual(expected);
  });
});

describe('parallel work', () => {
  test.each([
    [1, 1],
    [100, 1],
    [101, 2],
    [1_500, 15],
    [5_000, 16],
  ])('at a rate of %i events a second writes %i events at a time', async (rate, expected) => {
    let running = 0;
    let most = 0;
    const page: ReplayPageDeps = {
      events: {
        list: async () => ({ events: Array.from({ length: 40 }, (_, n) => aRow(String(n))), next: undefined }),
      },
      republisher: {
        async replay() {
          running += 1;
          most = Math.max(most, running);
          await aMoment();
          running -= 1;
          return { kind: 'replayed', replays: 1 };
        },
        release: async () => false,
      },
      readConnection: async () => aConnection('c1'),
      now: () => now,
      sleep: async () => undefined,
      log: () => undefined,
    };
    await replayPage({ ...replay, rate }, { kind: 'page', after: undefined, ...range }, page);
    expect(most).toBe(expected);
  });
});
