/** The checker of the simulation finds mistakes in the real code of dispatching, so it can fail. */
import { expect, test } from '@jest/globals';
import {
  mistakes,
  newestFirst,
  slowLate,
  uncounted,
  untouchedTimer,
} from '../../../support/dispatch-world/mistakes.ts';
import { found, planted } from '../../../support/dispatch-world/plant.ts';
import { flood, type runSeed, shareOf } from '../../../support/dispatch-world/runs.ts';
import { count, every, testInFull } from '../../../support/full-counts.ts';

const seconds = 1_000;

const changes = [...mistakes, newestFirst, slowLate, uncounted, untouchedTimer].flatMap(({ name, changes }) =>
  changes.map((change) => ({ name, ...change })),
);

test.each(changes)('the text that "$name" changes stands once in $file', (change) => {
  expect(found(change)).toBe(1);
});

/** The first violation of some seeds, with faults and without. */
async function firstViolation(
  run: typeof runSeed,
  profiles: Parameters<typeof runSeed>[1][],
): Promise<string | undefined> {
  for (let seed = 1; seed <= count({ usual: 40, full: 400 }); seed += 1)
    for (const profile of profiles) {
      const [first] = (await run(seed, profile)).violations;
      if (first) return first.kind;
    }
  return undefined;
}

const usual = mistakes.filter(({ isRare }) => !isRare);
const rare = mistakes.filter(({ isRare }) => isRare);

test.each(every(5, usual))('found: $name', async ({ changes: some }) => {
  const { runSeed: run, profiles } = await planted(some);
  expect(await firstViolation(run, [profiles.chaos, profiles.lag, profiles.calm])).toEqual(expect.any(String));
});

testInFull.each(rare)('found after many seeds: $name', async ({ changes: some }) => {
  const { runSeed: run, profiles } = await planted(some);
  expect(await firstViolation(run, [profiles.chaos, profiles.lag, profiles.calm])).toEqual(expect.any(String));
});

test(`found by a late park: ${untouchedTimer.name}`, async () => {
  const { lateParks } = await planted(untouchedTimer.changes);
  let found: string[] = [];
  for (let seed = 1; seed <= 20 && found.length === 0; seed += 1) found = await lateParks(seed);
  expect(found.join()).toContain('nothing wakes it up');
});

test('found by a flood: one slow answer does not make a destination slow', async () => {
  const wanted = { unwell: ['hanging', 'hanging'], each: 50, well: 300 } as const;
  const withMistake = await (await planted(slowLate.changes)).flood(wanted);
  expect(shareOf((await flood(wanted)).delays, 0.99)).toBeLessThanOrEqual(20 * seconds);
  expect(shareOf(withMistake.delays, 0.99)).toBeGreaterThan(25 * seconds);
});

test(`found by a flood: ${newestFirst.name}`, async () => {
  const { mostOutOfOrder } = await (await planted(newestFirst.changes)).flood({
    unwell: ['down'],
    each: 200,
    well: 10,
  });
  expect(mostOutOfOrder).toBeGreaterThan(16);
});

test('found by a flood: lanes run in the executions of dispatch', async () => {
  const wanted = {
    unwell: ['slow', 'slow', 'slow', 'slow', 'slow'],
    each: 100,
    well: 240,
    wellWithin: 360 * seconds,
  } as const;
  expect(shareOf((await flood(wanted)).delays, 0.99)).toBeLessThanOrEqual(20 * seconds);
  expect(shareOf((await flood({ ...wanted, lanesInDispatch: true })).delays, 0.99)).toBeGreaterThan(40 * seconds);
});

test('found by an event that ends the function: its crashes in a lane are not counted', async () => {
  const { end } = await (await planted(uncounted.changes)).deadlyEvent(1, true);
  expect(end).toBe('parked undefined');
});
