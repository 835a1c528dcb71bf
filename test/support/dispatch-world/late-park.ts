/**
 * A delivery is parked just when its destination's timer ends. A first run of the seed shows when that is; each further run is the same
 * until its event comes.
 */
import { noFaults } from './fleet.ts';
import { eventIdOf, World } from './scenario.ts';
import { day, hour, minute } from './virtual-time.ts';

/** How long before the end the event comes, in milliseconds: it takes so long until its delivery is parked. */
const before = Array.from({ length: 150 }, (_, at) => 100 + 2 * at);

/** A destination that is always served by its lane gets one event. @returns the world, and what sends another event */
function aWorld(seed: number) {
  const world = new World(seed, { faults: noFaults, hasLag: false }, { isPrompt: true });
  const to = world.addDestination('orders', { rate: { perSecond: 1 } });
  const arrive = (name: string) => world.arrive(eventIdOf(name), [{ id: 'all', to }], 60 * day);
  arrive('first');
  world.gateway.sweepEachMinute();
  return { world, arrive };
}

async function endOfTimer(seed: number): Promise<number> {
  const { world } = aWorld(seed);
  const { time, gateway } = world;
  await time.runUntil(time.now + minute);
  while (gateway.timers.items.size > 0) await time.runUntil(time.now + 5);
  return time.now;
}

/** @returns the violations of all runs of a seed */
export async function lateParks(seed: number): Promise<string[]> {
  const end = await endOfTimer(seed);
  const found: string[] = [];
  for (const ms of before) {
    const { world, arrive } = aWorld(seed);
    world.time.at(end - ms, () => arrive('late'));
    await world.time.runUntil(end + 2 * hour);
    world.checker.atTheEnd();
    found.push(...world.checker.violations.map(({ kind, text }) => `${ms} ms before: ${kind}: ${text}`));
  }
  return found;
}
