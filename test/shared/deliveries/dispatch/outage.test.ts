/**
 * Three outages in virtual time, with the real code: what the screen said and what the bus was told, and when, until it was over. The times
 * are worked out by hand, in seconds since the outage began: not before the first, and not after the second.
 */
import { expect, test } from '@jest/globals';
import { planted } from '../../../support/dispatch-world/plant.ts';
import {
  busyOutage,
  type Outage,
  poisonousEvent,
  rareOutage,
  type Said,
} from '../../../support/dispatch-world/runs.ts';
import { count } from '../../../support/full-counts.ts';

const minute = 60;
const hour = 60 * minute;
/** The screen is looked at every five seconds, and an attempt takes less than one. */
const look = 6;

/** What is said, the earliest time and the latest. */
type Line = [what: string, from: number, to: number];

function expectSaid(said: readonly Said[], lines: readonly Line[]): void {
  const inTime = said.map(({ what, at }, line) => {
    const [, from = Number.POSITIVE_INFINITY, to = 0] = lines[line] ?? [];
    return at >= from && at <= to ? what : `${what} at ${at}, not within ${from} and ${to}`;
  });
  expect(inTime).toEqual(lines.map(([what]) => what));
}

const seeds = Array.from({ length: count({ usual: 2, full: 20 }) }, (_, at) => at + 1);

test.each(seeds)('twenty events a minute, down for half an hour (seed %i)', async (seed) => {
  const { screen, bus, lastFailing, ...rest }: Outage = await busyOutage(seed);
  expect(rest).toEqual({ violations: [], delivered: 1_200, wrong: ['answered 503'] });
  // The first event fails at 0, the second at 3, the fifth at 12: it is open, and the sweep comes within a minute. The probes begin at 12
  // + 30, + 60, + 120 and so on; that at 12 + 1,860 is the first after the recovery, and each can be some seconds late.
  const recovery: [number, number] = [12 + 31 * minute, 12 + 31 * minute + 90];
  expectSaid(screen, [
    ['destination_failing', 3, 3 + look],
    ['destination_recovering', ...recovery],
    // Six hundred are sent at 1, 2, 4, … 200 a second.
    ['nothing', recovery[0], recovery[1] + 60],
  ]);
  expectSaid(bus, [
    ['destination.failing', 12, 12 + 65],
    ['destination.recovered', recovery[0], recovery[1] + 65],
  ]);
  expect(lastFailing?.[0]).toBeLessThan(1);
  expect(lastFailing?.[1]).toBeGreaterThanOrEqual(recovery[0]);
});

test.each(seeds)('one poisonous event among a hundred good, and others after it (seed %i)', async (seed) => {
  const { screen, bus, lastFailing, ...rest } = await poisonousEvent(seed);
  expect(rest).toEqual({ violations: [], delivered: 99 + 899, wrong: ['answered 500'] });
  // Its second attempt is 5 s after the first, ± 20 %, and its last when its 72 hours are over.
  expectSaid(screen, [
    ['delivery_failing', 4, 8 + look],
    ['deliveries_given_up', 72 * hour, 72 * hour + 10 + look],
  ]);
  // The destination is well all the time: nobody is told that it fails.
  expectSaid(bus, [['delivery.given_up', 72 * hour, 72 * hour + 75]]);
  expect(lastFailing).toBeUndefined();
});

test.each(seeds)('one event a day, down for two days (seed %i)', async (seed) => {
  const { screen, bus, lastFailing, ...rest } = await rareOutage(seed);
  expect(rest).toEqual({ violations: [], delivered: 8, wrong: ['answered 503'] });
  // The event of the first noon is attempted at 0, 5 s, 35 s and so on. The next two attempts after the two days are at most 12 hours
  // apart, ± 20 %, and come before the event of the third noon does.
  const noon = 12 * hour;
  const up = 48 * hour;
  expectSaid(screen, [
    ['destination_failing', noon + 4, noon + 8 + look],
    // The event of the second noon still waits for its next attempt, at most 16 hours after the one before.
    ['delivery_failing', up, up + noon + look],
    ['nothing', up, up + 16 * hour + look],
  ]);
  expectSaid(bus, [
    // A minute after the second attempt.
    ['destination.failing', noon + 64, noon + 70],
    ['destination.recovered', up, up + noon + 65],
  ]);
  expect(lastFailing?.[0]).toBeGreaterThanOrEqual(noon);
  expect(lastFailing?.[0]).toBeLessThan(noon + 1);
});

test('if an incident began with five different events alone, nobody would be told of the rare ones', async () => {
  const { rareOutage: withMistake } = await planted([
    {
      file: 'shared/deliveries/dispatch/destination-health.ts',
      from: 'const attemptsToFail = 2;',
      to: 'const attemptsToFail = Number.POSITIVE_INFINITY;',
    },
  ]);
  expect((await withMistake(1)).bus).toEqual([]);
});
