/** Errors that end the app before it is synthesized. */
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { claimOutputFolder } from '../../infra/deploy-settings/output-folder.ts';
import { orExit, SettingError } from '../../infra/deploy-settings/setting-error.ts';
import { runApp } from './given-template.ts';

const base = mkdtempSync(join(tmpdir(), 'hooklatch-app-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

test('an invalid setting ends the app with one line', async () => {
  const { exitCode, output } = await runApp({ stage: 'a\r\nb' }, join(base, 'unused'));
  expect({ exitCode, output }).toEqual({
    exitCode: 1,
    output: "-c stage=a b can't be used; use dev or prod\n",
  });
});

test('an output folder that is a file ends the app with one line', async () => {
  const file = join(base, 'file');
  writeFileSync(file, '');
  const { exitCode, output } = await runApp({ stage: 'dev' }, file);
  const line = `${file} can't be used for the synthesized app: it is a file. Remove it, or name another folder with --output.`;
  expect({ exitCode, output }).toEqual({ exitCode: 1, output: `${line}\n` });
});

/** A folder of another user. Only root can give a folder away. Other users get /usr, which belongs to root. */
function aFolderOfSomebodyElse(): { folder: string; owner: number } {
  if (process.geteuid?.() !== 0) return { folder: '/usr', owner: 0 };
  const [folder, owner] = [mkdtempSync(join(base, 'theirs-')), 65_534];
  chmodSync(folder, 0o777);
  chownSync(folder, owner, owner);
  return { folder, owner };
}

test('an output folder of another user is refused', () => {
  const { folder, owner } = aFolderOfSomebodyElse();
  const line = `${folder} can't be used for the synthesized app: it belongs to another user (uid ${owner}). Remove it, or name another folder with --output.`;
  expect(() => claimOutputFolder(folder)).toThrow(SettingError);
  expect(() => claimOutputFolder(folder)).toThrow(line);
});

test('a bug in the app is thrown with its stack', () => {
  const fault = new TypeError('a fault');
  const read = () => {
    throw fault;
  };
  expect(() => orExit(read)).toThrow(fault);
});
