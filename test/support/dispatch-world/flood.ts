/** A flood: very many events at once for destinations that are unwell, and some for one that is well. */
import { noFaults } from './fleet.ts';
import type { Mode } from './receivers.ts';
import { eventIdOf, type RunOptions, World } from './scenario.ts';
import { hour, minute, second } from './virtual-time.ts';

export interface Flood extends RunOptions {
  /** How each of the unwell ones is, and how many events it gets within some seconds. */
  unwell: readonly Mode[];
  each: number;
  /** The events of the well one, and within which time they come, in milliseconds: by default a minute. */
  well: number;
  wellWithin?: number;
}

export interface FloodResult {
  violations: string[];
  /** How long after its event each first attempt at the well destination began, in milliseconds, in order. */
  delays: number[];
  delivered: number;
  givenUp: number;
  /** By how many places an attempt after the recovery began too early or too late, at most. The probe that showed the recovery does not count. */
  mostOutOfOrder: number;
  /** How long the lanes took to deliver everything after the recovery, in milliseconds. */
  recoveryMs: number;
}

/** The time that a share of them does not exceed. */
export const shareOf = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(sorted.length * share)] ?? Number.POSITIVE_INFINITY;

/** After an hour the unwell ones recover. */
export async function flood({ unwell, each, well, wellWithin = minute, ...options }: Flood): Promise<FloodResult> {
  const world = new World(1, { faults: noFaults, hasLag: false }, { isPrompt: true, ...options });
  const { time, gateway, checker } = world;
  const start = time.now;
  const healthy = world.addDestination('healthy');
  const all = unwell.map((mode, at) => world.addDestination(`unwell-${at}`, {}, { phases: [{ from: start, mode }] }));
  const arrive = (name: string, to: (typeof all)[number], within: number) =>
    time.in(time.between(0, within), () => world.arrive(eventIdOf(name), [{ id: 'all', to }], 1_000 * hour));
  for (let at = 0; at < well; at += 1) arrive(`well${at}`, healthy, wellWithin);
  for (const [place, to] of all.entries())
    for (let at = 0; at < each; at += 1) arrive(`unwell${place}x${at}`, to, 5 * second);
  gateway.sweepEachMinute();
  await time.runUntil(start + hour);
  world.beQuiet();
  const recovered = time.now;
  const before = checker.results.length;
  await time.runUntil(recovered + 12 * hour);
  checker.atTheEnd();

  const delays = [...checker.firstAttempts]
    .filter(([id]) => checker.expected.get(id)?.id === healthy.id)
    .map(([id, began]) => began - Date.parse(id.slice(id.indexOf('/') + 1, id.indexOf('#'))))
    .sort((one, other) => one - other);
  const after = checker.results.slice(before).filter(({ kind, began }) => kind === 'delivered' && began >= recovered);
  let mostOutOfOrder = 0;
  for (const { id } of all) {
    const times = after
      .filter(({ to }) => to === id)
      .sort((one, other) => one.began - other.began)
      .slice(1)
      .map(({ event }) => event.slice(event.indexOf('/') + 1));
    const sorted = [...times].sort();

    for (const [place, at] of times.entries())
      mostOutOfOrder = Math.max(mostOutOfOrder, Math.abs(sorted.indexOf(at) - place));
  }
  return {
    violations: checker.violations.map(({ kind, text }) => `${kind}: ${text}`),
    delays,
    delivered: checker.counts['delivered'] ?? 0,
    givenUp: checker.counts['given_up'] ?? 0,
    mostOutOfOrder,
    recoveryMs: after.reduce((last, { ended }) => Math.max(last, ended), recovered) - recovered,
  };
}
