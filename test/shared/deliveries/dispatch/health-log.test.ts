import { expect, test } from '@jest/globals';
import type { Finding } from '../../../../shared/deliveries/dispatch/destination-health.ts';
import { healthLog } from '../../../../shared/deliveries/dispatch/health-log.ts';
import { timerKeeper } from '../../../../shared/deliveries/dispatch/lane-timer.ts';
import { someDeliveries } from './given-deliveries.ts';
import { receivedMs } from './given-delivery.ts';

const to = { id: 'dst_1', name: 'orders' };
const finding = (kind: Finding['kind'], event: number, generation = 1): Finding => ({
  kind,
  event: `event-${event}`,
  generation,
  began: receivedMs + event,
  ended: receivedMs + event + 50,
  ms: 50,
});

function aWorld() {
  const world = someDeliveries({ now: receivedMs });
  const ensureTimer = timerKeeper(world.ports);
  return {
    ...world,
    log: healthLog({ ...world.ports, ensureTimer }),
    stored: () => world.health.items.get('dst_1')?.value,
  };
}

test('a success of a well destination is no news, and writes nothing', async () => {
  const { log, health } = aWorld();
  await log.read(to);
  for (let event = 0; event < 50; event += 1) await log.tell(to, finding('delivered', event));
  expect(health.writes()).toBe(0);
});

test('failures that come while a write is under way share the next one', async () => {
  const { log, health, stored } = aWorld();
  await Promise.all([1, 2, 3, 4].map((event) => log.tell(to, finding('broken', event))));
  expect(stored()?.failed).toEqual(['event-1', 'event-2', 'event-3', 'event-4']);
  expect(health.writes()).toBe(2);
});

test('a destination is opened once, and its timer is there before', async () => {
  const { log, timers, stored } = aWorld();
  await Promise.all(Array.from({ length: 12 }, (_, event) => log.tell(to, finding('broken', event))));
  expect(stored()).toMatchObject({ state: 'open', incident: 'id-1' });
  expect(stored()?.notices).toHaveLength(1);
  expect(timers.items.get('dst_1')?.value).toMatchObject({ to, due: receivedMs });
});

test('a destination without a timer is not opened: nobody would tell it', async () => {
  const world = someDeliveries({ now: receivedMs });
  const ensureTimer = () => Promise.reject(new Error('throttled'));
  const log = healthLog({ ...world.ports, ensureTimer });
  await Promise.all([1, 2, 3, 4, 5].map((event) => log.tell(to, finding('broken', event))));
  expect(world.health.items.get('dst_1')?.value).toMatchObject({ state: 'closed', notices: [] });
});

test('a success after failures ends them, also those that another instance has told', async () => {
  const { log, ports, stored } = aWorld();
  await log.read(to);
  const other = healthLog({ ...ports, ensureTimer: async () => true });
  for (const event of [1, 2, 3]) await other.tell(to, finding('broken', event));
  await log.read(to);
  await log.tell(to, finding('delivered', 9));
  expect(stored()?.failed).toEqual([]);
});

test('a success that this instance saw makes earlier failures say nothing', async () => {
  const { log, stored } = aWorld();
  await log.read(to);
  await log.tell(to, finding('delivered', 500));
  for (const event of [1, 2, 3, 4, 5]) await log.tell(to, finding('broken', event));
  expect(stored()?.failed ?? []).toEqual([]);
});

test('a health that can not be written fails no attempt, and is logged', async () => {
  const { log, faults, lines, stored } = aWorld();
  faults.add('write');
  await expect(log.tell(to, finding('broken', 1))).resolves.toBeUndefined();
  expect(lines).toEqual([{ warning: 'health_not_noted', fault: 'ThrottlingException', destination: 'orders' }]);
  faults.clear();
  await log.tell(to, finding('broken', 2));
  expect(stored()?.failed).toEqual(['event-2']);
});
