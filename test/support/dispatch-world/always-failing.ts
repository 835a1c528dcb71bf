/** One event that its receiver always fails for, among others that go well. */
import { noFaults } from './fleet.ts';
import { eventIdOf, World } from './scenario.ts';
import { day, hour, minute } from './virtual-time.ts';

export interface AlwaysFailing {
  violations: string[];
  opened: number;
  /** From the end of each of its attempts to the beginning of the next, in milliseconds. */
  waits: number[];
  /** From the first attempt to the last. */
  lastsMs: number;
  status: string;
  /** How long after its event each first attempt of the others began, at most. */
  longestDelay: number;
  delivered: number;
}

export async function alwaysFailing(seed: number): Promise<AlwaysFailing> {
  const world = new World(seed, { faults: noFaults, hasLag: false }, { isPrompt: true });
  const { time, gateway, checker } = world;
  const start = time.now;
  const to = world.addDestination('orders', { giveUpAfterHours: 72 });
  const failing = eventIdOf('failing');
  world.poison(failing);
  world.arrive(failing, [{ id: 'all', to }], 60 * day);
  for (let at = 1; at <= 500; at += 1)
    time.at(start + at * 10 * minute, () => world.arrive(eventIdOf(`well${at}`), [{ id: 'all', to }], 60 * day));
  gateway.sweepEachMinute();
  await time.runUntil(start + 74 * hour);
  await time.runUntil(start + 90 * hour);
  checker.atTheEnd();
  const attempts = checker.results.filter(({ event }) => event.startsWith(failing));
  const delays = [...checker.firstAttempts].map(
    ([id, began]) => began - Date.parse(id.slice(id.indexOf('/') + 1, id.indexOf('#'))),
  );
  return {
    violations: checker.violations.map(({ kind, text }) => `${kind}: ${text}`),
    opened: checker.counts['opened'] ?? 0,
    waits: attempts.slice(1).map(({ began }, at) => began - (attempts[at]?.ended ?? 0)),
    lastsMs: (attempts.at(-1)?.began ?? 0) - (attempts[0]?.began ?? 0),
    status: [...gateway.rows.items.values()].find(({ value }) => value.event === failing)?.value.status ?? '',
    longestDelay: Math.max(...delays),
    delivered: checker.counts['delivered'] ?? 0,
  };
}
