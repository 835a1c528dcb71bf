/** What the cache of synthesized apps keeps, and for how long. */
import { mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openCache } from '../../../local/cloudformation/assembly-cache.ts';
import { temporaryFolder } from '../assembly-fixture.ts';

const minute = 60_000;

function aCache() {
  const folder = join(temporaryFolder(), 'cache');
  const cache = openCache(folder);
  /** Sets the time of the last use of what has this name. */
  const usedBefore = (start: string, milliseconds: number): void => {
    const time = new Date(Date.now() - milliseconds);
    for (const name of readdirSync(folder)) if (name.startsWith(start)) utimesSync(join(folder, name), time, time);
  };
  return {
    folder,
    cache,
    usedBefore,
    /** Keeps an assembly that was last used some time ago. */
    keep(key: string, ago = 0): void {
      const draft = cache.draft();
      writeFileSync(join(draft, 'template'), key);
      cache.keep(draft, key);
      usedBefore(`${key}-`, ago);
    },
    /** The keys of the assemblies that are kept. */
    keys: () =>
      readdirSync(folder)
        .filter((name) => !name.startsWith('draft-'))
        .map((name) => name.split('-')[0])
        .sort(),
  };
}

test('the six that were used last are kept', () => {
  const { cache, keep, keys } = aCache();
  for (const [at, key] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) keep(key, (10 - at) * minute);
  const out = join(temporaryFolder(), 'out');
  expect([cache.take('a', out), readFileSync(join(out, 'template'), 'utf8')]).toEqual([true, 'a']);
  keep('g');
  expect(keys()).toEqual(['a', 'c', 'd', 'e', 'f', 'g']);
});

test('a draft is removed once it is an hour old, because its run was killed', () => {
  const { folder, keep, usedBefore } = aCache();
  for (const name of ['draft-killed', 'draft-running']) mkdtempSync(join(folder, name));
  usedBefore('draft-killed', 61 * minute);
  usedBefore('draft-running', 59 * minute);
  keep('a');
  expect(readdirSync(folder).filter((name) => name.startsWith('draft-'))).toEqual([
    expect.stringMatching(/^draft-running/),
  ]);
});
