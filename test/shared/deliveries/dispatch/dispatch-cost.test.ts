/** What the deliveries of one batch cost: the calls of the tables, counted by hand. */
import { beforeEach, expect, test } from '@jest/globals';
import {
  destinationOfDelivery,
  destinationTable,
} from '../../../../shared/deliveries/destination/destination-table.ts';
import { deliveryAttempt } from '../../../../shared/deliveries/dispatch/delivery-attempt.ts';
import { deliveryTable } from '../../../../shared/deliveries/dispatch/delivery-table.ts';
import { dispatchBatch } from '../../../../shared/deliveries/dispatch/dispatch-batch.ts';
import { healthLog } from '../../../../shared/deliveries/dispatch/health-log.ts';
import { timerKeeper } from '../../../../shared/deliveries/dispatch/lane-timer.ts';
import { arrivedEventReader, eventTable } from '../../../../shared/events/event/event-table.ts';
import { aStoredEvent } from '../../events/event/given-event.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';
import { aDestination, aJob, receivedAt, receivedMs } from './given-delivery.ts';
import { deliveriesKeys } from './given-delivery-table.ts';

const { client, sent, createTable } = givenDynamodb();
const eventOf = (number: number) => `evt_${String(number).padStart(26, '0')}`;

/** The calls of a batch, by the table and the operation. */
let run: (status: number) => Promise<Record<string, number>>;

beforeEach(async () => {
  const [events, state, deliveriesName] = [
    await createTable({ hash: 'id', indexes: { byConnection: { hash: 'shard', range: 'at' } } }),
    await createTable({ hash: 'pk', indexes: { list: { hash: 'kind', range: 'name' } } }),
    await createTable(deliveriesKeys),
  ];
  const destinations = destinationTable(client, state);
  await destinations.put({ ...aDestination(), version: 1 }, 'r1');
  const { append } = eventTable(client, events, 4);
  const jobs = Array.from({ length: 10 }, (_, at) => aJob({ event: eventOf(at) }));
  for (const { event } of jobs) await append(aStoredEvent({}, { id: event, receivedAt, connectionId: 'con_1' }));
  const clock = { now: () => receivedMs + 1_000, sleep: async () => undefined, random: () => 0.5 };
  const log = () => undefined;
  const newId = () => 'one';
  const deliveries = deliveryTable(client, deliveriesName);
  const ensureTimer = timerKeeper({ deliveries, clock });
  const health = healthLog({ deliveries, clock, newId, log, ensureTimer });
  const readDestination = (to: { id: string; name: string }) => destinationOfDelivery(to, destinations);
  const names = new Map([
    [events, 'Events'],
    [state, 'State'],
    [deliveriesName, 'Deliveries'],
  ]);
  run = async (status) => {
    const attempt = deliveryAttempt({
      clock,
      readDestination,
      readEvent: arrivedEventReader(client, events),
      messageOf: async () => ({ id: 'dlv_1', body: Buffer.from('{}'), headers: {}, marks: {} }),
      readValue: async () => ({
        url: 'https://orders.example.com/',
        headers: {},
        auth: { kind: 'none' },
        signingSecret: `whsec_${Buffer.alloc(32).toString('base64')}`,
      }),
      getToken: async () => ({ fault: 'none is asked for' }),
      send: async () => ({
        outcome: 'answered',
        status,
        headers: {},
        body: Buffer.alloc(0),
        isWhole: true,
        leftOut: [],
      }),
    });
    const queues = { dispatch: async () => [], overflow: async () => [], lane: async () => [], isLast: false };
    const before = sent.length;
    const messages = jobs.map((body, at) => ({ id: `m${at}`, body, receives: 1 }));
    const ports = { deliveries, queues, clock, log, health, ensureTimer, readDestination, attempt };
    expect(await dispatchBatch(messages, ports)).toEqual([]);
    const calls: Record<string, number> = {};
    for (const { name, input } of sent.slice(before)) {
      const { TableName, ConsistentRead } = input as { TableName: string; ConsistentRead?: boolean };
      const isStale = name === 'GetItem' && ConsistentRead !== true;
      const key = `${isStale ? 'eventual ' : ''}${name} ${names.get(TableName)}`;
      calls[key] = (calls[key] ?? 0) + 1;
    }
    return calls;
  };
});

test('ten deliveries that go well cost a read of the row, the event and the destination each, and one write', async () => {
  expect(await run(200)).toEqual({
    // The row of each, and once the health of the destination.
    'GetItem Deliveries': 10 + 1,
    // It never changes, so half a read unit is enough.
    'eventual GetItem Events': 10,
    // Right before each attempt, and once for the batch.
    'GetItem State': 10 + 1,
    'PutItem Deliveries': 10,
  });
});

test('ten that fail keep an attempt each, and share the writes of health, which open the destination', async () => {
  const calls = await run(503);
  expect(calls['PutItem Deliveries']).toBeGreaterThanOrEqual(10 + 10 + 3);
  // Each attempt, each row, the timer, and at most one write of health for each of the two that may wait for one another.
  expect(calls['PutItem Deliveries']).toBeLessThanOrEqual(10 + 10 + 6);
  expect(calls['eventual GetItem Events']).toBe(10);
});
