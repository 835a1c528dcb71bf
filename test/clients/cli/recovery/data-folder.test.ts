/** `operators reset` and `redrive` with `--local`, if it can't start. `test/e2e/recovery.test.ts` has what they do. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { assembly } from '../../../support/given.ts';
import { hooklatch } from '../given-terminal.ts';

describe.each([[['operators', 'reset']], [['redrive']]])('%j --local', (words) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hooklatch-local-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A folder that looks as if a runtime had used it. */
  function aDataFolder(): string {
    const data = join(folder, 'data');
    mkdirSync(join(data, 'dynamodb'), { recursive: true });
    writeFileSync(join(data, 'dynamodb', 'CURRENT'), '');
    return data;
  }

  test('takes no stage', async () => {
    const { code, err } = await hooklatch([...words, '--local', '--stage', 'prod']);
    const message = "option '--local' cannot be used with option '--stage <stage>'";
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  test.each([
    ['a folder that is no assembly', ['--app', '/nowhere'], '/nowhere/manifest.json can'],
    ['a stack that the app does not have', ['--app', assembly(), '--stack', 'Other'], 'has no stack Other'],
  ])('explains %s in one line', async (_, flags, message) => {
    const { code, out, err } = await hooklatch([...words, '--local', '--data', aDataFolder(), ...flags]);
    expect([code, out, err.trim().split('\n')]).toEqual([2, '', [expect.stringContaining(message)]]);
  });

  test('takes the assembly of npm start in the data folder, unless --app names another', async () => {
    const data = aDataFolder();
    mkdirSync(join(data, 'assembly'), { recursive: true });
    writeFileSync(join(data, 'assembly', 'manifest.json'), 'broken');
    const { err } = await hooklatch([...words, '--local', '--data', data]);
    expect(err).toContain(join(data, 'assembly', 'manifest.json'));
    rmSync(join(data, 'assembly'), { recursive: true });
    expect((await hooklatch([...words, '--local', '--data', data])).err).toContain(join('cdk.out', 'manifest.json'));
  });

  test.each([
    ['is not there', 'none', []],
    ['is empty', '.', []],
    ['has other files', '.', ['notes.txt']],
  ])('makes no data in a folder that %s', async (_, name, files) => {
    for (const file of files) writeFileSync(join(folder, file), '');
    const data = join(folder, name);
    const { code, err } = await hooklatch([...words, '--local', '--app', assembly(), '--data', data]);
    const message = `There is no data of a local runtime in ${data}. Name its folder: --data FOLDER`;
    expect([code, err, readdirSync(folder)]).toEqual([2, `${message}\n`, files]);
  });
});
