import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Template } from '../../local/cloudformation/template.ts';
import { stateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import { type EventTable, eventTable } from '../../shared/events/event/event-table.ts';
import { copyOf, type Item, load } from '../../tools/bench/stored-events.ts';
import {
  type ActiveEndpoint,
  anActiveEndpoint,
  aRuntime,
  ok,
  tableOf,
  type World,
  withoutStreams,
} from '../support/given.ts';
import { aStoredItem, itemOf, put } from './given-events.ts';
import { aStoredEvent } from './given-runs.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'hooklatch-listing-'));
let world: World;

/** A connection and one of its events as an item of the Events table. */
interface Given {
  endpoint: ActiveEndpoint;
  item: Item;
}
let [small, large, faded]: Given[] = [];

const aConnection = async (among: World): Promise<Given> => {
  const endpoint = await anActiveEndpoint(among);
  return { endpoint, item: await aStoredItem(among, endpoint) };
};

const minute = 60_000;

/** The time this many milliseconds before an item was received. */
const timeBefore = ({ receivedAt }: Item, ago: number): Date => new Date(Date.parse(receivedAt?.S ?? '') - ago);

/**
 * Copies of an event. The first was received a minute before the event, and each further one a second before the
 * previous one.
 */
function* copies({ item }: Given, count: number, more: Item = {}): Generator<Item> {
  for (let n = 0; n < count; n += 1) yield copyOf(item, timeBefore(item, minute + n * 1_000), more);
}

beforeAll(async () => {
  const first = await aRuntime({ dataDir, transformTemplate: withoutStreams });
  const given = [await aConnection(first), await aConnection(first), await aConnection(first)] as const;
  await first.end();
  const table = tableOf(first.runtime, 'Events');
  await load(dataDir, table, copies(given[0], 1_000));
  await load(dataDir, table, copies(given[1], 100_000));
  await load(dataDir, table, copies(given[2], 15_500, { expiresAt: { N: '1' } }));
  world = await aRuntime({ dataDir, transformTemplate: withoutStreams });
  [small, large, faded] = given;
});
afterAll(async () => {
  await world.end();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Listed {
  items: { id: string; receivedAt: string; held?: boolean }[];
  nextCursor: string | null;
}

/** A page of a connection's events. */
const page = async ({ path }: ActiveEndpoint, query: Record<string, string>): Promise<Listed> =>
  (await ok(world, 'GET', `${path}/events?${new URLSearchParams(query)}`)) as unknown as Listed;

/** All pages, from the first to the last. */
async function pages(endpoint: ActiveEndpoint, query: Record<string, string>): Promise<Listed[]> {
  const read: Listed[] = [await page(endpoint, query)];
  for (let cursor = read[0]?.nextCursor; cursor; cursor = read.at(-1)?.nextCursor) {
    read.push(await page(endpoint, { ...query, cursor }));
  }
  return read;
}

const idsOf = (read: Listed[]): string[] => read.flatMap(({ items }) => items.map(({ id }) => id));

describe('a page of 50 events', () => {
  const earlier = { to: new Date(Date.now() - 10 * minute).toISOString() };

  test.each([
    ['starting with the newest', {}],
    ['starting with the oldest', { order: 'asc' }],
    ['starting in the middle', earlier],
  ])('takes the same queries whether 1,000 events are stored or many more, %s', async (_, query) => {
    const asked: unknown[][] = [];
    for (const { endpoint } of [small, large] as Given[]) {
      world.calls.length = 0;
      expect((await page(endpoint, query)).items).toHaveLength(50);
      asked.push(
        world.calls.filter(({ index }) => index !== undefined).map(({ operation, index }) => [operation, index]),
      );
    }
    expect(asked[0]).toEqual(Array.from({ length: 4 }, () => ['Query', 'byConnection']));
    expect(asked[1]).toEqual(asked[0]);
  });

  test('takes the same read units whether 1,000 events are stored or many more', async () => {
    const read: number[] = [];
    for (const { item } of [small, large] as Given[]) read.push(await unitsOfPage(item['connectionId']?.S ?? ''));
    expect(read[0]).toBeGreaterThan(0);
    // The number of rows in a shard varies a little by chance. One read unit is 8 KB of rows.
    expect(Math.abs((read[0] ?? 0) - (read[1] ?? 0))).toBeLessThanOrEqual(1);
  });
});

describe('a page of a search', () => {
  test('looks at 500 events, however many are stored, and reads each once', async () => {
    const { endpoint, item } = large as Given;
    world.calls.length = 0;
    const request = { contains: 'a text that no event has' };
    const found = await ok(world, 'POST', `${endpoint.path}/events/search`, request);
    expect(found).toMatchObject({ items: [], examined: 500, skipped: {}, nextCursor: expect.any(String) });
    const asked = world.calls.filter(({ table }) => table === tableOf(world.runtime, 'Events'));
    const ofKind = (operation: string) => asked.filter((call) => call.operation === operation).length;
    expect([ofKind('GetItem'), ofKind('Query'), asked.length]).toEqual([500, 40, 540]);
    // docs/cost.md has the figure. One item of 1 KB takes a unit, and 50 rows of the index of four shards some more.
    const connectionId = item['connectionId']?.S ?? '';
    const ofRow = await unitsOf((events) => events.read(item['id']?.S ?? ''));
    const ofRows = await unitsOfPage(connectionId);
    expect([500 * ofRow, Math.round(10 * ofRows)]).toEqual([500, expect.any(Number)]);
    expect(500 * ofRow + 10 * ofRows).toBeLessThan(600);
  });

  test('goes on where it ended, and finds each event once', async () => {
    const { endpoint } = small as Given;
    const found: string[] = [];
    const looked: number[] = [];
    let cursor: string | null = null;
    do {
      const request = { match: { method: ['POST'], provider: ['generic'] }, ...(cursor !== null && { cursor }) };
      const answer = await ok(world, 'POST', `${endpoint.path}/events/search`, request);
      const { items, examined, nextCursor } = answer as unknown as Listed & { examined: number };
      found.push(...items.map(({ id }) => id));
      looked.push(examined);
      cursor = nextCursor;
    } while (cursor !== null);
    expect(looked).toEqual([500, 500, 1]);
    expect(new Set(found).size).toBe(1_001);
  });
});

/** The query for the 50 newest events. */
const firstPage = {
  order: 'desc',
  limit: 50,
  after: undefined,
  from: undefined,
  to: undefined,
  type: undefined,
} as const;

/** The read units of a page of 50 events, as the store counts them. */
const unitsOfPage = (connectionId: string): Promise<number> =>
  unitsOf((events) => events.list(connectionId, { ...firstPage, now: new Date() }));

/** The read units that some reads take. */
async function unitsOf(read: (events: EventTable) => Promise<unknown>): Promise<number> {
  const { url: endpoint, region, administrator: credentials } = world.runtime.aws;
  const client = new DynamoDBClient({ endpoint, region, credentials });
  let units = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } as never });
      units += (result.output as QueryCommandOutput).ConsumedCapacity?.CapacityUnits ?? Number.NaN;
      return result;
    },
    { step: 'initialize' },
  );
  await read(eventTable(client, tableOf(world.runtime, 'Events'), 4));
  client.destroy();
  return units;
}

/** An event to store: how many seconds ago it was received, its type, and whether it has expired. */
const stored = fc.record({
  ago: fc.integer({ min: 60, max: 90 }),
  type: fc.constantFrom('push', 'star'),
  isExpired: fc.boolean(),
});

describe('the pages of the list of events', () => {
  const seconds = (date: number): { N: string } => ({ N: String(Math.floor(date / 1_000)) });

  test('contain every matching event once and in order, with any filter and page size', async () => {
    const many = fc.array(stored, { size: 'max', maxLength: 60 });
    const order = fc.constantFrom('asc', 'desc');
    const type = fc.option(fc.constantFrom('push', 'star', 'pus'), { nil: undefined });
    const bound = fc.option(fc.integer({ min: 58, max: 92 }), { nil: undefined });
    const property = fc.asyncProperty(
      many,
      order,
      fc.integer({ min: 1, max: 25 }),
      type,
      bound,
      bound,
      async (events, order, limit, type, from, to) => {
        const { endpoint, item } = await aConnection(world);
        const now = Date.now();
        const at = (ago: number) => new Date(now - ago * 1_000);
        const items = events.map(({ ago, type, isExpired }) =>
          copyOf(item, at(ago), { type: { S: type }, ...(isExpired ? { expiresAt: seconds(now - 1_000) } : {}) }),
        );
        await put(world, items);
        const isAsked = (ago: number) => (from === undefined || ago <= from) && (to === undefined || ago >= to);
        const expected = items
          .filter((_, n) => !events[n]?.isExpired && isAsked(events[n]?.ago ?? 0))
          .filter((each) => type === undefined || each['type']?.S === type)
          .map((each) => each['at']?.S ?? '')
          .sort();
        if (order === 'desc') expected.reverse();
        const read = await pages(endpoint, {
          order,
          limit: String(limit),
          from: at(from ?? 1_000).toISOString(),
          to: at(to ?? 30).toISOString(),
          ...(type === undefined ? {} : { type }),
        });
        expect(idsOf(read)).toEqual(expected.map((key) => key.split('#')[1]));
        for (const { items: shown } of read.slice(0, -1)) expect(shown).toHaveLength(limit);
      },
    );
    await fc.assert(property, { numRuns: 25 });
  });

  test.each(['asc', 'desc'])('neither skip nor repeat an event while others arrive (%s)', async (order) => {
    const { endpoint, item } = await aConnection(world);
    const given = [...copies({ endpoint, item }, 30)];
    await put(world, given);
    const read: Listed[] = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = read.at(-1)?.nextCursor ?? null) {
      const to = new Date(Date.now() - 30_000).toISOString();
      read.push(await page(endpoint, { order, limit: '7', to, ...(cursor === '' ? {} : { cursor }) }));
      // One newer event, and one older event that was stored late.
      await put(world, [copyOf(item, new Date(Date.now() - 40_000)), copyOf(item, new Date(Date.now() - 60 * minute))]);
    }
    const ids = idsOf(read);
    expect(new Set(ids).size).toBe(ids.length);
    const isGiven = new Set(given.map(({ id }) => id?.S));
    const shown = ids.filter((id) => isGiven.has(id));
    expect(order === 'asc' ? shown.reverse() : shown).toEqual(given.map(({ id }) => id?.S));
  });

  test('may be short if many events have expired, and the next page continues behind the expired events', async () => {
    const { endpoint, item } = faded as Given;
    const [young, old] = [copyOf(item, timeBefore(item, 30_000)), copyOf(item, timeBefore(item, 600 * minute))];
    await put(world, [young, old]);
    world.calls.length = 0;
    const read = await pages(endpoint, { limit: '5', to: timeBefore(item, 1).toISOString() });
    expect(read.map((each) => idsOf([each]))).toEqual([[young['id']?.S], [old['id']?.S]]);
    // Each page makes at most eight reads of each of the four shards.
    expect(world.calls.filter(({ operation }) => operation === 'Query').length).toBeLessThanOrEqual(2 * 8 * 4);
  });

  test('show whether an event is held, but not the id of the hold', async () => {
    const { endpoint, item } = await aConnection(world);
    const held = copyOf(item, new Date(), { held: { S: 'hold_1' } });
    await put(world, [held]);
    const { items } = await page(endpoint, { limit: '2' });
    expect(items.map((each) => [each.id, each.held])).toEqual([
      [held['id']?.S, true],
      [item['id']?.S, undefined],
    ]);
    expect(await ok(world, 'GET', `${endpoint.path}/events/${held['id']?.S}`)).toMatchObject({ held: true });
    expect(await ok(world, 'GET', `${endpoint.path}/events/${item['id']?.S}`)).not.toHaveProperty('held');
  });
});

describe('the number of shards', () => {
  const withShards = (shards: number) => (template: Template) => {
    const changed = structuredClone(template);
    for (const { Type, Properties } of Object.values(changed.Resources)) {
      const { Variables } = (Properties?.['Environment'] ?? {}) as { Variables?: Record<string, string> };
      if (Type === 'AWS::Lambda::Function' && Variables?.['EVENT_SHARDS']) Variables['EVENT_SHARDS'] = String(shards);
    }
    return changed;
  };

  const shardOf = ({ shard }: Item): number => Number(shard?.S?.split('#')[1]);

  let among: World;
  beforeAll(async () => {
    among = await aRuntime({ transformTemplate: (template) => withoutStreams(withShards(16)(template)) });
  });
  afterAll(() => among.end());

  /** A connection with 12 events that were stored while the number of shards was 4. */
  async function storedOverFour() {
    const endpoint = await anActiveEndpoint(among);
    const connection = await stateTable(among.dynamodb, tableOf(among.runtime, 'State')).readConnection(endpoint.name);
    if (!connection) throw new Error('the connection does not exist');
    const store = async (shards: number) => {
      const table = eventTable(among.dynamodb, tableOf(among.runtime, 'Events'), shards);
      const events = Array.from({ length: 12 }, () => aStoredEvent(connection, Date.now() - 1_000));
      for (const event of events) await table.append(event);
      return Promise.all(events.map(async ({ id }) => shardOf((await itemOf(among, id)) ?? {})));
    };
    expect(Math.max(...(await store(4)))).toBeLessThan(4);
    return { endpoint, connection, store };
  }

  test('can be raised without hiding an event', async () => {
    const { endpoint } = await storedOverFour();
    const used = new Set<number>();
    for (let n = 0; n < 12; n += 1) used.add(shardOf(await aStoredItem(among, endpoint)));
    expect(Math.max(...used)).toBeGreaterThan(3);
    expect((await ok(among, 'GET', `${endpoint.path}/events`))['items']).toHaveLength(24);
  });

  test('can be lowered below the default without hiding an event', async () => {
    const { connection, store } = await storedOverFour();
    expect(await store(1)).toEqual(Array(12).fill(0));
    const table = eventTable(among.dynamodb, tableOf(among.runtime, 'Events'), 1);
    expect((await table.list(connection.id, { ...firstPage, now: new Date() })).events).toHaveLength(24);
  });
});
