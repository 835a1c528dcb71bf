/** A few of the seeds of `npm run test:chaos`, which runs hundreds, and some of its planted faults. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

test.each([1, 2, 3, 4, 5, 6])('seed %i: nothing is lost, doubled, forged, leaked or uncounted', async (seed) => {
  const { violations, observed } = await runSeed(seed, base);
  expect(violations).toEqual([]);
  expect(observed.stored.length).toBeGreaterThan(0);
});

/** The planted faults that the first seed finds. */
const obvious = ['stores fewer bytes than were sent', 'publishes under another id'];

test.each(mutants.filter(({ name }) => obvious.includes(name)))('the mistake "$name" is found', async (mutant) => {
  const planted = join(folder, mutant.name.replaceAll(' ', '-'));
  await plant(assembly(), mutant, planted);
  const { violations } = await runSeed(1, await aBase(planted, `${planted}-data`));
  expect(violations).toEqual(expect.arrayContaining([expect.stringMatching(`^${mutant.violates}: `)]));
});

test('every place where a mistake is planted is still there', async () => {
  for (const mutant of mutants) await plant(assembly(), mutant, join(folder, 'probe'));
});
