/** The functions behind the queues and the schedule of deliveries: what they make of their events, and what comes again. */
import { describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { variable } from '../../shared/aws/environment.ts';
import type { DeliveryJob } from '../../shared/dispatch/delivery-job.ts';
import { timerKeeper } from '../../shared/dispatch/lane-timer.ts';
import { someDeliveries } from '../shared/dispatch/given-deliveries.ts';
import { aDestination, aJob, aRow, eventId, receivedAt, receivedMs } from '../shared/dispatch/given-delivery.ts';
import { aStoredEvent } from '../shared/event/given-event.ts';

// The modules make their clients when they are loaded. No test here uses them.
for (const name of Object.values(variable)) process.env[name] ??= 'unused';
process.env[variable.ownUrls] = 'https://hooks.example.com';
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

const failed = ({ batchItemFailures }: { batchItemFailures: { itemIdentifier: string }[] }) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

const version = 'a'.repeat(64);
const forAll = aJob({ rule: '*', to: { id: '*', name: '*' } });

function aWorld({ event, body }: { event?: object | undefined; body?: Buffer | undefined } = {}) {
  const world = someDeliveries({ now: receivedMs });
  const ensureTimer = timerKeeper(world.ports);
  const attempted: DeliveryJob[] = [];
  /** How many attempts there were when the counts were written. */
  const written: number[] = [];
  const deps = {
    ...world.ports,
    ensureTimer,
    health: { read: async () => undefined, tell: async () => undefined },
    readDestination: async () => aDestination(),
    readRoutes: async () => ({ mode: 'all', rules: [{ id: 'to-orders', to: { id: 'dst_1', name: 'orders' } }] }),
    readEvent: async () => event,
    readBody: async () => body,
    publishNotices: async () => undefined,
    writeCounts: async () => void written.push(attempted.length),
    async attempt(job: DeliveryJob) {
      attempted.push(job);
      return { kind: 'delivered', generation: 1, note: { at: receivedMs, ms: 1, outcome: 'answered', status: 200 } };
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
