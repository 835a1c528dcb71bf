/**
 * The first seed finds these planted faults, so its checks can fail. Each is a start and a whole seed, so `npm run test:full` runs
 * this file, and `npm test` does not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { assembly } from '../support/given.ts';
import { plant } from './mutant.ts';
import { mutants } from './mutants.ts';
import { aBase, runSeed } from './seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'hooklatch-planted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const obvious = ['stores fewer bytes than were sent', 'publishes under another id', 'signs another id'];

test.each(mutants.filter(({ name }) => obvious.includes(name)))(
  'the planted fault "$name" is found',
  async (mutant) => {
    const planted = join(folder, mutant.name.replaceAll(' ', '-'));
    await plant(assembly(), mutant, planted);
    const { violations } = await runSeed(1, await aBase(planted, `${planted}-data`));
    expect(violations).toEqual(expect.arrayContaining([expect.stringMatching(`^${mutant.violates}: `)]));
  },
);
