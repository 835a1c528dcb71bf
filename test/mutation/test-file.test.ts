import { describe, expect, test } from '@jest/globals';
import { collect, type Run, TestFile } from './test-file.ts';

const all: Run = { wanted: 'all', isBailing: false, onTest: () => {} };
const fail = () => {
  throw new Error('broken');
};

/** A file with a test at its top, and two in a block with all four hooks. Writes down what runs. */
function aFile(changed: { before?: () => void; first?: () => void; after?: () => void } = {}) {
  const log: string[] = [];
  const step = (name: string, then?: () => void) => () => {
    log.push(name);
    then?.();
  };
  const file = new TestFile('a.test.ts');
  file.addHook('beforeEach', step('outer before'));
  file.addTest('top', step('top'));
  file.addBlock('block', () => {
    file.addHook('beforeAll', step('open', changed.before));
    file.addHook('beforeEach', step('before'));
    file.addTest('first', step('first', changed.first));
    file.addTest('second', step('second'));
    file.addHook('afterEach', step('after'));
    file.addHook('afterAll', step('close', changed.after));
  });
  return { file, log };
}

const failures = (results: { id: string; failure: string | undefined }[]) =>
  results.filter(({ failure }) => failure !== undefined).map(({ id }) => id);

describe('a file of tests', () => {
  test('runs in the order in which it was written, with its hooks', async () => {
    const { file, log } = aFile();
    const results = await file.run(all);
    expect(log.join(', ')).toBe(
      'outer before, top, open, outer before, before, first, after, outer before, before, second, after, close',
    );
    expect(results.map(({ id }) => id)).toEqual(['a.test.ts#top', 'a.test.ts#block first', 'a.test.ts#block second']);
    expect(failures(results)).toEqual([]);
  });

  test('runs the wanted tests alone', async () => {
    const { file, log } = aFile();
    await file.run({ ...all, wanted: new Set(['a.test.ts#block second']) });
    expect(log).toEqual(['open', 'outer before', 'before', 'second', 'after', 'close']);
  });

  test('opens no block without a wanted test', async () => {
    const { file, log } = aFile();
    await file.run({ ...all, wanted: new Set(['a.test.ts#top']) });
    expect(log).toEqual(['outer before', 'top']);
  });

  test('stops at the first failure, and still cleans up', async () => {
    const { file, log } = aFile({ first: fail });
    expect(failures(await file.run({ ...all, isBailing: true }))).toEqual(['a.test.ts#block first']);
    expect(log.slice(-3)).toEqual(['first', 'after', 'close']);
  });

  test('fails all tests of a block that can not be opened', async () => {
    const { file, log } = aFile({ before: fail });
    expect(failures(await file.run(all))).toEqual(['a.test.ts#block first', 'a.test.ts#block second']);
    expect(log).toContain('outer before');
    expect(log).not.toContain('first');
  });

  test('fails the last test of a block that can not be closed', async () => {
    const { file } = aFile({ after: fail });
    expect(failures(await file.run(all))).toEqual(['a.test.ts#block second']);
  });

  test('awaits a promise, and a rejection is a failure', async () => {
    const file = new TestFile('a.test.ts');
    file.addTest('late', async () => {
      await Promise.resolve();
      fail();
    });
    expect(await file.run(all)).toMatchObject([{ id: 'a.test.ts#late', failure: 'broken' }]);
  });

  test('gives two tests of one name two ids', async () => {
    const file = new TestFile('a.test.ts');
    for (let times = 0; times < 3; times += 1) file.addTest('same', () => {});
    const ids = (await file.run(all)).map(({ id }) => id);
    expect(ids).toEqual(['a.test.ts#same', 'a.test.ts#same (again)', 'a.test.ts#same (again) (again)']);
  });

  test('says before and after each test which one runs', async () => {
    const { file } = aFile();
    const seen: (string | undefined)[] = [];
    await file.run({ ...all, onTest: (id) => seen.push(id) });
    expect(seen).toEqual([
      'a.test.ts#top',
      undefined,
      'a.test.ts#block first',
      undefined,
      'a.test.ts#block second',
      undefined,
    ]);
  });
});

test('collect passes on an error of loading the file', async () => {
  await expect(collect('a.test.ts', async () => fail())).rejects.toThrow('broken');
});
