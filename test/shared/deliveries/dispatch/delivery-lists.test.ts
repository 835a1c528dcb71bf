/** Lists of deliveries, against DynamoDB in memory. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type DeliveryLists,
  deliveryLists,
  isDeliveryPosition,
} from '../../../../shared/deliveries/dispatch/delivery-lists.ts';
import type { DeliveryRow } from '../../../../shared/deliveries/dispatch/delivery-row.ts';
import { deliveryTable } from '../../../../shared/deliveries/dispatch/delivery-table.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';
import { aRow, receivedMs } from './given-delivery.ts';
import { deliveriesKeys } from './given-delivery-table.ts';

const { client, createTable } = givenDynamodb();
const eventOf = (number: number) => `evt_${String(number).padStart(26, '0')}`;
const timeOf = (second: number) => new Date(receivedMs + second * 1000).toISOString();
const statuses = ['delivered', 'waiting', 'given_up'] as const;

/** 4 KB that no compression makes smaller. */
const noise = (seed: number): string =>
  Array.from({ length: 64 }, (_, at) => createHash('sha256').update(`${seed} ${at}`).digest('hex')).join('');

let lists: DeliveryLists;
let table: ReturnType<typeof deliveryTable>;
beforeAll(async () => {
  const name = await createTable(deliveriesKeys);
  lists = deliveryLists(client, name);
  table = deliveryTable(client, name);
  const { rows, putAttempt } = table;
  for (let at = 0; at < 60; at += 1) {
    const row = aRow({ event: eventOf(at), receivedAt: timeOf(at), status: statuses[at % 3] ?? 'waiting' });
    await rows.write(row, row, undefined);
  }
  const another = aRow({ event: eventOf(3), receivedAt: timeOf(3), rule: 'second', to: { id: 'dst_2', name: 'b' } });
  await rows.write(another, another, undefined);
  await putAttempt(another, 1, { at: 1, ms: 1, outcome: 'timeout' });
});

/** All pages, from the first to the last. */
async function allPages(status: 'waiting' | 'given_up' | undefined, limit: number): Promise<DeliveryRow[][]> {
  const pages: DeliveryRow[][] = [];
  let before: string | undefined;
  do {
    const page = await lists.ofDestination('dst_1', { status, limit, before });
    pages.push(page.rows);
    expect(page.next === undefined || isDeliveryPosition(page.next)).toBe(true);
    before = page.next;
  } while (before !== undefined);
  return pages;
}

test.each([1, 7, 20, 59, 60, 200])(
  'pages of %i have each delivery of a destination once, the newest first',
  async (limit) => {
    const pages = await allPages(undefined, limit);
    const newestFirst = Array.from({ length: 60 }, (_, at) => eventOf(59 - at));
    expect(pages.flat().map(({ event }) => event)).toEqual(newestFirst);
    expect(Math.max(...pages.map((page) => page.length))).toBe(Math.min(limit, 60));
  },
);

test('a list by status has only those', async () => {
  const events = (await allPages('given_up', 7)).flat().map(({ event }) => event);
  expect(events).toEqual(Array.from({ length: 20 }, (_, at) => eventOf(59 - 3 * at)));
});

test('an event has its deliveries, without their attempts', async () => {
  expect((await lists.ofEvent(eventOf(3))).map(({ rule }) => rule)).toEqual(['second', 'to-orders']);
});

test('an event has its deliveries with their attempts, however many pages they take', async () => {
  const event = eventOf(99);
  const elsewhere = { event, to: { id: 'dst_9', name: 'elsewhere' } };
  const note = (at: number) => ({ at, ms: 1, outcome: 'answered', status: 500, answer: noise(at) });
  const rules = ['a', 'a-b', 'b'];
  for (const rule of rules) {
    const row = aRow({ ...elsewhere, rule, replay: rule === 'b' ? 1 : 0 });
    await table.rows.write(row, row, undefined);
  }
  // A row that has the only attempt itself, and as many others as DynamoDB gives in three pages.
  const alone = aRow({ ...elsewhere, rule: 'b', replay: 10, last: { at: 5, ms: 6, outcome: 'answered', status: 200 } });
  await table.rows.write(alone, alone, undefined);
  for (let at = 1; at <= 600; at += 1) await table.putAttempt(aRow({ event, rule: 'a-b' }), at, note(at));
  await table.putAttempt(aRow({ event, rule: 'b', replay: 1 }), 1, note(7));
  const found = await lists.ofEventWithAttempts(event);
  expect(found.map(({ row, attempts }) => [row.rule, row.replay, attempts.map(({ at }) => at)])).toEqual([
    ['a', 0, []],
    ['a-b', 0, Array.from({ length: 600 }, (_, before) => before + 1)],
    ['b', 1, [7]],
    ['b', 10, [5]],
  ]);
  expect(await lists.ofEvent(event)).toHaveLength(4);
});

test('many events have their deliveries, as far as 25 rows and attempts of each tell', async () => {
  const event = eventOf(98);
  for (const rule of ['a', 'b']) {
    const row = aRow({ event, rule, to: { id: 'dst_9', name: 'elsewhere' } });
    await table.rows.write(row, row, undefined);
  }
  for (let at = 1; at <= 23; at += 1)
    await table.putAttempt(aRow({ event, rule: 'a' }), at, { at, ms: 1, outcome: 'no' });
  const read = async () =>
    (await lists.ofEvents([eventOf(3), event, eventOf(77)])).map((each) => [
      each.event,
      each.rows.map(({ rule }) => rule),
      each.isWhole,
    ]);
  const three = [eventOf(3), ['second', 'to-orders'], true];
  const none = [eventOf(77), [], true];
  // A query that ends with the last item does not know yet that it is the last.
  expect(await read()).toEqual([three, [event, ['a', 'b'], false], none]);
  await table.putAttempt(aRow({ event, rule: 'a' }), 24, { at: 24, ms: 1, outcome: 'no' });
  expect(await read()).toEqual([three, [event, ['a'], false], none]);
});

test('what waits is read, the oldest first', async () => {
  const { rows, isMore } = await lists.backlogOf('dst_1');
  const times = rows.map(({ receivedAt }) => receivedAt);
  expect([times.length, times[0], isMore]).toEqual([20, timeOf(1), false]);
  expect(times).toEqual(times.toSorted());
  expect(await lists.backlogOf('dst_3')).toEqual({ rows: [], isMore: false });
});

describe('what a job has redelivered', () => {
  const job = { id: 'rdl_1', destinationId: 'dst_7', from: timeOf(10), to: timeOf(12) };
  const write = (second: number, more: Partial<DeliveryRow>) => {
    const row = aRow({
      ...{ event: eventOf(1_000 + second), receivedAt: timeOf(second), rule: `r${second}`, redeliveryJob: 'rdl_1' },
      ...{ to: { id: 'dst_7', name: 'seventh' } },
      ...more,
    });
    return table.rows.write(row, row, undefined);
  };

  test('is in any state by now, of its time alone, and no other job’s', async () => {
    await write(9, {});
    await write(10, { status: 'delivered' });
    await write(11, { status: 'parked' });
    await write(12, { status: 'given_up' });
    await write(13, {});
    await write(11.5, { redeliveryJob: 'rdl_2' });
    await write(11.6, { to: { id: 'dst_8', name: 'eighth' } });
    const { rows, isWhole } = await lists.redeliveredBy(job);
    expect(rows.map(({ rule, status }) => [rule, status])).toEqual([
      ['r10', 'delivered'],
      ['r11', 'parked'],
      ['r12', 'given_up'],
    ]);
    expect(isWhole).toBe(true);
    expect(await lists.redeliveredBy({ ...job, id: 'rdl_3' })).toEqual({ rows: [], isWhole: true });
  });

  test('is read as far as its first thousand', async () => {
    const many = { id: 'rdl_9', destinationId: 'dst_9', from: timeOf(0), to: timeOf(1_001) };
    const of = { to: { id: 'dst_9', name: 'ninth' }, redeliveryJob: 'rdl_9' };
    for (let second = 0; second < 1_000; second += 1) await write(second, { ...of, event: eventOf(3_000 + second) });
    const whole = await lists.redeliveredBy(many);
    expect([whole.rows.length, whole.isWhole]).toEqual([1_000, true]);
    await write(1_000, { ...of, event: eventOf(4_000) });
    const part = await lists.redeliveredBy(many);
    expect([part.rows.length, part.isWhole, part.rows.at(-1)?.rule]).toEqual([1_000, false, 'r999']);
  });
});

test.each(['', 'x', `${timeOf(1)}#${eventOf(1)}`, `${timeOf(1)}#${eventOf(1)}#a#b`])('%j is no position', (text) => {
  expect(isDeliveryPosition(text)).toBe(false);
});
