import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { usageTable } from '../../shared/events/arrival/usage-table.ts';
import { testInFull } from '../support/full-counts.ts';
import {
  type ActiveEndpoint,
  anActiveEndpoint,
  aRuntime,
  bearer,
  deliver,
  ok,
  tableOf,
  type World,
} from '../support/given.ts';

let world: World;
const told: { fault?: RuntimeOptions['fault'] } = {};
beforeAll(async () => {
  // A list with statistics reads some of every connection, so it has a runtime of its own.
  world = await aRuntime({ fault: (call) => told.fault?.(call) });
});
afterEach(() => {
  delete told.fault;
});
afterAll(() => world.end());

interface Listed {
  name: string;
  endpoint: { tokens: { id: string; lastUsedAt?: string }[] };
  stats?: {
    lastHour: { events: number; rejections: number };
    lastEventAt: string | null;
    asOf: string;
    complete: boolean;
  };
}

async function deliveries({ url }: ActiveEndpoint, token: string, count: number, headers = {}): Promise<void> {
  for (let n = 0; n < count; n += 1) await deliver(url, { headers: { ...bearer(token), ...headers }, body: `${n}` });
}

/** Reads the connection after every event has been counted. */
async function read({ path }: ActiveEndpoint): Promise<Listed> {
  await world.runtime.settled();
  return (await ok(world, 'GET', path)) as unknown as Listed;
}

async function listed({ name }: ActiveEndpoint, query: string): Promise<Listed | undefined> {
  await world.runtime.settled();
  const { items } = await ok(world, 'GET', `/v1/connections?limit=200${query}`);
  return (items as Listed[]).find((each) => each.name === name);
}

const lastReceivedAt = async ({ path }: ActiveEndpoint): Promise<string> => {
  const { items } = (await ok(world, 'GET', `${path}/events`)) as { items: { receivedAt: string }[] };
  return items[0]?.receivedAt ?? '';
};

/** Expects a last use that is correct to the minute and not later than the event. */
function expectAbout(at: string | null | undefined, event: string): void {
  expect(Date.parse(at ?? '')).toBeLessThanOrEqual(Date.parse(event));
  expect(Date.parse(event) - Date.parse(at ?? '')).toBeLessThan(60_000);
}

describe('the last use of a token', () => {
  test('changes only for the token that was used', async () => {
    const given = await anActiveEndpoint(world);
    expect((await read(given)).endpoint.tokens).toEqual([
      expect.not.objectContaining({ lastUsedAt: expect.anything() }),
    ]);
    const { token } = (await ok(world, 'POST', `${given.path}/endpoint/token/rotate`, {})) as { token: string };
    await deliveries(given, given.token, 2);
    const [current, previous] = (await read(given)).endpoint.tokens;
    expect(current).not.toHaveProperty('lastUsedAt');
    expectAbout(previous?.lastUsedAt, await lastReceivedAt(given));
    await deliveries(given, token, 1);
    expectAbout((await read(given)).endpoint.tokens[0]?.lastUsedAt, await lastReceivedAt(given));
  });

  testInFull('is in the answer to every request that changes or reads the connection', async () => {
    const given = await anActiveEndpoint(world);
    await deliveries(given, given.token, 1);
    const before = await read(given);
    expectAbout(before.endpoint.tokens[0]?.lastUsedAt, await lastReceivedAt(given));
    const deactivated = await ok(world, 'POST', `${given.path}/endpoint/deactivate`);
    expect((deactivated as unknown as Listed).endpoint.tokens).toEqual(before.endpoint.tokens);
    const edited = await ok(world, 'PATCH', given.path, { description: 'edited' });
    expect((edited as unknown as Listed).endpoint.tokens).toEqual(before.endpoint.tokens);
    const { connection } = await ok(world, 'GET', `${given.path}/endpoint/token`);
    expect((connection as Listed).endpoint.tokens).toEqual(before.endpoint.tokens);
  });

  test("is replaced by a note if it can't be read, and the operation still succeeds", async () => {
    const given = await anActiveEndpoint(world);
    told.fault = ({ operation, principal }) =>
      operation === 'Query' && principal.includes('apiendpoint') ? 'throttle' : undefined;
    const answer = await ok(world, 'POST', `${given.path}/endpoint/deactivate`);
    expect(answer).toMatchObject({
      status: 'inactive',
      note: expect.stringContaining('could not be read. Read the connection again'),
    });
  });

  testInFull('does not change if a delivery is refused', async () => {
    const given = await anActiveEndpoint(world);
    await deliver(given.url, { method: 'GET', headers: bearer(given.token) });
    expect((await read(given)).endpoint.tokens[0]).not.toHaveProperty('lastUsedAt');
  });

  test('never moves back in time', async () => {
    const usage = usageTable(world.dynamodb, tableOf(world.runtime, 'Journal'));
    const use = { connectionId: 'con-forward', what: 'token#a' };
    for (const hour of [12, 14, 13]) await usage.note({ ...use, at: `2026-01-31T${hour}:00:00.000Z` });
    expect((await usage.lastUse('con-forward')).tokens.get('a')).toBe('2026-01-31T14:00:00.000Z');
  });
});

describe('the statistics in the list of connections', () => {
  test('count the events and rejections of the last hour without duplicates, and are included only on request', async () => {
    const given = await anActiveEndpoint(world, { dedupe: { by: 'content' } });
    await deliveries(given, given.token, 7);
    await deliveries(given, given.token, 2);
    await deliver(given.url);
    const found = await listed(given, '&include=stats');
    expect(found?.stats).toMatchObject({ lastHour: { events: 7, rejections: 1 }, complete: true });
    expectAbout(found?.endpoint.tokens[0]?.lastUsedAt, await lastReceivedAt(given));
    const plain = await listed(given, '');
    expect([plain?.stats, plain?.endpoint.tokens[0]?.lastUsedAt]).toEqual([undefined, undefined]);
  });

  testInFull('show the exact time of the last event, even if several came in the same minute', async () => {
    const given = await anActiveEndpoint(world);
    for (let n = 0; n < 3; n += 1) {
      await deliveries(given, given.token, 1);
      await world.runtime.settled();
    }
    const found = await listed(given, '&include=stats');
    expect(found?.stats?.lastEventAt).toBe(await lastReceivedAt(given));
  });

  test('show up to what time they are complete, which is earlier while events are counted late', async () => {
    const given = await anActiveEndpoint(world);
    const asOf = async () => Date.parse((await listed(given, '&include=stats'))?.stats?.asOf ?? '');
    const before = Date.now();
    expect(await asOf()).toBeGreaterThanOrEqual(before - 10_000);
    expect(await asOf()).toBeLessThanOrEqual(Date.now() - 10_000);
    const usage = usageTable(world.dynamodb, tableOf(world.runtime, 'Journal'));
    await usage.noteLate('2026-01-31T12:00:00.000Z', new Date().toISOString());
    expect(await asOf()).toBe(Date.parse('2026-01-31T12:00:00.000Z'));
    await usage.noteLate('2026-01-31T12:00:00.000Z', new Date(Date.now() - 5 * 60_000).toISOString());
    expect(await asOf()).toBeGreaterThanOrEqual(before - 10_000);
  });

  test('are zero for a connection without events', async () => {
    const given = await anActiveEndpoint(world);
    const found = await listed(given, '&include=stats');
    const noCounts = Array.from({ length: 60 }, () => 0);
    expect(found?.stats).toEqual({
      lastHour: {
        events: 0,
        rejections: 0,
        eventsByMinute: noCounts,
        rejectionsByMinute: noCounts,
        refused: {},
        upTo: expect.stringMatching(/:00.000Z$/),
      },
      lastEventAt: null,
      asOf: expect.stringMatching(/Z$/),
      complete: true,
    });
  });

  test('are read without reading any event', async () => {
    await world.runtime.settled();
    const before = world.calls.length;
    await ok(world, 'GET', '/v1/connections?include=stats');
    const tables = world.calls.slice(before).map(({ operation, table }) => `${operation} ${table}`);
    expect(tables.filter((each) => each.includes('Events'))).toEqual([]);
    expect(tables.filter((each) => each.includes('Journal')).length).toBeGreaterThan(0);
  });

  test('are refused if the query names an unknown part', async () => {
    const answer = await world.api('GET', '/v1/connections?include=events');
    expect([answer.status, answer.json()['code']]).toEqual([400, 'invalid_request']);
  });
});

test('after a run of the schedule, a row of the list is its summary, which the next run makes anew', async () => {
  const given = await anActiveEndpoint(world);
  await deliveries(given, given.token, 3);
  await deliver(given.url);
  await world.runtime.settled();
  await world.runtime.runSchedule('EveryMinute', 'countevents');
  const before = world.calls.length;
  const found = await listed(given, '&include=stats');
  expect(found?.stats).toMatchObject({
    lastHour: { events: 3, rejections: 1, refused: { token_missing: 1 } },
    lastEventAt: await lastReceivedAt(given),
    complete: true,
  });
  expectAbout(found?.endpoint.tokens[0]?.lastUsedAt, await lastReceivedAt(given));
  const operations = world.calls.slice(before).map(({ operation }) => operation);
  expect(operations).toContain('BatchGetItem');
  await deliveries(given, given.token, 1);
  expect((await listed(given, '&include=stats'))?.stats?.lastHour.events).toBe(3);
  await world.runtime.runSchedule('EveryMinute', 'countevents');
  expect((await listed(given, '&include=stats'))?.stats?.lastHour.events).toBe(4);
});

testInFull('if writing a count fails, a later write makes up for it, and the count is never too low', async () => {
  let faults = 5;
  told.fault = ({ operation, principal }) => {
    if (operation !== 'UpdateItem' || !principal.includes('countevents') || faults === 0) return undefined;
    faults -= 1;
    return 'throttle';
  };
  const given = await anActiveEndpoint(world);
  await deliveries(given, given.token, 5);
  const found = await listed(given, '&include=stats');
  expect(found?.stats?.lastHour.events).toBeGreaterThanOrEqual(5);
  expectAbout(found?.endpoint.tokens[0]?.lastUsedAt, await lastReceivedAt(given));
});
