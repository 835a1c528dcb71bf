import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { replaceFile } from '../../../../shared/ground/file/replace-file.ts';
import { syncFolder } from '../../../../shared/ground/file/sync-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'hooklatch-replace-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a file has the new text, belongs to this user alone, and leaves nothing beside it', () => {
  const own = mkdtempSync(join(folder, 'own-'));
  const path = join(own, 'state.json');
  replaceFile(path, 'a longer first text');
  replaceFile(path, 'second');
  expect(readFileSync(path, 'utf8')).toBe('second');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(own)).toEqual(['state.json']);
});

test('what an earlier write left behind does not matter', () => {
  const path = join(folder, 'again.json');
  writeFileSync(`${path}.tmp`, 'half of a text that was never finished');
  replaceFile(path, 'whole');
  expect(readFileSync(path, 'utf8')).toBe('whole');
});

test('a write that fails leaves no file, and the next one works', () => {
  const own = mkdtempSync(join(folder, 'fails-'));
  const path = join(own, 'secret.json');
  mkdirSync(path);
  expect(() => replaceFile(path, 'a secret')).toThrow('EISDIR');
  expect(readdirSync(own)).toEqual(['secret.json']);
  rmSync(path, { recursive: true });
  replaceFile(path, 'a secret');
  expect(readFileSync(path, 'utf8')).toBe('a secret');
});

test('a folder that is absent can’t be flushed', () => {
  syncFolder(folder);
  expect(() => syncFolder(join(folder, 'absent'))).toThrow('ENOENT');
});

test('Windows can’t open folders, and none is opened there', () => {
  const { platform } = process;
  Object.defineProperty(process, 'platform', { value: 'win32' });
  try {
    expect(() => syncFolder(join(folder, 'absent'))).not.toThrow();
  } finally {
    Object.defineProperty(process, 'platform', { value: platform });
  }
});

test('files and folders are closed again', () => {
  const open = () => readdirSync('/dev/fd').length;
  const before = open();
  for (let round = 0; round < 20; round += 1) replaceFile(join(folder, 'closed.json'), 'text');
  // Something else in this process may open a file meanwhile.
  expect(open() - before).toBeLessThan(10);
});
