/** Some of the seeds of `npm run test:chaos`, which runs a thousand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { assembly } from '../support/given.ts';
import { aBase, type Base, runSeed } from './seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'hooklatch-chaos-'));
let base: Base;
beforeAll(async () => {
  base = await aBase(assembly(), join(folder, 'base'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The last one sets the clock back after a replay has begun. */
const seeds = [...Array.from({ length: 20 }, (_, at) => at + 1), 555_075];

test.each(seeds)('seed %i: nothing is lost, duplicated, forged, leaked or uncounted', async (seed) => {
  const { violations, observed } = await runSeed(seed, base);
  expect(violations).toEqual([]);
  expect(observed.stored.length).toBeGreaterThan(0);
});
