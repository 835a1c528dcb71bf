import { describe, expect, test } from '@jest/globals';
import type { Destination } from '../../../../shared/deliveries/destination/destination.ts';
import type { AttemptResult } from '../../../../shared/deliveries/dispatch/attempt-result.ts';
import { deliveryAttempt } from '../../../../shared/deliveries/dispatch/delivery-attempt.ts';
import type { DeliveryJob } from '../../../../shared/deliveries/dispatch/delivery-job.ts';
import { type DestinationHealth, freshHealth } from '../../../../shared/deliveries/dispatch/destination-health.ts';
import { dispatchBatch } from '../../../../shared/deliveries/dispatch/dispatch-batch.ts';
import { healthLog } from '../../../../shared/deliveries/dispatch/health-log.ts';
import { timerKeeper } from '../../../../shared/deliveries/dispatch/lane-timer.ts';
import { aMoment } from '../../../support/a-moment.ts';
import { aStoredEvent } from '../../events/event/given-event.ts';
import { someDeliveries } from './given-deliveries.ts';
import { aDestination, aJob, aRow, eventId, receivedAt, receivedMs } from './given-delivery.ts';

const delivered: AttemptResult = {
  kind: 'delivered',
  generation: 1,
  note: { at: receivedMs, ms: 5, outcome: 'answered', status: 200 },
  ended: receivedMs + 5,
};

const signingSecret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const oauth = {
  kind: 'oauth2',
  tokenUrl: 'https://id.example.com',
  clientId: 'c',
  clientSecret: 'client secret',
  clientAuthentication: 'basic',
} as const;

interface Given {
  destination?: Destination | undefined;
  health?: DestinationHealth;
  result?: (job: DeliveryJob) => AttemptResult | Promise<AttemptResult>;
  closed?: 'overflow'[];
  isLast?: boolean;
}

function aWorld(given: Given = {}) {
  const world = someDeliveries({ now: receivedMs, closed: given.closed ?? [], isLast: given.isLast ?? false });
  if (given.health) world.health.items.set('dst_1', { value: given.health, revision: 1 });
  const ensureTimer = timerKeeper(world.ports);
  const attempted: string[] = [];
  let reads = 0;
  const ports = {
    ...world.ports,
    ensureTimer,
    health: healthLog({ ...world.ports, ensureTimer }),
    readDestination: async () => {
      reads += 1;
      return 'destination' in given ? given.destination : aDestination();
    },
    async attempt(job: DeliveryJob) {
      attempted.push(job.rule);
      await aMoment();
      const result = await (given.result?.(job) ?? delivered);
      attempted.push(`${job.rule} ended`);
      return result;
    },
  };
  const run = (jobs: DeliveryJob[], receives = 1) =>
    dispatchBatch(
      jobs.map((body, at) => ({ id: `m${at}`, body, receives })),
      ports,
    );
  return { ...world, attempted, run, reads: () => reads };
}

const jobs = (...rules: string[]) => rules.map((rule) => aJob({ rule }));

test('what is due is attempted at the same time, and its destination is read once', async () => {
  const { run, attempted, reads, rows } = aWorld();
  expect(await run(jobs('a', 'b', 'c'))).toEqual([]);
  expect(attempted.slice(0, 3)).toEqual(['a', 'b', 'c']);
  expect(reads()).toBe(1);
  expect([...rows.items.values()].map(({ value }) => value.status)).toEqual(['delivered', 'delivered', 'delivered']);
});

test.each<[string, Given]>([
  ['is paused', { destination: aDestination({ status: 'paused' }) }],
  ['has a rate', { destination: aDestination({ rate: { perSecond: 1 } }) }],
  ['has a concurrency', { destination: aDestination({ concurrency: 1 }) }],
  ['is open', { health: { ...freshHealth(1), state: 'open' } }],
  ['recovers', { health: { ...freshHealth(1), state: 'recovering' } }],
  ['is slow', { health: { ...freshHealth(1), slow: true } }],
  ['was paused since the batch was read', { result: () => ({ kind: 'paused' }) }],
])('what is for a destination that %s is put aside in one call', async (_, given) => {
  const { run, sent, rows } = aWorld(given);
  expect(await run(jobs('a', 'b'))).toEqual([]);
  expect(sent.overflow.map(([{ rule }]) => rule)).toEqual(['a', 'b']);
  expect(rows.items.size).toBe(0);
});

test('a flood for one destination is put aside without a read of its rows', async () => {
  const { run, ports, sent } = aWorld({ destination: aDestination({ status: 'paused' }) });
  ports.deliveries.rows.read = () => Promise.reject(new Error('was read'));
  expect(await run(jobs('a', 'b'))).toEqual([]);
  expect(sent.overflow).toHaveLength(2);
});

test('a destination whose token takes eight seconds holds one batch, and then its lane serves it', async () => {
  const clock = { now: receivedMs };
  const attempt = deliveryAttempt({
    clock: { now: () => clock.now, sleep: async () => undefined, random: () => 0.5 },
    readEvent: async () => aStoredEvent({}, { id: eventId, receivedAt }),
    messageOf: async () => ({ id: 'dlv_1', body: Buffer.from('{}'), headers: {}, marks: {} }),
    readDestination: async () => aDestination(),
    readValue: async () => ({ url: 'https://orders.example.com/in', headers: {}, auth: oauth, signingSecret }),
    async getToken() {
      clock.now += 8_000;
      return { token: 'a-token', obtainedAt: 0 };
    },
    async send() {
      clock.now += 30;
      return { outcome: 'answered', status: 200, headers: {}, body: Buffer.from(''), isWhole: true, leftOut: [] };
    },
  });
  const { run, sent, row } = aWorld({ result: (job) => attempt(job, aDestination(), () => true) });
  await run(jobs('to-orders'));
  expect([row()?.status, row()?.last, sent.overflow]).toEqual([
    ...['delivered', { at: receivedMs + 8_000, ms: 8_030, outcome: 'answered', status: 200 }, []],
  ]);
  await run([aJob({ event: 'evt_next' })]);
  expect(sent.overflow.map(([{ event }]) => event)).toEqual(['evt_next']);
});

test('the health of another generation counts for nothing', async () => {
  const { run, sent } = aWorld({
    health: { ...freshHealth(1), state: 'open' },
    destination: aDestination({ generation: 2 }),
  });
  await run(jobs('a'));
  expect(sent.overflow).toEqual([]);
});

describe.each<[string, Given]>([
  ['the other queue does not take', { closed: ['overflow'] }],
  ['the last invocation of a chain may not send', { isLast: true }],
])('what %s', (_, given) => {
  const destination = aDestination({ status: 'paused', pausedMs: 7, pausedSince: new Date(receivedMs).toISOString() });

  test('is due at the next sweep', async () => {
    const { run, put, rows, sent } = aWorld({ destination, ...given });
    await put(aRow({ rule: 'b', attempt: 2, due: receivedMs + 900_000, nextAt: receivedMs }));
    expect(await run([...jobs('a'), aJob({ rule: 'b', attempt: 2 })])).toEqual([]);
    expect([...rows.items.values()].map(({ value }) => value)).toEqual([
      aRow({ rule: 'b', attempt: 2, due: receivedMs, nextAt: receivedMs }),
      aRow({ rule: 'a', due: receivedMs, pausedMs: 7 }),
    ]);
    expect(sent.overflow).toEqual([]);
  });

  test.each([
    ['another attempt is expected', aRow({ attempt: 2, due: 5 })],
    ['the lane has it', aRow({ status: 'parked' })],
    ['it has ended', aRow({ status: 'delivered' })],
  ])('stays as it is if %s', async (__, known) => {
    const { run, put, row } = aWorld({ destination, ...given });
    await put(known);
    expect(await run([aJob()])).toEqual([]);
    expect(row()).toEqual(known);
  });

  test('comes again if the table does not take it either', async () => {
    const { run, rows, lines } = aWorld({ destination, ...given });
    const { write } = rows.store;
    rows.store.write = (key, ...rest) =>
      key.rule === 'a' ? Promise.reject(new Error('throttled')) : write(key, ...rest);
    expect(await run(jobs('a', 'b'))).toEqual(['m0']);
    expect(lines).toMatchObject([{ warning: 'delivery_not_put_aside', fault: 'Error' }]);
  });
});

test.each([
  ['another attempt is expected', aRow({ attempt: 2 })],
  ['the lane has it', aRow({ status: 'parked' })],
  ['it has ended', aRow({ status: 'delivered' })],
])('a message is dropped if %s', async (_, row) => {
  const { run, put, attempted } = aWorld();
  await put(row);
  expect(await run([aJob()])).toEqual([]);
  expect(attempted).toEqual([]);
});

test('what is for a destination that is gone is cancelled', async () => {
  const { run, row } = aWorld({ destination: undefined });
  await run([aJob()]);
  expect(row()).toMatchObject({ status: 'cancelled', reason: 'destination_deleted' });
});

test('a message that came three times is tried alone, and one that came alone four times has failed', async () => {
  const { run, row, attempted, rows } = aWorld();
  await run([aJob()], 3);
  expect(row()).toMatchObject({ status: 'waiting', alone: true, due: receivedMs, attempt: 1 });
  await run([aJob({ alone: true })], 3);
  expect(attempted).toContain('to-orders');
  rows.items.clear();
  await run([aJob({ alone: true })], 4);
  expect(row()).toMatchObject({ status: 'failed', reason: 'internal' });
});

test('what is alone is attempted after all others, one at a time', async () => {
  const { run, attempted } = aWorld();
  await run([aJob({ rule: 'x', alone: true }), aJob({ rule: 'y', alone: true }), ...jobs('a', 'b')]);
  expect(attempted.slice(2)).toEqual(['a ended', 'b ended', 'x', 'x ended', 'y', 'y ended']);
});

test('a fault of one message brings back that message alone', async () => {
  const { run } = aWorld({
    result: ({ rule }) => (rule === 'b' ? Promise.reject(new Error('with a body')) : delivered),
  });
  expect(await run(jobs('a', 'b', 'c'))).toEqual(['m1']);
});
