import { describe, expect, test } from '@jest/globals';
import type { Destination } from '../../../../shared/deliveries/destination/destination.ts';
import { cancelDeliveries } from '../../../../shared/deliveries/dispatch/cancel-deliveries.ts';
import { beginGeneration } from '../../../../shared/deliveries/dispatch/destination-effect.ts';
import { freshHealth } from '../../../../shared/deliveries/dispatch/destination-health.ts';
import { timerKeeper } from '../../../../shared/deliveries/dispatch/lane-timer.ts';
import { parkDelivery } from '../../../../shared/deliveries/dispatch/park-deliveries.ts';
import { sweepShard } from '../../../../shared/deliveries/dispatch/sweep-due.ts';
import { someDeliveries } from './given-deliveries.ts';
import { aDestination, aJob, aRow, receivedMs } from './given-delivery.ts';

const minute = 60_000;
const to = { id: 'dst_1', name: 'orders' };

function aWorld({
  destination = aDestination(),
  ...given
}: {
  destination?: Destination | undefined;
  closed?: 'lane'[];
} = {}) {
  const world = someDeliveries({ now: receivedMs, ...given });
  const ensureTimer = timerKeeper(world.ports);
  const ports = { ...world.ports, ensureTimer, readDestination: async () => destination };
  return { ...world, ports, park: (job = aJob()) => parkDelivery(job, ports) };
}

describe('parking', () => {
  test('makes a row, and wakes the lane', async () => {
    const { park, row, sent, timers } = aWorld();
    await park();
    expect(row()).toEqual(aRow({ status: 'parked' }));
    expect(timers.items.get('dst_1')?.value.due).toBe(receivedMs);
    expect(sent.lane).toEqual([[to, 0]]);
  });

  test('touches the timer once a minute, and leaves its time alone', async () => {
    const { park, clock, timers, sent } = aWorld();
    timers.items.set('dst_1', { value: { to, due: receivedMs + 9 * minute, touched: 1 }, revision: 1 });
    for (let event = 0; event < 5; event += 1) await park(aJob({ rule: `r${event}` }));
    expect(timers.items.get('dst_1')?.value).toEqual({
      to,
      due: receivedMs + 9 * minute,
      touched: receivedMs + 30 * 24 * 60 * minute,
    });
    expect([timers.writes(), sent.lane.length]).toEqual([1, 1]);
    clock.time += minute;
    await park(aJob({ rule: 'later' }));
    expect([timers.writes(), sent.lane.length]).toEqual([2, 2]);
  });

  test('ensures the timer also for a row that is parked already', async () => {
    const { park, put, timers } = aWorld();
    await put(aRow({ status: 'parked' }));
    await park();
    expect(timers.items.size).toBe(1);
  });

  test.each(['delivered', 'given_up', 'cancelled'] as const)('leaves a row alone that is %s', async (status) => {
    const { park, put, row, timers } = aWorld();
    await put(aRow({ status }));
    await park();
    expect([row()?.status, timers.items.size]).toEqual([status, 0]);
  });

  test('drops a message for an attempt that the row does not expect', async () => {
    const { park, put, row } = aWorld();
    await put(aRow({ attempt: 3, due: 7 }));
    await park(aJob({ attempt: 2 }));
    expect(row()).toEqual(aRow({ attempt: 3, due: 7 }));
  });

  test('cancels what is for a destination that is gone', async () => {
    const world = someDeliveries({ now: receivedMs });
    const ports = { ...world.ports, ensureTimer: async () => true, readDestination: async () => undefined };
    await parkDelivery(aJob(), ports);
    expect(world.row()).toMatchObject({ status: 'cancelled', reason: 'destination_deleted' });
    expect(world.sent.lane).toEqual([]);
  });
});

describe('the sweep', () => {
  test('sends what is due within a minute, keeps it back until then, and moves it on', async () => {
    const { ports, put, sent, timers, rows } = aWorld();
    await put(aRow({ rule: 'now', due: receivedMs - 5 }));
    await put(aRow({ rule: 'soon', due: receivedMs + 40_000, attempt: 4 }));
    await put(aRow({ rule: 'later', due: receivedMs + minute + 1 }));
    timers.items.set('dst_1', { value: { to, due: receivedMs + 1_000, touched: 0 }, revision: 1 });
    expect(await sweepShard(0, ports)).toEqual({ sent: 3, isDone: true });
    expect(sent.dispatch.map(([{ rule, attempt }, delay]) => [rule, attempt, delay])).toEqual([
      ['now', 1, 0],
      ['soon', 4, 40_000],
    ]);
    expect(sent.lane).toEqual([[to, 1_000]]);
    expect([...rows.items.values()].map(({ value }) => value.due)).toEqual([
      receivedMs - 5 + 15 * minute,
      receivedMs + 40_000 + 15 * minute,
      receivedMs + minute + 1,
    ]);
    expect(timers.items.get('dst_1')?.value.due).toBe(receivedMs + 1_000 + 15 * minute);
  });

  test('leaves what the queue does not take as it is', async () => {
    const world = someDeliveries({ now: receivedMs, closed: ['dispatch'] });
    await world.put(aRow({ due: receivedMs }));
    expect(await sweepShard(0, world.ports)).toEqual({ sent: 0, isDone: true });
    expect(world.row()?.due).toBe(receivedMs);
  });

  test('moves nothing that was recorded meanwhile', async () => {
    const { ports, put, rows, row } = aWorld();
    await put(aRow({ due: receivedMs }));
    const send = ports.queues.dispatch;
    ports.queues.dispatch = async (messages) => {
      for (const [key, { revision }] of rows.items)
        rows.items.set(key, { value: aRow({ attempt: 2, due: receivedMs + 77 }), revision: revision + 1 });
      return send(messages);
    };
    await sweepShard(0, ports);
    expect(row()).toEqual(aRow({ attempt: 2, due: receivedMs + 77 }));
  });

  test('does nothing while another one has the lease, and takes it over when it ends', async () => {
    const { ports, put, leases, sent, clock } = aWorld();
    await put(aRow({ due: receivedMs }));
    leases.items.set('sweep#0', { value: { owner: 'other', until: receivedMs + 5 }, revision: 1 });
    await sweepShard(0, ports);
    expect(sent.dispatch).toEqual([]);
    clock.time += 5;
    await sweepShard(0, ports);
    expect([sent.dispatch.length, leases.items.size]).toEqual([1, 0]);
  });

  test('takes no lease if nothing is due', async () => {
    const { ports, leases } = aWorld();
    await sweepShard(0, ports);
    expect(leases.writes()).toBe(0);
  });
});

describe('a new generation', () => {
  test('forgets how the destination was, keeps what is to be told, and wakes the lane', async () => {
    const { ports, health, timers, sent } = aWorld();
    const ill = { ...freshHealth(1), state: 'open' as const, failed: ['e'], givenUp: 2 };
    health.items.set('dst_1', { value: ill, revision: 1 });
    timers.items.set('dst_1', { value: { to, due: receivedMs + 14 * minute, touched: 1 }, revision: 1 });
    await beginGeneration(aDestination({ generation: 2 }), ports);
    expect(health.items.get('dst_1')?.value).toMatchObject({
      ...{ generation: 2, state: 'recovering', failed: [], givenUp: 2, gather: true },
    });
    expect(timers.items.get('dst_1')?.value.due).toBe(receivedMs);
    expect(sent.lane).toEqual([[to, 0]]);
  });

  test('that is told twice or late changes nothing more', async () => {
    const { ports, health } = aWorld();
    const later = { ...freshHealth(3), state: 'open' as const };
    health.items.set('dst_1', { value: later, revision: 1 });
    await beginGeneration(aDestination({ generation: 2 }), ports);
    await beginGeneration(aDestination({ generation: 3 }), ports);
    expect(health.items.get('dst_1')?.value).toEqual(later);
  });
});

describe('a cancellation', () => {
  test('ends what waits and what is parked, and tells some of it', async () => {
    const { ports, put, rows } = aWorld();
    await put(aRow({ rule: 'a', due: 1 }));
    await put(aRow({ rule: 'b', status: 'parked', attempt: 3 }));
    await put(aRow({ rule: 'c', status: 'delivered' }));
    await put(aRow({ rule: 'd', to: { id: 'dst_2', name: 'orders' } }));
    const { cancelled, sample } = await cancelDeliveries('dst_1', receivedMs + 1, ports);
    expect([cancelled, sample.map((id) => id.split('_')[4])]).toEqual([2, ['a', 'b']]);
    expect([...rows.items.values()].map(({ value }) => [value.rule, value.status])).toEqual([
      ['a', 'cancelled'],
      ['b', 'cancelled'],
      ['c', 'delivered'],
      ['d', 'waiting'],
    ]);
  });
});
