import { expect, test } from '@jest/globals';
import { type Finding, toldIncident } from '../../../../shared/deliveries/dispatch/destination-health.ts';
import { healthLog } from '../../../../shared/deliveries/dispatch/health-log.ts';
import { timerKeeper } from '../../../../shared/deliveries/dispatch/lane-timer.ts';
import { revise } from '../../../../shared/ground/aws/revised-item.ts';
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

test('failures that come while a write is under way share the next one, and their incident begins with a third', async () => {
  const { log, health, stored } = aWorld();
  await Promise.all([1, 2, 3, 4].map((event) => log.tell(to, finding('broken', event))));
  expect(stored()?.failed).toEqual(['event-1', 'event-2', 'event-3', 'event-4']);
  expect(health.writes()).toBe(3);
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

const again = (kind: Finding['kind'], at: number): Finding => ({ ...finding(kind, 1), began: receivedMs + at });

test('an incident begins with the second failed attempt, and the timer is there before, for the time when it is told', async () => {
  const { log, health, timers, stored, clock } = aWorld();
  await log.tell(to, again('broken', 0));
  expect([stored()?.outage, timers.items.size, health.writes()]).toEqual([undefined, 0, 1]);
  clock.time += 5_000;
  await log.tell(to, again('broken', 5_000));
  expect(stored()).toMatchObject({
    state: 'closed',
    incident: 'id-1',
    outage: { since: receivedMs, at: receivedMs + 5_000, isTold: false },
  });
  expect(timers.items.get('dst_1')?.value).toMatchObject({ to, due: receivedMs + 65_000 });
  const writes = health.writes();
  for (const at of [35_000, 155_000]) await log.tell(to, again('broken', at));
  expect(health.writes()).toBe(writes);
});

test('an incident without a timer does not begin, and begins with the next failure', async () => {
  const { ports, stored, timers } = aWorld();
  let isThrottled = true;
  const keeper = timerKeeper(ports);
  const log = healthLog({
    ...ports,
    ensureTimer: (...args) => (isThrottled ? Promise.reject(new Error('throttled')) : keeper(...args)),
  });
  await log.tell(to, again('broken', 0));
  await log.tell(to, again('broken', 5_000));
  expect(stored()).toMatchObject({ failing: { since: receivedMs, attempts: 2 } });
  expect(stored()?.outage).toBeUndefined();
  isThrottled = false;
  await log.tell(to, again('broken', 35_000));
  expect(stored()?.outage).toMatchObject({ since: receivedMs, isTold: false });
  expect(timers.items.size).toBe(1);
});

test('the end of an incident that was told is written after its timer, which may be gone by then', async () => {
  const { log, ports, timers, stored, health } = aWorld();
  await log.tell(to, again('broken', 0));
  await log.tell(to, again('broken', 5_000));
  await revise(ports.deliveries.health, 'dst_1', (found) => (found ? { ...toldIncident(found), notices: [] } : found));
  timers.items.clear();
  const throttled = healthLog({ ...ports, ensureTimer: () => Promise.reject(new Error('throttled')) });
  await throttled.tell(to, again('delivered', 90_000));
  expect(stored()).toMatchObject({ outage: { isTold: true }, notices: [] });
  const writes = health.writes();
  await log.read(to);
  await log.tell(to, again('delivered', 90_000));
  expect(stored()?.notices).toMatchObject([{ type: 'destination.recovered', incident: 'id-1' }]);
  expect([timers.items.size, health.writes()]).toEqual([1, writes + 1]);
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
