/** One event whose attempts end the function each time, among others that go well. */
import { noFaults } from './fleet.ts';
import { eventIdOf, World } from './scenario.ts';
import { hour, minute, second } from './virtual-time.ts';

export interface DeadlyEvent {
  violations: string[];
  /** How the deadly one and the others ended. */
  end: string;
  attempts: number;
  delivered: number;
}

/** @param rated whether the destination has a rate, so that its lane serves it from the beginning */
export async function deadlyEvent(seed: number, rated: boolean): Promise<DeadlyEvent> {
  // No call crashes by itself, but the checker has to expect what crashes lead to.
  const faults = { ...noFaults, crash: Number.MIN_VALUE };
  const world = new World(seed, { faults, hasLag: true }, { isPrompt: true });
  const { time, gateway, checker } = world;
  const start = time.now;
  const to = world.addDestination('orders', rated ? { rate: { perSecond: 2 } } : {});
  const deadly = eventIdOf('deadly');
  world.deadly.set(deadly, 0);
  world.arrive(deadly, [{ id: 'all', to }], 1_000 * hour);
  for (let at = 1; at <= 50; at += 1)
    time.at(start + at * second, () => world.arrive(eventIdOf(`well${at}`), [{ id: 'all', to }], 1_000 * hour));
  gateway.sweepEachMinute();
  await time.runUntil(start + 12 * hour);
  world.beQuiet();
  await time.runUntil(start + 12 * hour + 30 * minute);
  checker.atTheEnd();
  const row = [...gateway.rows.items.values()].find(({ value }) => value.event === deadly)?.value;
  return {
    violations: checker.violations.map(({ kind, text }) => `${kind}: ${text}`),
    end: `${row?.status} ${row?.reason}`,
    attempts: world.deadly.get(deadly) ?? 0,
    delivered: checker.counts['delivered'] ?? 0,
  };
}
