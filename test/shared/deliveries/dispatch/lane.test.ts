/** The turns of a lane: the last one of a chain can't hand on, so its successor comes by the sweep, and waits for it. */
import { describe, expect, test } from '@jest/globals';
import { serveLane } from '../../../../shared/deliveries/dispatch/lane.ts';
import { timerKeeper } from '../../../../shared/deliveries/dispatch/lane-timer.ts';
import { sweepShard } from '../../../../shared/deliveries/dispatch/sweep-due.ts';
import { someDeliveries } from './given-deliveries.ts';
import { aDestination, aRow, receivedMs } from './given-delivery.ts';

const second = 1_000;
const to = { id: 'dst_1', name: 'orders' };

/** A lane with so many parked deliveries, for a destination that gets one in ten seconds. Attempts take no time, only the rate does. */
async function aLane({ parked, isLast }: { parked: number; isLast: boolean }) {
  const world = someDeliveries({ now: receivedMs, isLast });
  const attempted: [rule: string, at: number][] = [];
  const clock = {
    ...world.ports.clock,
    sleep: async (ms: number) => {
      world.clock.time += ms;
      await onSleep();
    },
  };
  let onSleep = async (): Promise<void> => undefined;
  const ports = {
    ...world.ports,
    clock,
    ensureTimer: timerKeeper(world.ports),
    health: { read: async () => undefined, tell: async () => undefined },
    readDestination: async () => aDestination({ rate: { perMinute: 6 } }),
    publishNotices: async () => undefined,
    async attempt({ rule }: { rule: string }) {
      attempted.push([rule, (world.clock.time - receivedMs) / second]);
      const note = { at: world.clock.time, ms: 1, outcome: 'answered', status: 200 };
      return { kind: 'delivered' as const, generation: 1, note, ended: world.clock.time };
    },
  };
  for (let at = 0; at < parked; at += 1) await world.put(aRow({ status: 'parked', rule: `r${at}` }));
  await ports.ensureTimer(to);
  return {
    ...world,
    attempted,
    ports,
    serve: () => serveLane(to, ports),
    timer: () => world.timers.items.get('dst_1')?.value,
    /** Runs something whenever the worker waits. */
    whileItWaits: (run: () => Promise<void>) => {
      onSleep = run;
    },
  };
}

describe('a turn', () => {
  test('hands on to the next one after a minute', async () => {
    const { serve, attempted, sent, leases, timer } = await aLane({ parked: 20, isLast: false });
    await serve();
    expect(attempted.map(([, at]) => at)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect([sent.lane, leases.items.size]).toEqual([[[to, 0]], 0]);
    expect(timer()?.due).toBe(receivedMs + 70 * second);
  });

  test('that is the last of its chain sends nothing, and lets the sweep wake the next one for the time when it ends', async () => {
    const { serve, sent, timer, ports, whileItWaits, attempted } = await aLane({ parked: 20, isLast: true });
    const woken: unknown[] = [];
    const lane = async (messages: readonly object[]) => {
      woken.push(...messages);
      return [];
    };
    whileItWaits(async () => {
      if (attempted.length === 3) await sweepShard(0, { ...ports, queues: { ...ports.queues, lane } });
    });
    await serve();
    // The sweep came 30 seconds after the beginning.
    expect(woken).toEqual([{ body: to, delayMs: 30 * second }]);
    expect(sent.lane).toEqual([]);
    // If that message is lost, the next sweep sends another one.
    expect(timer()?.due).toBe(receivedMs + 70 * second);
  });

  test('goes on if the table does not take that', async () => {
    const { serve, attempted, ports, lines } = await aLane({ parked: 1, isLast: true });
    const { write } = ports.deliveries.timers;
    ports.deliveries.timers.write = () => {
      ports.deliveries.timers.write = write;
      return Promise.reject(new Error('throttled'));
    };
    await serve();
    expect(attempted).toHaveLength(1);
    expect(lines).toEqual([{ warning: 'lane_end_not_announced', fault: 'Error', destination: 'orders' }]);
  });

  test('without a timer makes none', async () => {
    const { serve, timers } = await aLane({ parked: 0, isLast: true });
    timers.items.clear();
    await serve();
    expect(timers.items.size).toBe(0);
  });
});

describe('who finds that another worker has the lane', () => {
  const held = { owner: 'another', until: receivedMs + 30 * second };
  const attemptedAt = async (ends: number | undefined, until = held.until) => {
    const { serve, attempted, leases, whileItWaits, clock } = await aLane({ parked: 1, isLast: false });
    leases.items.set('lane#dst_1', { value: { ...held, until, ...(ends !== undefined && { ends }) }, revision: 1 });
    // The other one gives it back three seconds after its end.
    whileItWaits(async () => {
      if (ends !== undefined && clock.time >= ends + 3 * second) leases.items.delete('lane#dst_1');
    });
    await serve();
    return { attempted: attempted.map(([, at]) => at), waitedS: (clock.time - receivedMs) / second };
  };

  test('leaves it to that one, which hands on itself', async () => {
    expect(await attemptedAt(undefined)).toEqual({ attempted: [], waitedS: 0 });
  });

  test('waits for that one if it is the last of its chain and ends soon', async () => {
    expect((await attemptedAt(receivedMs + 4 * second)).attempted).toEqual([7]);
    expect((await attemptedAt(receivedMs - 1)).attempted).toEqual([3]);
  });

  test('leaves it to the successor that the sweep wakes, if that one ends later', async () => {
    expect(await attemptedAt(receivedMs + 6 * second)).toEqual({ attempted: [], waitedS: 0 });
  });

  test('takes over when the lease of one ends that was killed', async () => {
    const { serve, attempted, leases } = await aLane({ parked: 1, isLast: false });
    leases.items.set('lane#dst_1', { value: { ...held, ends: receivedMs }, revision: 1 });
    await serve();
    expect(attempted.map(([, at]) => at)).toEqual([30]);
  });

  test('waits for a minute at most', async () => {
    const { serve, attempted, leases, clock } = await aLane({ parked: 1, isLast: false });
    leases.items.set('lane#dst_1', {
      value: { ...held, until: receivedMs + 100 * second, ends: receivedMs },
      revision: 1,
    });
    await serve();
    expect([attempted, (clock.time - receivedMs) / second]).toEqual([[], 61]);
  });
});
