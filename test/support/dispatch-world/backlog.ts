/** Lanes that have forty minutes of work, and deliveries that are tried again every few seconds for as long. */
import type { DeliveryJob } from '../../../shared/deliveries/dispatch/delivery-job.ts';
import { noFaults } from './fleet.ts';
import { eventIdOf, World } from './scenario.ts';
import { day, hour, minute, second } from './virtual-time.ts';

export interface Backlog {
  violations: string[];
  /** The most invocations in a row. */
  longestChain: number;
  delivered: number;
  /** How long the lane of a rated destination worked, and by how much its last attempt came later than the rate asks for, in milliseconds. */
  rated: { workedMs: number; lateMs: number };
  /** How long the lane of a slow one worked, and for how long it attempted nothing in between. */
  slow: { workedMs: number; idleMs: number };
  /** By how much an attempt came later than the longest wait before it: of one that is served from the queue, and of one by a lane. */
  againLateMs: { queue: number; lane: number };
}

const gapsOf = (results: readonly { began: number; ended: number }[]): number[] =>
  results.slice(1).map(({ began }, at) => began - (results[at]?.ended ?? 0));

export async function backlog(seed: number): Promise<Backlog> {
  const world = new World(seed, { faults: noFaults, hasLag: false }, { isPrompt: true });
  const { time, gateway, checker } = world;
  const start = time.now;
  const rated = world.addDestination('rated', { rate: { perMinute: 6 } });
  const slow = world.addDestination('slow', { concurrency: 1 }, { phases: [{ from: start, mode: 'slow' }] });
  // More often than the API allows: the last wait of a schedule repeats.
  const often = { schedule: [5], giveUpAfterHours: 1 };
  const queued = world.addDestination('queued', often);
  const laned = world.addDestination('laned', { ...often, concurrency: 2 });
  const send = (name: string, to: DeliveryJob['to']) => world.arrive(eventIdOf(name), [{ id: 'all', to }], 60 * day);
  for (let at = 0; at < 240; at += 1) send(`rated${at}`, rated);
  for (let at = 0; at < 320; at += 1) send(`slow${at}`, slow);
  for (const to of [queued, laned]) {
    world.poison(eventIdOf(`failing${to.name}`));
    send(`failing${to.name}`, to);
  }
  gateway.sweepEachMinute();
  await time.runUntil(start + 3 * hour);
  checker.atTheEnd();

  const resultsOf = ({ id }: { id: string }) =>
    checker.results.filter(({ to }) => to === id).sort((one, other) => one.began - other.began);
  const lasted = (results: { began: number; ended: number }[]) =>
    (results.at(-1)?.ended ?? 0) - (results[0]?.began ?? Number.POSITIVE_INFINITY);
  const [ofRated, ofSlow] = [resultsOf(rated), resultsOf(slow)];
  const longestGap = (to: { id: string }) => Math.max(...gapsOf(resultsOf(to)));
  return {
    violations: checker.violations.map(({ kind, text }) => `${kind}: ${text}`),
    longestChain: checker.longestChain,
    delivered: checker.counts['delivered'] ?? 0,
    rated: {
      workedMs: lasted(ofRated),
      lateMs: (ofRated.at(-1)?.began ?? 0) - (ofRated[0]?.began ?? 0) - (ofRated.length - 1) * (minute / 6),
    },
    slow: { workedMs: lasted(ofSlow), idleMs: gapsOf(ofSlow).reduce((sum, ms) => sum + ms, 0) },
    againLateMs: { queue: longestGap(queued) - 6 * second, lane: longestGap(laned) - 6 * second },
  };
}
