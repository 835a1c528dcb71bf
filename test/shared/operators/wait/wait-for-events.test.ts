/** A waiter misses no event that arrives from its start on, whatever the network does and however late the list shows it. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ApiClient } from '../../../../shared/operators/api/api-client.ts';
import { serverTime, type WaitRequest, waitForEvents } from '../../../../shared/operators/wait/wait-for-events.ts';
import { count } from '../../../support/full-counts.ts';
import { at } from './given-event-list.ts';
import { aSlowDeployment, EagerClock, type Fate, type WaitedTimedEvent } from './given-waiting.ts';

const request = (more: Partial<WaitRequest> = {}): WaitRequest => ({
  connection: 'orders',
  count: 1,
  since: 0,
  timeoutMs: 60_000,
  ...more,
});

interface Run {
  fates?: readonly Fate[];
  /** How far the server's clock is ahead, in ms. */
  skew?: number;
  /** How long the program takes to start, in ms. */
  starting?: number;
  wanted?: Partial<WaitRequest>;
}

/** Waits from 100,000 ms of the server's time on. */
async function waited(events: readonly WaitedTimedEvent[], { fates, skew = 0, starting = 0, wanted }: Run = {}) {
  const clock = new EagerClock();
  const deployment = aSlowDeployment(events, {
    clock,
    serverNow: () => start + clock.now(),
    ...(fates && { fates }),
  });
  await clock.until(clock.wait(starting));
  const found: string[] = [];
  const ports = {
    // The caller's clock says something else.
    now: () => clock.now() + skew,
    wait: clock.wait,
    timeout: clock.timeout,
    begun: skew,
    onEvent: ({ id }: { id: string }) => void found.push(id),
  };
  const result = await clock.until(waitForEvents(deployment.client, request(wanted), ports));
  return {
    ...result,
    ids: result.events.map(({ id }) => id),
    found,
    took: clock.now() - starting,
    asked: deployment.asked,
  };
}

const start = 100_000;
const event = (id: string, arrives: number, more: Partial<WaitedTimedEvent> = {}): WaitedTimedEvent => ({
  id,
  arrives: start + arrives,
  delay: 0,
  ...more,
});

describe('an event', () => {
  test.each<[string, WaitedTimedEvent, number]>([
    ['that is there at once', event('a', 1), 150],
    ['that comes later', event('a', 4_100), 5_150],
    ['that the list shows late', event('a', 100, { delay: 14_900 }), 15_150],
  ])('%s is found at the next look', async (_, wanted, took) => {
    expect(await waited([wanted])).toMatchObject({ ids: ['a'], found: ['a'], took });
  });

  test('that came while the program was starting is found, and one before it is not', async () => {
    const { ids } = await waited([event('before', -30), event('a', 10)], { starting: 400 });
    expect(ids).toEqual(['a']);
  });

  test('of before is found from the time or the age that is given', async () => {
    const events = [event('old', -90_000), event('a', -20_000)];
    expect((await waited(events, { wanted: { since: at(start - 90_000) } })).ids).toEqual(['old']);
    expect((await waited(events, { wanted: { since: 30_000 } })).ids).toEqual(['a']);
  });

  test('is the first of several, and several come in their order', async () => {
    const events = [event('c', 30), event('a', 10), event('b', 20)];
    expect((await waited(events)).ids).toEqual(['a']);
    expect((await waited(events, { wanted: { count: 2 } })).ids).toEqual(['a', 'b']);
  });
});

test('asks once a second, by requests of their own, and a last time at the end', async () => {
  const { asked, took, missed } = await waited([], { wanted: { timeoutMs: 3_500 } });
  const lists = asked.filter(({ key }) => key.endsWith('/events'));
  expect(lists.map(({ at }) => at)).toEqual([0, 50, 1_050, 2_050, 3_050, 3_500]);
  expect(lists.map(({ query }) => query['order'])).toEqual(Array(6).fill('desc'));
  // The first asks for the time only.
  expect(lists.map(({ query }) => query['limit'])).toEqual(['1', ...Array(5).fill('200')]);
  expect(new Set(asked.map(({ name }) => name))).toEqual(new Set(['orders']));
  expect([took, missed]).toEqual([3_600, { others: 0, nearMisses: [], rejections: [] }]);
});

test('reads again what the list may not have shown, from its start on', async () => {
  const { asked } = await waited([], { wanted: { timeoutMs: 17_500 } });
  const from = asked.filter(({ key }) => key.endsWith('/events')).map(({ query }) => query['from']);
  // The first asks for the time only.
  expect(from[0]).toBeUndefined();
  // The start, and a little before: the way back of the first answer. It stays so until the list is complete up to there.
  expect(from.slice(1, 17)).toEqual(Array(16).fill(at(start - 25)));
  expect(from.at(-1)).toBe(at(start + 17_075 - 15_000));
});

test('waits to its end by the timers of Node, when the clock has fractions of milliseconds', async () => {
  const clock = new EagerClock();
  const { client } = aSlowDeployment([], { clock, serverNow: () => start + clock.now() });
  let reads = 0;
  const now = () => {
    reads += 1;
    return clock.now() + reads / 1024;
  };
  const waiting = waitForEvents(client, request({ timeoutMs: 12_000 }), { now, wait: clock.wait });
  expect(await clock.until(waiting)).toEqual({ events: [], missed: { others: 0, nearMisses: [], rejections: [] } });
});

test.each<[string, number, number]>([
  ['that is to come, by the clock of the deployment', 600_000, 0],
  ['of which the rejections can no longer be asked for', -32 * 86_400_000, 1],
])('a time %s is no fault: what came instead is told', async (_, since, others) => {
  const wanted = { since: at(start + since), type: 'push', timeoutMs: 3_000 };
  const { missed } = await waited([event('a', 1_000, { type: 'order' })], { wanted });
  const nearMisses = [
    {
      id: 'a',
      receivedAt: at(start + 1_000),
      type: 'order',
      why: 'differs',
      at: '/type',
      wanted: '"push"',
      found: '"order"',
    },
  ];
  expect(missed).toEqual({ others, nearMisses: nearMisses.slice(0, others), rejections: [] });
});

describe('a fault', () => {
  test.each<NonNullable<Fate['fault']>>(['lost', 'answer lost', 503, 429])(
    '%s is tried again a second later',
    async (fault) => {
      const fates: Fate[] = [{ ms: 50, fault }, { ms: 50 }, { ms: 50, fault }, { ms: 50 }, { ms: 50, fault }];
      const { ids, took } = await waited([event('a', 100)], { fates });
      expect([ids, took]).toEqual([['a'], 3_150]);
    },
  );

  test('that hangs is ended after ten seconds', async () => {
    const { ids, took } = await waited([event('a', 100)], { fates: [{ ms: 50, fault: 'hangs' }] });
    expect([ids, took]).toEqual([['a'], 10_150]);
  });

  test('that hangs at the end is ended after three seconds', async () => {
    const fates: Fate[] = Array(9).fill({ ms: 50, fault: 'hangs' });
    const { missed, took } = await waited([], {
      fates: [{ ms: 50 }, { ms: 50 }, ...fates],
      wanted: { timeoutMs: 1_500 },
    });
    expect([missed?.fault, took]).toEqual(['The API did not answer within 3 s.', 10_050]);
  });

  test.each<[401 | 403 | 404]>([[401], [403], [404]])('with the status %s ends it at once', async (fault) => {
    await expect(waited([], { fates: [{ ms: 50, fault }] })).rejects.toMatchObject({ status: fault });
    const third: Fate[] = [{ ms: 50 }, { ms: 50 }, { ms: 50, fault }];
    await expect(waited([], { fates: third })).rejects.toMatchObject({ status: fault });
    // While an event is read, and while the rejections are read at the end.
    await expect(waited([event('a', 20)], { fates: third })).rejects.toMatchObject({ status: fault });
    await expect(waited([], { fates: third, wanted: { timeoutMs: 0 } })).rejects.toMatchObject({ status: fault });
  });

  test('from beginning to end is the error, and one at the end alone is told', async () => {
    const lost = (count: number): Fate[] => Array(count).fill({ ms: 50, fault: 'lost' });
    const wanted = { timeoutMs: 3_000 };
    await expect(waited([], { fates: lost(10), wanted })).rejects.toThrow('The request was lost.');
    await expect(waited([], { fates: lost(10), wanted: { ...wanted, since: at(start) } })).rejects.toThrow(
      'The request was lost.',
    );
    const { missed, took } = await waited([], { fates: [{ ms: 50 }, { ms: 50 }, ...lost(10)], wanted });
    expect(missed).toEqual({ others: 0, nearMisses: [], rejections: undefined, fault: 'The request was lost.' });
    expect(took).toBe(3_050);
  });

  test('while an event is read keeps no other event back', async () => {
    const fates: Fate[] = [{ ms: 50 }, { ms: 50 }, { ms: 50 }, ...Array(9).fill({ ms: 50, fault: 'lost' })];
    const wanted = { count: 2, timeoutMs: 5_000 };
    const { ids, missed } = await waited([event('a', 20), event('b', 21)], { fates, wanted });
    expect(ids).toEqual(['a']);
    expect(missed?.nearMisses).toMatchObject([{ id: 'b', why: 'unread' }]);
  });
});

test('says which events came, the nearest first', async () => {
  const others = Array.from({ length: 30 }, (_, n) => event(`ping${n}`, 100 + n, { type: 'ping' }));
  const push = (id: string, arrives: number, body: string) => event(id, arrives, { type: 'push', body });
  const events = [...others, push('p1', 50, '{"ref": "a"}'), push('p2', 60, '{"ref": "b"}')];
  const match = { headers: { 'x-shop': ['berlin'] }, data: { ref: ['main'] } };
  const { missed, asked } = await waited(events, { wanted: { type: 'push', match, timeoutMs: 2_000 } });
  expect(missed?.others).toBe(32);
  expect(missed?.nearMisses.map(({ id, why, ...more }) => [id, why, 'at' in more && more.at])).toEqual([
    ['p2', 'differs', '/data/ref'],
    ['p1', 'differs', '/data/ref'],
    ...[29, 28, 27].map((n) => [`ping${n}`, 'differs', '/type']),
  ]);
  // Only what has the wanted type is read.
  expect(asked.filter(({ key }) => key.endsWith('/{id}'))).toHaveLength(2);
});

test('an event that is gone when it is read is told as such', async () => {
  const { missed } = await waited([event('a', 20, { isGone: true })], { wanted: { timeoutMs: 1_000 } });
  expect(missed).toMatchObject({ others: 1, nearMisses: [{ id: 'a', why: 'gone' }] });
});

test('the newest of the others are told, also if older ones appear later', async () => {
  const late = Array.from({ length: 6 }, (_, n) => event(`late${n}`, 10 + n, { type: 'ping', delay: 3_000 }));
  const wanted = { type: 'push', timeoutMs: 5_000 };
  const { missed } = await waited([...late, event('new', 200, { type: 'ping' })], { wanted });
  expect(missed?.nearMisses.map(({ id }) => id)).toEqual(['new', 'late5', 'late4', 'late3', 'late2']);
});

test('the rejections since the minute of its start are read, at most five', async () => {
  const { asked } = await waited([], { wanted: { timeoutMs: 0 } });
  // 100 s after 12:00.
  expect(asked.filter(({ key }) => key.endsWith('/rejections')).map(({ query }) => query)).toEqual([
    { from: '2026-03-01T12:01:00.000Z', limit: '5' },
  ]);
});

test('without a listener the events come at the end', async () => {
  const clock = new EagerClock();
  const { client } = aSlowDeployment([event('a', -start + 10)], { clock });
  const ports = { now: clock.now, wait: clock.wait, timeout: clock.timeout };
  expect(await clock.until(waitForEvents(client, request(), ports))).toMatchObject({ events: [{ id: 'a' }] });
});

test("the server's time is that of its own clock", async () => {
  const clock = new EagerClock();
  const { client } = aSlowDeployment([], {
    clock,
    serverNow: () => start + clock.now(),
    fates: [{ ms: 40, fault: 'lost' }],
  });
  const ports = { now: clock.now, wait: clock.wait, timeout: clock.timeout };
  const asked = (timeoutMs: number) => clock.until(serverTime(client, { connection: 'orders', timeoutMs }, ports));
  expect(await asked(5_000)).toBe(at(start + 1_025));
});

test("the server's time is not known if the API does not answer, or its list does not say up to when it is complete", async () => {
  const clock = new EagerClock();
  const ports = { now: clock.now, wait: clock.wait, timeout: clock.timeout };
  const ofServer = (client: ApiClient) =>
    clock.until(serverTime(client, { connection: 'orders', timeoutMs: 2_000 }, ports));
  const fates: Fate[] = Array(9).fill({ ms: 50, fault: 'lost' });
  await expect(ofServer(aSlowDeployment([], { clock, fates }).client)).rejects.toThrow('The request was lost.');
  const call = async () => ({ items: [], nextCursor: null });
  await expect(ofServer({ call } as unknown as ApiClient)).rejects.toThrow(
    'The list of events does not say up to when it is complete.',
  );
});

const fate = fc.record(
  {
    ms: fc.integer({ min: 2, max: 900 }),
    fault: fc.constantFrom<NonNullable<Fate['fault']>>('lost', 'answer lost', 'hangs', 503, 429),
  },
  { requiredKeys: ['ms'] },
);

const timed = fc.record({
  // Around the start.
  arrives: fc.oneof(fc.integer({ min: -2_000, max: 2_000 }), fc.integer({ min: -10_000, max: 60_000 })),
  delay: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 15_000 }), fc.constant(15_000)),
  isWanted: fc.boolean(),
});

test('finds each wanted event from its start on, once, and no earlier one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(timed, { minLength: 10, maxLength: 40, size: 'max' }),
      fc.array(fate, { maxLength: 25, size: 'max' }),
      fc.integer({ min: 0, max: 1_500 }),
      fc.integer({ min: -1e9, max: 1e9 }),
      async (times, fates, starting, skew) => {
        const events = times.map(({ arrives, delay, isWanted }, n) =>
          event(`e${n}`, arrives, { delay, body: JSON.stringify({ is: isWanted }) }),
        );
        const wanted = { count: 1_000, timeoutMs: 300_000, match: { data: { is: [true] } } };
        const { ids, missed, asked } = await waited(events, { fates, starting, skew, wanted });
        const from = (least: number) => times.flatMap(({ arrives }, n) => (arrives >= least ? [`e${n}`] : []));
        const isWanted = (id: string) => times[Number(id.slice(1))]?.isWanted === true;
        expect(new Set(ids)).toEqual(new Set(ids.filter(isWanted)));
        expect(ids).toHaveLength(new Set(ids).size);
        expect(ids).toEqual(expect.arrayContaining(from(0).filter(isWanted)));
        // The answer that told the time took at most so long.
        expect(from(-900)).toEqual(expect.arrayContaining(ids));
        expect(missed?.others).toBeGreaterThanOrEqual(from(0).filter((id) => !isWanted(id)).length);
        expect(asked.length).toBeGreaterThan(30);
      },
    ),
    { numRuns: count({ usual: 30, full: 500 }) },
  );
});
