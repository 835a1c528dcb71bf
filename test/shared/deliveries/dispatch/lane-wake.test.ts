/** A lane is woken while its worker works: the message finds the lane taken, and must not be lost for that. */
import { expect, test } from '@jest/globals';
import type { Destination } from '../../../../shared/deliveries/destination/destination.ts';
import { beginGeneration } from '../../../../shared/deliveries/dispatch/destination-effect.ts';
import { healthLog } from '../../../../shared/deliveries/dispatch/health-log.ts';
import { serveLane } from '../../../../shared/deliveries/dispatch/lane.ts';
import { timerKeeper } from '../../../../shared/deliveries/dispatch/lane-timer.ts';
import type { LanePorts } from '../../../../shared/deliveries/dispatch/lane-turn.ts';
import type { RevisedStore } from '../../../../shared/ground/aws/revised-item.ts';
import { someDeliveries } from './given-deliveries.ts';
import { aDestination, aRow, receivedAt, receivedMs } from './given-delivery.ts';

const to = { id: 'dst_1', name: 'orders' };

/** Calls `before` before each call of a store. */
const watched = <Key, T>({ read, write }: RevisedStore<Key, T>, before: () => Promise<void>): RevisedStore<Key, T> => ({
  read: async (key) => {
    await before();
    return read(key);
  },
  write: async (...args) => {
    await before();
    return write(...args);
  },
});

/**
 * A paused destination with a parked delivery. It is resumed before the call `step` of its lane's worker, and all messages are handled
 * as they come. No sweep comes.
 * @returns what the delivery is in the end, and how many calls the worker made
 */
async function resumedAt(step: number) {
  const world = someDeliveries({ now: receivedMs });
  const ensureTimer = timerKeeper(world.ports);
  let destination: Destination = aDestination({ status: 'paused', pausedSince: receivedAt });
  const ports: LanePorts = {
    ...world.ports,
    ensureTimer,
    health: healthLog({ ...world.ports, ensureTimer }),
    readDestination: async () => destination,
    publishNotices: async () => undefined,
    attempt: async () => ({
      ...{ kind: 'delivered', generation: 2, ended: receivedMs },
      note: { at: receivedMs, ms: 0, outcome: 'answered', status: 200 },
    }),
  };
  const workOff = async () => {
    while (world.sent.lane.shift()) await serveLane(to, ports);
  };
  let calls = 0;
  const before = async () => {
    calls += 1;
    world.clock.time += 1;
    if (calls !== step) return;
    destination = aDestination({ generation: 2 });
    await beginGeneration(destination, ports);
    await workOff();
  };
  const { rows, timers, health, leases } = ports.deliveries;
  await world.put(aRow({ status: 'parked' }));
  await ensureTimer(to);
  await serveLane(to, {
    ...ports,
    deliveries: {
      ...ports.deliveries,
      rows: watched(rows, before),
      timers: watched(timers, before),
      health: watched(health, before),
      leases: watched(leases, before),
    },
  });
  await workOff();
  return { status: world.row()?.status, calls };
}

test('a resumption is heard at once, whatever step of a turn it meets', async () => {
  const { calls, status } = await resumedAt(0);
  expect(status).toBe('parked');
  const steps = Array.from({ length: calls }, (_, at) => at + 1);
  const found: (string | undefined)[] = [];
  for (const step of steps) found.push((await resumedAt(step)).status);
  expect(found).toEqual(steps.map(() => 'delivered'));
});
