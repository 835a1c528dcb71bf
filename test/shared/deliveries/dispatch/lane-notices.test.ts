/** An incident is told by its lane's timer: not before its time, once, and its end only if its beginning was. */
import { expect, test } from '@jest/globals';
import type { Finding } from '../../../../shared/deliveries/dispatch/destination-health.ts';
import { healthLog } from '../../../../shared/deliveries/dispatch/health-log.ts';
import { serveLane } from '../../../../shared/deliveries/dispatch/lane.ts';
import { timerKeeper } from '../../../../shared/deliveries/dispatch/lane-timer.ts';
import { someDeliveries } from './given-deliveries.ts';
import { aDestination, receivedMs } from './given-delivery.ts';

const second = 1_000;
const to = { id: 'dst_1', name: 'orders' };

/** A destination for which one event has failed at the beginning and after five seconds. The sweep is this test. */
async function aFailingDestination() {
  const world = someDeliveries({ now: receivedMs });
  const told: [type: string, second: number][] = [];
  const fail = { published: false };
  const ensureTimer = timerKeeper(world.ports);
  const health = healthLog({ ...world.ports, ensureTimer });
  const at = () => (world.clock.time - receivedMs) / second;
  const ports = {
    ...world.ports,
    ensureTimer,
    health,
    readDestination: async () => aDestination({}),
    async publishNotices(_: unknown, notices: readonly { type: string; incident: string }[]) {
      if (fail.published) throw new Error('the bus refused');
      for (const { type, incident } of notices) told.push([`${type} ${incident}`, at()]);
    },
    attempt: () => Promise.reject(new Error('nothing is parked')),
  };
  const attempt = (kind: Finding['kind'], seconds: number) => {
    const began = receivedMs + seconds * second;
    world.clock.time = began + 50;
    return health.tell(to, { kind, event: 'event-1', generation: 1, began, ended: began + 50, ms: 50 });
  };
  await attempt('broken', 0);
  await attempt('broken', 5);
  return {
    ...world,
    told,
    fail,
    attempt,
    due: () => ((world.timers.items.get('dst_1')?.value.due ?? Number.NaN) - receivedMs) / second,
    serveAt(seconds: number) {
      world.clock.time = receivedMs + seconds * second;
      return serveLane(to, ports);
    },
    stored: () => world.health.items.get('dst_1')?.value,
  };
}

test('an incident is told a minute after it was noted, once, and so is its end', async () => {
  const { serveAt, due, told, attempt, stored } = await aFailingDestination();
  expect(due()).toBe(65.05);
  await serveAt(30);
  expect([told, due()]).toEqual([[], 65.05]);
  await serveAt(65.05);
  expect(told).toEqual([['destination.failing id-1', 65.05]]);
  await serveAt(130);
  await attempt('broken', 600);
  await serveAt(700);
  expect(told).toHaveLength(1);
  await attempt('delivered', 1_000);
  await serveAt(1_060);
  await serveAt(1_120);
  expect(told.slice(1)).toEqual([['destination.recovered id-1', 1_060]]);
  expect(stored()).toMatchObject({ notices: [], lastOutage: { from: receivedMs, until: receivedMs + 1_000_050 } });
});

test('neither is told if it ended before', async () => {
  const { serveAt, told, attempt } = await aFailingDestination();
  await attempt('delivered', 64);
  for (const at of [66, 130, 2_000]) await serveAt(at);
  expect(told).toEqual([]);
});

test('the end that comes while the bus refuses the beginning is told after it', async () => {
  const { serveAt, told, attempt, fail } = await aFailingDestination();
  fail.published = true;
  await serveAt(66);
  await attempt('delivered', 70);
  fail.published = false;
  await serveAt(126);
  expect(told.map(([notice]) => notice)).toEqual(['destination.failing id-1', 'destination.recovered id-1']);
});

test('the timer stays as long as something is to be told', async () => {
  const { serveAt, timers, fail, attempt, stored } = await aFailingDestination();
  fail.published = true;
  for (let minutes = 2; minutes < 60; minutes += 1) await serveAt(minutes * 60);
  expect(timers.items.size).toBe(1);
  expect(stored()?.notices).toHaveLength(1);
  fail.published = false;
  await attempt('delivered', 3_600);
  for (let minutes = 61; minutes < 120; minutes += 1) await serveAt(minutes * 60);
  expect([timers.items.size, stored()?.notices]).toEqual([0, []]);
});

test('a worker that rests for long while an incident begins is there when that is told', async () => {
  const world = someDeliveries({ now: receivedMs });
  const ensureTimer = timerKeeper(world.ports);
  await world.ports.deliveries.timers.write('dst_1', { to, due: receivedMs + 40 * second, touched: 0 }, undefined);
  await ensureTimer(to, receivedMs + 60 * second);
  // What comes earlier than that stays, but is seen as moved.
  expect(world.timers.items.get('dst_1')?.value.due).toBe(receivedMs + 40 * second - 1);
  await ensureTimer(to, receivedMs + 30 * second);
  expect(world.timers.items.get('dst_1')?.value.due).toBe(receivedMs + 30 * second);
});
