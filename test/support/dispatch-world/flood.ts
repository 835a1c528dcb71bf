/** A flood: very many events at once for destinations that are unwell, and some for one that is well. */
import { noFaults } from './fleet.ts';
import type { Mode } from './receivers.ts';
import { eventIdOf, type RunOptions, World } from './scenario.ts';
import { hour, minute, second } from './virtual-time.ts';

export interface Flood extends RunOptions {
  /** How each of the unwell ones is, how many events it gets, and within which time, in milliseconds: by default five seconds. */
  unwell: readonly Mode[];
  each: number;
  within?: number;
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

/** By how many places a text comes too early or too late in a list, at most. Equal ones have no order. */
function mostOutOfOrderIn(list: readonly string[]): number {
  const sorted = [...list].sort();
  const firsts = new Map<string, number>();
  const lasts = new Map<string, number>();
  for (const [place, text] of sorted.entries()) {
    if (!firsts.has(text)) firsts.set(text, place);
    lasts.set(text, place);
  }
  return list.reduce(
    (most, text, place) => Math.max(most, (firsts.get(text) ?? 0) - place, place - (lasts.get(text) ?? 0)),
    0,
  );
}

/** After an hour the unwell ones recover. */
export async function flood({
  unwell,
  each,
  within = 5 * second,
  well,
  wellWithin = minute,
  ...options
}: Flood): Promise<FloodResult> {
  const world = new World(1, { faults: noFaults, hasLag: false }, { isPrompt: true, ...options });
  const { time, gateway, checker } = world;
  const start = time.now;
  const healthy = world.addDestination('healthy');
  const all = unwell.map((mode, at) => world.addDestination(`unwell-${at}`, {}, { phases: [{ from: start, mode }] }));
  const arrive = (name: string, to: (typeof all)[number], ms: number) =>
    time.in(time.between(0, ms), () => world.arrive(eventIdOf(name), [{ id: 'all', to }], 1_000 * hour));
  for (let at = 0; at < well; at += 1) arrive(`well${at}`, healthy, wellWithin);
  for (const [place, to] of all.entries())
    for (let at = 0; at < each; at += 1) arrive(`unwell${place}x${at}`, to, within);
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
  const outOfOrder = all.map(({ id }) => {
    const mine = after.filter(({ to }) => to === id).sort((one, other) => one.began - other.began);
    return mostOutOfOrderIn(mine.slice(1).map(({ event }) => event.slice(event.indexOf('/') + 1)));
  });
  return {
    violations: checker.violations.map(({ kind, text }) => `${kind}: ${text}`),
    delays,
    delivered: checker.counts['delivered'] ?? 0,
    givenUp: checker.counts['given_up'] ?? 0,
    mostOutOfOrder: Math.max(0, ...outOfOrder),
    recoveryMs: after.reduce((last, { ended }) => Math.max(last, ended), recovered) - recovered,
  };
}
