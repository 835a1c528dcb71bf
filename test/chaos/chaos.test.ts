/** Some of the seeds of `npm run test:chaos`, which runs a thousand, and some of its planted faults. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { count } from '../full-counts.ts';
import { assembly } from '../given.ts';
import { plant } from './mutant.ts';
import { mutants } from './mutants.ts';
import { aBase, type Base, runSeed } from './seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'hooklatch-chaos-'));
let base: Base;
beforeAll(async () => {
  base = await aBase(assembly(), join(folder, 'base'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const seeds = Array.from({ length: count({ usual: 2, full: 40 }) }, (_, at) => at + 1);

test.each(seeds)('seed %i: nothing is lost, duplicated, forged, leaked or uncounted', async (seed) => {
  const { violations, observed } = await runSeed(seed, base);
  expect(violations).toEqual([]);
  expect(observed.stored.length).toBeGreaterThan(0);
});

/** The planted faults that the first seed finds. */
const obvious = ['stores fewer bytes than were sent', 'publishes under another id'].slice(
  0,
  count({ usual: 1, full: 2 }),
);

test.each(mutants.filter(({ name }) => obvious.includes(name)))(
  'the planted fault "$name" is found',
  async (mutant) => {
    const planted = join(folder, mutant.name.replaceAll(' ', '-'));
    await plant(assembly(), mutant, planted);
    const { violations } = await runSeed(1, await aBase(planted, `${planted}-data`));
    expect(violations).toEqual(expect.arrayContaining([expect.stringMatching(`^${mutant.violates}: `)]));
  },
);
