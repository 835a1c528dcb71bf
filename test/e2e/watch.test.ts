import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { waitByClock } from '../../local/eventbridge/abortable-wait.ts';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { every, testInFull } from '../support/full-counts.ts';
import { type ActiveEndpoint, anActiveEndpoint, aRuntime, bearer, deliver, ok, type World } from '../support/given.ts';

const minute = 60_000;
const told: Pick<RuntimeOptions, 'fault' | 'failEntry'> = {};
let world: World;

beforeAll(async () => {
  world = await aRuntime({
    fault: (call) => told.fault?.(call),
    failEntry: (entry) => told.failEntry?.(entry),
    // A failed invocation by the schedule is retried soon. Not at once: the pollers of the queues wait by this too.
    wait: (ms, signal) => waitByClock(Math.min(ms, 20), signal),
  });
});
afterEach(() => {
  delete told.fault;
  delete told.failEntry;
});
afterAll(() => world.end());

/** Moves the clocks and runs the alerts. */
async function watchAfter(minutes: number): Promise<void> {
  world.clock.ahead += minutes * minute;
  await world.runtime.settled();
  await world.runtime.runSchedule('Every5Minutes');
}

interface Notice {
  'detail-type': string;
  detail: { connection: string; state: string; since: string; at: string; version?: number };
}

const noticesOf = ({ name }: ActiveEndpoint): Notice[] =>
  (world.busEvents() as unknown as Notice[]).filter(
    (each) => /^endpoint\.(refusing|silent)$/.test(each['detail-type']) && each.detail.connection === name,
  );

const wordsOf = (given: ActiveEndpoint): string[] =>
  noticesOf(given).map((each) => `${each['detail-type']} ${each.detail.state}`);

/** Rejected webhooks, one per second: faster ones would be counted later. */
async function reject({ url }: ActiveEndpoint, count: number, token = 'a wrong token'): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    world.clock.ahead += 1_001;
    expect((await deliver(url, { headers: bearer(token) })).status).toBe(403);
  }
}

const send = async ({ url, token }: ActiveEndpoint) =>
  expect((await deliver(url, { headers: bearer(token), body: '{}' })).status).toBe(202);

const refusing = (count: number, minutes: number) => ({ alerts: { rejections: { count, minutes } } });
const silent = (minutes: number) => ({ alerts: { silence: { minutes } } });

const configure = ({ path }: ActiveEndpoint, settings: object) => ok(world, 'PUT', `${path}/endpoint`, settings);

/** An endpoint with an alert on the bus that it rejects webhooks. */
async function aRefusing(): Promise<ActiveEndpoint> {
  const given = await anActiveEndpoint(world, refusing(1, 60));
  await reject(given, 1);
  await watchAfter(0);
  expect(wordsOf(given)).toEqual(['endpoint.refusing began']);
  return given;
}

describe('an endpoint that refuses its sender', () => {
  test('causes one alert with the reasons when the threshold is reached, and one when the alert ends', async () => {
    const given = await anActiveEndpoint(world, refusing(3, 10));
    await reject(given, 2);
    await watchAfter(1);
    expect(noticesOf(given)).toEqual([]);
    await reject(given, 1);
    for (const minutes of [1, 5]) await watchAfter(minutes);
    expect(noticesOf(given)).toEqual([
      expect.objectContaining({
        source: 'hooklatch',
        'detail-type': 'endpoint.refusing',
        detail: {
          connection: given.name,
          version: 5,
          state: 'began',
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          since: expect.stringMatching(/:00\.000Z$/),
          threshold: { count: 3, minutes: 10 },
          reasons: { token_unknown: 3 },
        },
      }),
    ]);
    for (const minutes of [15, 5]) await watchAfter(minutes);
    expect(wordsOf(given)).toEqual(['endpoint.refusing began', 'endpoint.refusing ended']);
    const [began, ended] = noticesOf(given);
    expect(ended?.detail).toMatchObject({ since: began?.detail.since, because: 'recovered', version: 5 });
  });

  testInFull('causes an alert for a burst between two checks too', async () => {
    const given = await anActiveEndpoint(world, refusing(2, 1));
    await watchAfter(0);
    // Moves to the start of a minute, so that all events are in the same minute.
    world.clock.ahead += minute - (world.clock.now().getTime() % minute);
    await reject(given, 2);
    await watchAfter(4);
    expect(wordsOf(given)).toEqual(['endpoint.refusing began']);
  });
});

describe('an endpoint that receives nothing', () => {
  test('causes an alert, counted from its last change. An event ends it, and later silence causes another', async () => {
    const given = await anActiveEndpoint(world, silent(5));
    const { updatedAt } = (await ok(world, 'GET', given.path)) as { updatedAt: string };
    await watchAfter(4);
    expect(noticesOf(given)).toEqual([]);
    for (const minutes of [1, 5]) await watchAfter(minutes);
    expect(noticesOf(given).map(({ detail }) => detail)).toEqual([
      expect.objectContaining({ state: 'began', since: updatedAt, threshold: { minutes: 5 }, lastEventAt: null }),
    ]);
    await send(given);
    const { items } = (await ok(world, 'GET', `${given.path}/events`)) as { items: { receivedAt: string }[] };
    for (const minutes of [0, 4]) await watchAfter(minutes);
    expect(wordsOf(given)).toEqual(['endpoint.silent began', 'endpoint.silent ended']);
    for (const minutes of [2, 5]) await watchAfter(minutes);
    expect(wordsOf(given)).toEqual(['endpoint.silent began', 'endpoint.silent ended', 'endpoint.silent began']);
    const [, ended, again] = noticesOf(given).map(({ detail }) => detail as { lastEventAt?: string });
    expect(ended).toMatchObject({ because: 'recovered', lastEventAt: items[0]?.receivedAt });
    expect(again?.lastEventAt).toBe(ended?.lastEventAt);
  });
});

describe('an alert that is open ends', () => {
  const ways: [string, (given: ActiveEndpoint) => Promise<unknown>][] = [
    ['its endpoint is deactivated', ({ path }) => ok(world, 'POST', `${path}/endpoint/deactivate`)],
    ['its setting is removed', (given) => configure(given, { alerts: null })],
    ['its setting names another', (given) => configure(given, silent(10_080))],
  ];

  test.each(every(3, ways))('when %s', async (_, act) => {
    const given = await aRefusing();
    await act(given);
    for (const minutes of [5, 5]) await watchAfter(minutes);
    expect(wordsOf(given)).toEqual(['endpoint.refusing began', 'endpoint.refusing ended']);
    expect(noticesOf(given)[1]?.detail).toMatchObject({ because: 'unwatched', version: 6 });
  });

  testInFull('when its connection is deleted', async () => {
    const given = await aRefusing();
    await ok(world, 'DELETE', `${given.path}/endpoint/token`);
    await ok(world, 'DELETE', `${given.path}/endpoint`);
    await ok(world, 'DELETE', given.path);
    for (const minutes of [5, 5]) await watchAfter(minutes);
    expect(wordsOf(given)).toEqual(['endpoint.refusing began', 'endpoint.refusing ended']);
    expect(noticesOf(given)[1]?.detail).not.toHaveProperty('version');
  });
});

testInFull('deliveries refused while an endpoint was inactive cause no alert after its activation', async () => {
  const given = await anActiveEndpoint(world, refusing(1, 60));
  await ok(world, 'POST', `${given.path}/endpoint/deactivate`);
  await reject(given, 1, given.token);
  await ok(world, 'POST', `${given.path}/endpoint/activate`);
  await watchAfter(5);
  expect(noticesOf(given)).toEqual([]);
});

describe('the setting of alerts', () => {
  testInFull('is off by default, and then nothing is checked', async () => {
    const given = await anActiveEndpoint(world);
    expect(((await ok(world, 'GET', given.path)) as { endpoint: object }).endpoint).toMatchObject({ alerts: null });
    await reject(given, 3);
    await watchAfter(60);
    expect(noticesOf(given)).toEqual([]);
  });

  test('causes no read for an endpoint without it, and no read of an event for an endpoint with it', async () => {
    await aRefusing();
    const readsOfAWatch = async () => {
      const before = world.calls.length;
      await watchAfter(0);
      const ofWatch = world.calls.slice(before).filter(({ principal }) => principal.includes('raisealerts'));
      return ofWatch.map(({ operation, table = '' }) => `${operation} ${table.replace(/.*(State|Journal).*/, '$1')}`);
    };
    const reads = await readsOfAWatch();
    expect([...new Set(reads)].sort()).toEqual(['Query Journal', 'Query State']);
    await anActiveEndpoint(world);
    expect(await readsOfAWatch()).toEqual(reads);
  });

  testInFull('is shown, and null puts the default back', async () => {
    const given = await anActiveEndpoint(world, refusing(3, 10));
    const alertsOf = async () =>
      ((await ok(world, 'GET', given.path)) as { endpoint: { alerts: unknown } }).endpoint.alerts;
    expect(await alertsOf()).toEqual({ rejections: { count: 3, minutes: 10 } });
    await configure(given, { alerts: null });
    expect(await alertsOf()).toBeNull();
  });
});

/** Injects this fault into this many calls of this operation by the alerts' function. */
function failing(operation: string, fault: 'error-before' | 'error-after' | 'throttle', times: number): void {
  let left = times;
  told.fault = (call) => {
    if (call.operation !== operation || !call.principal.includes('raisealerts') || left === 0) return undefined;
    left -= 1;
    return fault;
  };
}

describe('a failed check', () => {
  test('that fails before the bus has the alert is repeated by a later check, which publishes once', async () => {
    const given = await anActiveEndpoint(world, refusing(1, 60));
    await reject(given, 1);
    failing('PutEvents', 'error-before', 99);
    await watchAfter(0);
    expect(noticesOf(given)).toEqual([]);
    expect(world.logs.join('\n')).toContain('"outcome":"alert_not_checked"');
    delete told.fault;
    await watchAfter(1);
    expect(noticesOf(given)).toEqual([]);
    for (const minutes of [4, 5]) await watchAfter(minutes);
    expect(wordsOf(given)).toEqual(['endpoint.refusing began']);
  });

  testInFull('that fails after the bus has the alert publishes the same alert again', async () => {
    const given = await anActiveEndpoint(world, refusing(1, 60));
    await reject(given, 1);
    let puts = 0;
    // The first put writes the note.
    told.fault = ({ operation, principal }) => {
      if (operation !== 'PutItem' || !principal.includes('raisealerts')) return undefined;
      puts += 1;
      return puts > 1 ? 'error-before' : undefined;
    };
    await watchAfter(0);
    delete told.fault;
    for (const minutes of [5, 5]) await watchAfter(minutes);
    const [first, again, ...more] = noticesOf(given);
    expect([again?.detail, more]).toEqual([first?.detail, []]);
  });

  testInFull('that lost the answer of a write publishes each alert once', async () => {
    const given = await anActiveEndpoint(world, refusing(1, 60));
    await reject(given, 1);
    failing('PutItem', 'error-after', 1);
    for (const minutes of [0, 5, 5]) await watchAfter(minutes);
    expect(wordsOf(given)).toEqual(['endpoint.refusing began']);
  });

  testInFull('of one connection does not stop the checks of others', async () => {
    const [bad, good] = [
      await anActiveEndpoint(world, refusing(1, 60)),
      await anActiveEndpoint(world, refusing(1, 60)),
    ];
    for (const given of [bad, good]) await reject(given, 1);
    told.failEntry = ({ Detail = '' }) =>
      Detail.includes(`"${bad.name}"`)
        ? { ErrorCode: 'InternalFailure', ErrorMessage: 'as a test asked for' }
        : undefined;
    await watchAfter(0);
    expect([wordsOf(bad), wordsOf(good)]).toEqual([[], ['endpoint.refusing began']]);
    const lines = world.logs.filter((line) => line.includes('alert_not_checked') && line.includes(`"${bad.name}"`));
    expect(JSON.parse(lines.at(-1) ?? '').message).toMatchObject({ kind: 'refusing', fault: 'InternalFailure' });
    delete told.failEntry;
    await watchAfter(5);
    expect(wordsOf(bad)).toEqual(['endpoint.refusing began']);
  });
});

testInFull('simultaneous checks publish each alert once', async () => {
  const given = await anActiveEndpoint(world, { alerts: { ...refusing(1, 60).alerts, ...silent(60).alerts } });
  await reject(given, 1);
  await world.runtime.settled();
  await Promise.all([1, 2, 3].map(() => world.runtime.runSchedule('Every5Minutes')));
  expect(wordsOf(given)).toEqual(['endpoint.refusing began']);
  world.clock.ahead += 70 * minute;
  await Promise.all([1, 2, 3].map(() => world.runtime.runSchedule('Every5Minutes')));
  expect(wordsOf(given).sort()).toEqual([
    'endpoint.refusing began',
    'endpoint.refusing ended',
    'endpoint.silent began',
  ]);
});
