/** The functions behind the queues and the schedule of deliveries: what they make of their events, and what comes again. */
import { describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import type { Destination } from '../../shared/deliveries/destination/destination.ts';
import { queuesAt } from '../../shared/deliveries/dispatch/chained-queues.ts';
import type { DeliveryJob } from '../../shared/deliveries/dispatch/delivery-job.ts';
import { timerKeeper } from '../../shared/deliveries/dispatch/lane-timer.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { someDeliveries } from '../shared/deliveries/dispatch/given-deliveries.ts';
import {
  aDestination,
  aJob,
  aRow,
  eventId,
  receivedAt,
  receivedMs,
} from '../shared/deliveries/dispatch/given-delivery.ts';
import { aStoredEvent } from '../shared/events/event/given-event.ts';
import { aMoment } from '../support/a-moment.ts';

// The modules make their clients when they are loaded. No test here uses them.
for (const name of variables) process.env[name] ??= 'unused';
process.env['OWN_URLS'] = 'https://hooks.example.com';
const { dispatch } = await import('../../functions/dispatch.ts');
const { parkDeliveries } = await import('../../functions/park-deliveries.ts');
const { serveLanes } = await import('../../functions/serve-lanes.ts');
const { sweepDeliveries } = await import('../../functions/sweep-deliveries.ts');

/** A batch of messages, as Lambda passes it on. */
const batch = (...bodies: unknown[]): SQSEvent =>
  ({
    Records: bodies.map((body, at) => ({
      messageId: `m${at}`,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1' },
    })),
  }) as unknown as SQSEvent;

/** The same batch, when it comes for the third time, or so. */
const received = (times: number, { Records }: SQSEvent): SQSEvent => ({
  Records: Records.map((record) => ({
    ...record,
    attributes: { ...record.attributes, ApproximateReceiveCount: `${times}` },
  })),
});

const failed = ({ batchItemFailures }: { batchItemFailures: { itemIdentifier: string }[] }) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

const version = 'a'.repeat(64);
const forAll = aJob({ rule: '*', to: { id: '*', name: '*' } });

interface Given {
  event?: object | undefined;
  body?: Buffer | undefined;
  destination?: Destination;
  kind?: 'delivered' | 'broken';
}

function aWorld({ event, body, destination = aDestination(), kind = 'delivered' }: Given = {}) {
  const world = someDeliveries({ now: receivedMs });
  const ensureTimer = timerKeeper(world.ports);
  const attempted: DeliveryJob[] = [];
  /** How many attempts there were when the counts were written. */
  const written: number[] = [];
  const deps = {
    ...world.ports,
    queues: undefined,
    queuesAt: queuesAt(world.ports.queues as never),
    ensureTimer,
    health: { read: async () => undefined, tell: async () => undefined },
    readDestination: async () => destination,
    readRoutes: async () => ({ mode: 'all', rules: [{ id: 'to-orders', to: { id: 'dst_1', name: 'orders' } }] }),
    readEvent: async () => event,
    readBody: async () => body,
    publishNotices: async () => undefined,
    writeCounts: async () => void written.push(attempted.length),
    async attempt(job: DeliveryJob) {
      attempted.push(job);
      return { kind, generation: 1, note: { at: receivedMs, ms: 1, outcome: 'answered', status: 200 } };
    },
  };
  return { ...world, deps: deps as never, attempted, written };
}

describe('dispatch', () => {
  test('attempts the deliveries of its batch, and gives back what it can not read', async () => {
    const { deps, attempted, written, lines } = aWorld();
    expect(failed(await dispatch(deps)(batch(aJob(), '{', { rule: 'x' })))).toEqual(['m1', 'm2']);
    expect([attempted, written]).toEqual([[aJob()], [1]]);
    expect(lines).toContainEqual({ outcome: 'dispatched', records: 3, failed: 2 });
  });

  test('matches the event of a message that stands for all rules, also one with a large body', async () => {
    const event = aStoredEvent(
      {},
      { id: eventId, receivedAt, connectionId: 'con_1', connection: 'orders', routes: version, bodyKey: 'keep-30/1' },
    );
    const { deps, attempted, sent } = aWorld({ event, body: Buffer.from('{}') });
    expect(failed(await dispatch(deps)(batch(forAll)))).toEqual([]);
    expect(sent.dispatch.map(([{ rule, event: id }]) => [rule, id])).toEqual([['to-orders', eventId]]);
    expect(attempted).toEqual([]);
  });

  test.each<[string, { event?: object; body?: Buffer }]>([
    ['event is gone', {}],
    ['id another event has', { event: { receivedAt: '2027-01-01T00:00:00.000Z' } }],
    ['large body is gone', { event: { receivedAt, bodyKey: 'keep-30/1' } }],
  ])('drops a message whose %s', async (_, given) => {
    const { deps, sent, put, rows } = aWorld(given);
    await put(aRow({ rule: '*', due: 1 }));
    expect(failed(await dispatch(deps)(batch(forAll)))).toEqual([]);
    expect([sent.dispatch, rows.items.size]).toEqual([[], 0]);
  });

  test('gives back a message whose event can not be matched now, and goes on with the others', async () => {
    const { deps, attempted } = aWorld({ event: { receivedAt, body: Buffer.alloc(0) } });
    const failing = { ...(deps as object), readRoutes: () => Promise.reject(new Error('throttled')) };
    expect(failed(await dispatch(failing as never)(batch(forAll, aJob())))).toEqual(['m0']);
    expect(attempted).toHaveLength(1);
  });
});

describe('dispatch of what has to be matched', () => {
  const stored = { receivedAt, bodyKey: 'keep-30/1' };

  /** A world that notes in which order things are done. */
  function anOrder() {
    const { deps, ...world } = aWorld({ event: stored });
    const done: string[] = [];
    const ports = deps as { attempt(job: DeliveryJob): unknown };
    const noting = {
      ...ports,
      async attempt(job: DeliveryJob) {
        await aMoment();
        done.push(`sent ${job.rule}`);
        return ports.attempt(job);
      },
      async writeCounts() {
        await aMoment();
        done.push('counted');
      },
      async readEvent(id: string) {
        done.push(`matched ${id}`);
        await aMoment();
        done.push(`matched ${id} wholly`);
      },
    };
    return { ...world, done, run: (...jobs: DeliveryJob[]) => dispatch(noting as never)(batch(...jobs)) };
  }

  test('sends all others of its batch first, also what is sent alone, and counts them', async () => {
    const { run, done } = anOrder();
    await run(forAll, aJob({ rule: 'a' }), aJob({ rule: 'b', alone: true }));
    expect(done.slice(0, 4)).toEqual(['sent a', 'sent b', 'counted', `matched ${eventId}`]);
  });

  test('matches one event after another, and at last what came alone', async () => {
    const { run, done } = anOrder();
    await run({ ...forAll, event: 'evt_1', alone: true }, { ...forAll, event: 'evt_2' }, { ...forAll, event: 'evt_3' });
    expect(done.slice(1)).toEqual(
      ['evt_2', 'evt_3', 'evt_1'].flatMap((id) => [`matched ${id}`, `matched ${id} wholly`]),
    );
  });

  test.each([
    ['received twice', forAll, 2],
    ['that came alone, received three times', { ...forAll, alone: true }, 3],
  ])('matches an event whose message was %s', async (_, job, times) => {
    const { deps, sent } = aWorld({ event: stored, body: Buffer.from('{}') });
    const event = aStoredEvent({}, { ...stored, id: eventId, routes: version });
    const ports = { ...(deps as object), readEvent: async () => event };
    expect(failed(await dispatch(ports as never)(received(times, batch(job))))).toEqual([]);
    expect(sent.dispatch.map(([{ rule }]) => rule)).toEqual(['to-orders']);
  });

  test('whose message was received three times reads nothing of the event, and lets it come alone', async () => {
    const { deps, rows, sent } = aWorld();
    const ports = { ...(deps as object), readEvent: () => Promise.reject(new Error('was read')) };
    expect(failed(await dispatch(ports as never)(received(3, batch(forAll))))).toEqual([]);
    const [row] = [...rows.items.values()].map(({ value }) => value);
    expect(row).toMatchObject({ rule: '*', status: 'waiting', alone: true, due: receivedMs, attempt: 1 });
    expect(sent.dispatch).toEqual([]);
  });

  test('whose message came alone four times gives it up: the delivery of each rule has failed', async () => {
    const { deps, rows, put } = aWorld();
    const rules = ['a', 'b', 'c'].map((id) => ({ id, to: { id: 'dst_1', name: 'orders' } }));
    const ports = {
      ...(deps as object),
      readEvent: () => Promise.reject(new Error('was read')),
      readRoutes: async () => ({ mode: 'all', rules }),
    };
    await put(aRow({ rule: '*', due: 1, alone: true }));
    await put(aRow({ rule: 'b', status: 'delivered', attempt: 2 }));
    expect(failed(await dispatch(ports as never)(received(4, batch({ ...forAll, alone: true }))))).toEqual([]);
    expect([...rows.items.values()].map(({ value }) => [value.rule, value.status, value.reason, value.to.id])).toEqual([
      ['b', 'delivered', undefined, 'dst_1'],
      ['a', 'failed', 'match_too_costly', 'dst_1'],
      ['c', 'failed', 'match_too_costly', 'dst_1'],
    ]);
  });

  test('comes again if its routes can not be read even to give it up', async () => {
    const { deps, rows } = aWorld();
    const ports = { ...(deps as object), readRoutes: () => Promise.reject(new Error('throttled')) };
    const last = received(4, batch({ ...forAll, alone: true }));
    expect(failed(await dispatch(ports as never)(last))).toEqual(['m0']);
    expect(rows.items.size).toBe(0);
  });
});

describe('park-deliveries', () => {
  test('parks each of its batch, and gives back those that fail', async () => {
    const { deps, rows } = aWorld();
    const ports = deps as { readDestination(to: { id: string }): Promise<unknown> };
    const failing = {
      ...ports,
      readDestination: async (to: { id: string }) => {
        if (to.id === 'dst_2') throw new Error('throttled');
        return aDestination();
      },
    };
    const other = aJob({ rule: 'b', to: { id: 'dst_2', name: 'b' } });
    expect(failed(await parkDeliveries(failing as never)(batch(aJob(), other, 'x')))).toEqual(['m2', 'm1']);
    expect([...rows.items.values()].map(({ value }) => value.status)).toEqual(['parked']);
  });
});

describe('serve-lanes', () => {
  const to = { id: 'dst_1', name: 'orders' };

  test('attempts what is parked for the destination of its message', async () => {
    const { deps, put, attempted, written, row } = aWorld();
    await put(aRow({ status: 'parked' }));
    expect(failed(await serveLanes(deps)(batch(to)))).toEqual([]);
    expect([attempted.map(({ rule }) => rule), written]).toEqual([['to-orders'], [1]]);
    expect(row()?.status).toBe('delivered');
  });

  test('gives back a message that it can not read, and one whose lease it can not take', async () => {
    const { deps } = aWorld();
    const { deliveries } = deps as { deliveries: object };
    const leases = { read: () => Promise.reject(new Error('throttled')) };
    const failing = { ...(deps as object), deliveries: { ...deliveries, leases } };
    expect(failed(await serveLanes(failing as never)(batch('{', to)))).toEqual(['m0', 'm1']);
  });
});

describe('a chain of invocations', () => {
  const to = { id: 'dst_1', name: 'orders' };
  const paused = aDestination({ status: 'paused', pausedSince: receivedAt });
  const [sevenBefore, eightBefore] = [{ chain: 6 }, { chain: 7 }];

  test('grows with each message', async () => {
    const retried = aWorld({ kind: 'broken' });
    await dispatch(retried.deps)(batch({ ...aJob(), ...sevenBefore }));
    expect(retried.sent.dispatch).toEqual([[{ ...aJob({ attempt: 2 }), chain: 7 }, 5_000]]);
    const aside = aWorld({ destination: paused });
    await dispatch(aside.deps)(batch({ ...aJob(), ...sevenBefore }));
    expect(aside.sent.overflow).toEqual([[{ ...aJob(), chain: 7 }, 0]]);
    await parkDeliveries(aside.deps)(batch({ ...aJob(), ...sevenBefore }));
    expect(aside.sent.lane).toEqual([[{ ...to, chain: 7 }, 0]]);
    const rules = aWorld({ event: aStoredEvent({}, { id: eventId, receivedAt, routes: version }) });
    await dispatch(rules.deps)(batch({ ...forAll, ...sevenBefore }));
    expect(rules.sent.dispatch).toMatchObject([[{ rule: 'to-orders', chain: 7 }, 0]]);
  });

  test('ends with the eighth: what that one had to send is left to the sweep', async () => {
    const retried = aWorld({ kind: 'broken' });
    await dispatch(retried.deps)(batch({ ...aJob(), ...eightBefore }));
    expect([retried.sent.dispatch, retried.row()?.due]).toEqual([[], receivedMs + 5_000]);
    const aside = aWorld({ destination: paused });
    await dispatch(aside.deps)(batch({ ...aJob(), ...eightBefore }));
    expect([aside.sent.overflow, aside.row()?.due]).toEqual([[], receivedMs]);
    await parkDeliveries(aside.deps)(batch({ ...aJob(), ...eightBefore }));
    expect([aside.sent.lane, aside.row()?.status]).toEqual([[], 'parked']);
    expect(aside.timers.items.get('dst_1')?.value.due).toBe(receivedMs);
    const rules = aWorld({ event: aStoredEvent({}, { id: eventId, receivedAt, routes: version }) });
    await dispatch(rules.deps)(batch({ ...forAll, ...eightBefore }));
    expect([rules.sent.dispatch, rules.row()?.due]).toEqual([[], receivedMs]);
  });

  test.each([
    [6, [[{ ...aJob({ attempt: 2, redelivery: 0 }), chain: 7 }, 5_000]], receivedMs + 905_000],
    [7, [], receivedMs + 5_000],
  ])('goes on in a lane: after %i invocations', async (chain, expected, due) => {
    const { deps, put, sent, row } = aWorld({ kind: 'broken' });
    await put(aRow({ status: 'parked' }));
    await serveLanes(deps)(batch({ ...to, chain }));
    expect([sent.dispatch, row()?.due]).toEqual([expected, due]);
  });

  test('of a message that an earlier version sent begins with it', async () => {
    const { deps, sent } = aWorld({ kind: 'broken' });
    await dispatch(deps)(batch(aJob()));
    expect(sent.dispatch).toMatchObject([[{ attempt: 2, chain: 1 }, 5_000]]);
  });

  test('has no mark in a row', async () => {
    const { deps, row } = aWorld({ kind: 'broken' });
    await dispatch(deps)(batch({ ...aJob(), ...eightBefore }));
    expect(row()).not.toHaveProperty('chain');
  });
});

describe('sweep-deliveries', () => {
  test('sweeps all shards, and fails only after that', async () => {
    const { deps, lines } = aWorld();
    const swept: number[] = [];
    const { deliveries } = deps as { deliveries: object };
    const listDue = async (shard: number) => {
      swept.push(shard);
      if (shard === 1) throw new Error('throttled');
      return { items: [], next: undefined };
    };
    const failing = { ...(deps as object), deliveries: { ...deliveries, listDue } };
    await expect(sweepDeliveries(failing as never)()).rejects.toThrow('throttled');
    expect(swept).toEqual([0, 1, 2, 3]);
    expect(lines).toEqual([{ outcome: 'swept', records: 0, failed: 1 }]);
  });
});
