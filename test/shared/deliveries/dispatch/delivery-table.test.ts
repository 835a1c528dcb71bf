/** The Deliveries table, against DynamoDB in memory. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import { deliveryTable, dueShards } from '../../../../shared/deliveries/dispatch/delivery-table.ts';
import { freshHealth } from '../../../../shared/deliveries/dispatch/destination-health.ts';
import type { Deliveries, DueItem } from '../../../../shared/deliveries/dispatch/ports.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';
import { aRow, eventId, receivedAt, receivedMs } from './given-delivery.ts';
import { deliveriesKeys } from './given-delivery-table.ts';

const { client, createTable } = givenDynamodb();

let table: string;
let deliveries: Deliveries;
beforeEach(async () => {
  table = await createTable(deliveriesKeys);
  deliveries = deliveryTable(client, table);
});

const eventOf = (number: number) => `evt_${String(number).padStart(26, '0')}`;
const timeOf = (second: number) => new Date(receivedMs + second * 1000).toISOString();

/** Everything that is due until a time, in all shards. */
async function allDue(until: number): Promise<DueItem[]> {
  const pages = Array.from({ length: dueShards }, (_, shard) => deliveries.listDue(shard, until, undefined));
  return (await Promise.all(pages)).flatMap(({ items }) => items);
}

test('a row, a timer, a health and a lease are found by their keys, and none by that of another', async () => {
  const row = aRow({ last: { at: receivedMs, ms: 12, outcome: 'answered', status: 500, answer: 'no' } });
  const timer = { to: { id: 'dst_1', name: 'orders' }, due: 5, touched: 6 };
  const health = {
    ...freshHealth(3),
    probe: { at: 1, wait: 2 },
    notices: [{ type: 'destination.failing' as const, incident: 'i', at: 1 }],
  };
  await deliveries.rows.write(row, row, undefined);
  await deliveries.timers.write('dst_1', timer, undefined);
  await deliveries.health.write('dst_1', health, undefined);
  const { event, receivedAt: at, rule, replay } = row;
  const lease = { owner: 'o', until: 7, ends: 5, trying: { event, receivedAt: at, rule, replay, attempt: 2 } };
  await deliveries.leases.write('dst_1', lease, undefined);
  expect((await deliveries.rows.read(row))?.value).toEqual(row);
  expect((await deliveries.timers.read('dst_1'))?.value).toEqual(timer);
  expect((await deliveries.health.read('dst_1'))?.value).toEqual(health);
  expect((await deliveries.leases.read('dst_1'))?.value).toEqual(lease);
  for (const other of [{ event: eventOf(1) }, { receivedAt: timeOf(1) }, { rule: 'other' }, { replay: 1 }])
    expect(await deliveries.rows.read(aRow(other))).toBeUndefined();
});

test('a row outlives its event by thirty days', async () => {
  const row = aRow({ expiresAt: 1_800_000_000 });
  await deliveries.rows.write(row, row, undefined);
  const Key = { pk: { S: eventId }, sk: { S: `${receivedAt}#to-orders#0` } };
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key }));
  expect(Item?.['expiresAt']).toEqual({ N: '1802592000' });
});

test('what is due is listed until a time, rows and timers', async () => {
  for (let at = 0; at < 20; at += 1) {
    const row = aRow({ event: eventOf(at), due: receivedMs + at });
    await deliveries.rows.write(row, row, undefined);
  }
  const idle = aRow({ event: eventOf(30) });
  await deliveries.rows.write(idle, idle, undefined);
  const timer = { to: { id: 'dst_1', name: 'orders' }, due: receivedMs + 5, touched: 0 };
  await deliveries.timers.write('dst_1', timer, undefined);
  const due = await allDue(receivedMs + 5);
  expect(due.filter((each) => 'timer' in each)).toEqual([{ timer }]);
  const rows = due.flatMap((each) => ('row' in each ? [each.row.event] : []));
  expect(rows.sort()).toEqual([0, 1, 2, 3, 4, 5].map(eventOf));
  expect(await allDue(receivedMs - 1)).toEqual([]);
});

test('the earliest of a shard is due first', async () => {
  const [late, early] = [aRow({ rule: 'late', due: 2_000 }), aRow({ rule: 'early', due: 999 })];
  for (const row of [late, early]) await deliveries.rows.write(row, row, undefined);
  expect((await allDue(9_999)).map((each) => 'row' in each && each.row.rule)).toEqual(['early', 'late']);
});

test("a destination's rows are listed by state, those of the oldest events first, page by page", async () => {
  const parked = Array.from({ length: 230 }, (_, at) =>
    aRow({ event: eventOf(at), receivedAt: timeOf(229 - at), status: 'parked' }),
  );
  const others = [
    aRow({ status: 'waiting', event: eventOf(500) }),
    aRow({ status: 'delivered', event: eventOf(501) }),
    aRow({ status: 'parked', event: eventOf(502), to: { id: 'dst_2', name: 'orders' } }),
  ];
  for (const row of [...parked, ...others]) await deliveries.rows.write(row, row, undefined);
  const first = await deliveries.listByState('dst_1', 'parked', undefined);
  const second = await deliveries.listByState('dst_1', 'parked', first.next);
  expect([first.items.length, second.items.length, second.next]).toEqual([200, 30, undefined]);
  expect([...first.items, ...second.items].map(({ receivedAt: at }) => at)).toEqual(
    Array.from({ length: 230 }, (_, at) => timeOf(at)),
  );
  expect((await deliveries.listByState('dst_1', 'waiting', undefined)).items).toEqual([others[0]]);
});

test('the attempts of a delivery are listed in their order, and no other one has them', async () => {
  const row = aRow();
  const long = 'an answer, '.repeat(300);
  const note = { at: 1, ms: 2, outcome: 'answered', status: 500 };
  await deliveries.putAttempt(row, 10, { ...note, answer: 'ten' });
  await deliveries.putAttempt(row, 2, { ...note, answer: long });
  await deliveries.putAttempt(row, 3, { at: 1, ms: 2, outcome: 'timeout', cause: 'no answer within 15 s' });
  await deliveries.putAttempt(aRow({ rule: 'to-orders-too' }), 1, note);
  await deliveries.putAttempt(aRow({ replay: 1 }), 1, note);
  await deliveries.rows.write(row, row, undefined);
  expect(await deliveries.listAttempts(row)).toEqual([
    { attempt: 2, note: { ...note, answer: long } },
    { attempt: 3, note: { at: 1, ms: 2, outcome: 'timeout', cause: 'no answer within 15 s' } },
    { attempt: 10, note: { ...note, answer: 'ten' } },
  ]);
});
