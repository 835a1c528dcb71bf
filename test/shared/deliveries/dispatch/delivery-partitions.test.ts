/**
 * Updates with deliveries that wait, against DynamoDB in memory. The earlier version had one partition for a destination and state, called
 * `<destination>#<state>`. Its rows are found by this version, and an update that is rolled back strands none.
 */
import { QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type DeliveryLists, deliveryLists } from '../../../../shared/deliveries/dispatch/delivery-lists.ts';
import type { DeliveryRow } from '../../../../shared/deliveries/dispatch/delivery-row.ts';
import { deliveryTable } from '../../../../shared/deliveries/dispatch/delivery-table.ts';
import { freshHealth } from '../../../../shared/deliveries/dispatch/destination-health.ts';
import { serveLane } from '../../../../shared/deliveries/dispatch/lane.ts';
import { timerKeeper } from '../../../../shared/deliveries/dispatch/lane-timer.ts';
import type { LanePorts } from '../../../../shared/deliveries/dispatch/lane-turn.ts';
import { parkDelivery } from '../../../../shared/deliveries/dispatch/park-deliveries.ts';
import type { Deliveries } from '../../../../shared/deliveries/dispatch/ports.ts';
import { itemBytes } from '../../../../shared/ground/aws/item-size.ts';
import { inParallel } from '../../../../shared/ground/base/parallel.ts';
import { count } from '../../../support/full-counts.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';
import { aDestination, aJob, aRow, receivedMs } from './given-delivery.ts';
import { deliveriesKeys } from './given-delivery-table.ts';

const { client, createTable } = givenDynamodb();
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const to = { id: 'dst_1', name: 'orders' };

let table: string;
let deliveries: Deliveries;
let lists: DeliveryLists;
beforeEach(async () => {
  table = await createTable(deliveriesKeys);
  deliveries = deliveryTable(client, table);
  lists = deliveryLists(client, table);
});

const eventOf = (number: number) => `evt_${String(number).padStart(26, '0')}`;
const rowAt = (number: number, change: Partial<DeliveryRow> = {}) =>
  aRow({ event: eventOf(number), receivedAt: new Date(receivedMs + number * 1000).toISOString(), ...change });
const numbersOf = (rows: readonly { event: string }[]) => rows.map(({ event }) => Number(event.slice(4)));
const upTo = (length: number) => Array.from({ length }, (_, at) => at);

const put = (row: DeliveryRow) => deliveries.rows.write(row, row, undefined);

/** Writes a row as the earlier version did. */
async function putAsBefore(row: DeliveryRow): Promise<void> {
  await put(row);
  await client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: { pk: { S: row.event }, sk: { S: `${row.receivedAt}#${row.rule}#${row.replay}` } },
      UpdateExpression: 'SET #state = :state',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': { S: `${row.to.id}#${row.status}` } },
    }),
  );
}

/** What the earlier version finds in a state. */
async function foundAsBefore(state: string): Promise<number[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: 'byState',
      KeyConditionExpression: '#state = :state',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': { S: `dst_1#${state}` } },
    }),
  );
  return Items.map((item) => Number(item['pk']?.S?.slice(4)));
}

/** Odd ones are of the earlier version. */
const putBoth = (numbers: readonly number[], change: Partial<DeliveryRow>) =>
  Promise.all(numbers.map((number) => (number % 2 ? putAsBefore : put)(rowAt(number, change))));

async function allByState(state: 'parked' | 'waiting'): Promise<DeliveryRow[]> {
  const rows: DeliveryRow[] = [];
  let after: string | undefined;
  do {
    const page = await deliveries.listByState('dst_1', state, after);
    rows.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return rows;
}

/** A lane at a time. Each attempt goes well, and sleeping moves the time on. */
function aLane(now: number) {
  const clock = { time: now };
  const attempted: number[] = [];
  const base = {
    deliveries,
    queues: { dispatch: async () => [], overflow: async () => [], lane: async () => [] },
    clock: {
      now: () => clock.time,
      sleep: async (ms: number) => {
        clock.time += ms;
      },
      random: () => 0.5,
    },
    newId: () => `worker ${clock.time}`,
    log: () => undefined,
    readDestination: async () => aDestination(),
    publishNotices: async () => undefined,
  } as unknown as LanePorts;
  const ensureTimer = timerKeeper(base);
  const ports: LanePorts = {
    ...base,
    ensureTimer,
    health: { read: async () => (await deliveries.health.read('dst_1'))?.value, tell: async () => undefined },
    attempt: async ({ event }) => {
      attempted.push(Number(event.slice(4)));
      const note = { at: clock.time, ms: 5, outcome: 'answered', status: 200 };
      return { kind: 'delivered', generation: 1, ended: clock.time + 5, note };
    },
  };
  return { ports, clock, attempted, serve: () => serveLane(to, ports) };
}

test('a flood for one destination is spread over four partitions, one of which is that of before', async () => {
  await Promise.all(upTo(80).map((number) => put(rowAt(number, { status: 'parked' }))));
  const inFirst = await foundAsBefore('parked');
  expect(inFirst.length).toBeGreaterThan(8);
  expect(inFirst.length).toBeLessThan(36);
  for (const shard of [1, 2, 3]) expect((await foundAsBefore(`parked#${shard}`)).length).toBeGreaterThan(8);
  expect(await foundAsBefore('parked#4')).toEqual([]);
});

test('a row has two bytes more than before, in an attribute that it had before: no other index, and no other write', async () => {
  const found = async (row: DeliveryRow) => {
    // The length of a revision is random.
    const { Items: [{ revision: _, ...item } = {}] = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :event',
        ExpressionAttributeValues: { ':event': { S: row.event } },
      }),
    );
    return { names: Object.keys(item).sort(), bytes: itemBytes(item) };
  };
  const more = await Promise.all(
    upTo(8).map(async (number) => {
      const row = rowAt(number, { status: 'parked' });
      await putAsBefore(row);
      const before = await found(row);
      const { revision } = (await deliveries.rows.read(row)) ?? {};
      await deliveries.rows.write(row, row, revision);
      const now = await found(row);
      return [now.bytes - before.bytes, now.names.filter((name) => !before.names.includes(name))];
    }),
  );
  // The name of the first shard is that of before.
  expect(new Set(more.map((each) => JSON.stringify(each)))).toEqual(new Set(['[0,[]]', '[2,[]]']));
});

test('rows of both versions are one list in the order of their events, page by page', async () => {
  const sizes = fc.record({ old: fc.integer({ min: 0, max: 260 }), both: fc.integer({ min: 0, max: 260 }) });
  await fc.assert(
    fc.asyncProperty(sizes, async ({ old, both }) => {
      table = await createTable(deliveriesKeys);
      deliveries = deliveryTable(client, table);
      await inParallel(upTo(old), 20, (number) => putAsBefore(rowAt(number, { status: 'parked' })));
      await inParallel(upTo(both), 20, (number) => putBoth([old + number], { status: 'parked' }));
      expect(numbersOf(await allByState('parked'))).toEqual(upTo(old + both));
      const { items } = await deliveries.listByState('dst_1', 'parked', undefined);
      expect(items.length).toBe(Math.min(200, old + both));
    }),
    { numRuns: count({ usual: 1, full: 10 }), examples: [[{ old: 130, both: 110 }]] },
  );
});

test("operators' lists and jobs find rows of both versions", async () => {
  await putBoth(upTo(30), { status: 'given_up' });
  await putBoth([40, 41, 42], { status: 'parked' });
  await putBoth([43, 44], { status: 'waiting' });
  const seen: number[] = [];
  let before: string | undefined;
  do {
    const page = await lists.ofDestination('dst_1', { status: 'given_up', limit: 7, before });
    seen.push(...numbersOf(page.rows));
    before = page.next;
  } while (before !== undefined);
  expect(seen).toEqual(upTo(30).reverse());
  const job = { from: rowAt(5).receivedAt, to: rowAt(24).receivedAt, statuses: ['given_up' as const] };
  const ended: number[] = [];
  let after: string | undefined;
  do {
    const page = await lists.ended('dst_1', { ...job, limit: 6, after });
    ended.push(...numbersOf(page.rows));
    after = page.next;
  } while (after !== undefined);
  expect(ended).toEqual(upTo(25).slice(5));
  const backlog = await lists.backlogOf('dst_1');
  expect([backlog.rows.length, backlog.isMore]).toEqual([5, false]);
  expect(backlog.rows[0]?.receivedAt).toBe(rowAt(40).receivedAt);
});

test('the lane attempts what either version has parked, the oldest first, and gathers what waits for hours', async () => {
  const { serve, attempted } = aLane(receivedMs + hour);
  await putBoth([1, 2, 3, 4], { status: 'parked' });
  await putBoth([5, 6, 7, 8], { status: 'waiting', due: receivedMs + 5 * hour });
  await deliveries.health.write('dst_1', { ...freshHealth(1), state: 'recovering', gather: true }, undefined);
  await serve();
  expect(attempted).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect([...(await allByState('parked')), ...(await allByState('waiting'))]).toEqual([]);
});

test('after an update that was rolled back, the next one attempts what the earlier version could not see', async () => {
  const { ports } = aLane(receivedMs);
  for (const number of upTo(12)) await parkDelivery({ ...aJob(), ...rowAt(number), attempt: 1 }, ports);
  // The earlier version attempts what it finds, and removes the timer if nobody has touched it for a quarter of an hour.
  const found = await foundAsBefore('parked');
  for (const number of found) {
    const { value, revision } = (await deliveries.rows.read(rowAt(number))) ?? {};
    if (value) await deliveries.rows.write(value, { ...value, status: 'delivered' }, revision);
  }
  const { touched = 0 } = (await deliveries.timers.read('dst_1'))?.value ?? {};
  expect(receivedMs + 29 * day > touched + 15 * minute).toBe(false);
  await putAsBefore(rowAt(20, { status: 'parked' }));
  const { serve, attempted } = aLane(receivedMs + 29 * day);
  await serve();
  expect(attempted).toEqual([...upTo(12).filter((number) => !found.includes(number)), 20]);
});

test('a lane with nothing left is forgotten: first the time ends for which its timer is kept, then the timer goes', async () => {
  const { ports, clock, serve } = aLane(receivedMs);
  await parkDelivery({ ...aJob(), ...rowAt(1), attempt: 1 }, ports);
  await serve();
  const emptied = clock.time;
  expect((await deliveries.timers.read('dst_1'))?.value.touched).toBeLessThanOrEqual(emptied);
  clock.time = emptied + 14 * minute;
  await serve();
  expect(await deliveries.timers.read('dst_1')).toBeDefined();
  clock.time = emptied + 16 * minute;
  await serve();
  expect(await deliveries.timers.read('dst_1')).toBeUndefined();
});
