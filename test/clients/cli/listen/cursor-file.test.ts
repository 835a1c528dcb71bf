/** Where `listen` keeps how far it is. */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cursorFile, saveStart } from '../../../../clients/cli/listen/cursor-file.ts';
import { startAt } from '../../../../shared/operators/wait/read-position.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hooklatch-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const key = ['https://hooks.example.com', 'orders', 'http://localhost:3000 abc'];
const cursor = { position: startAt('2026-03-01T12:00:00.000Z'), sending: { id: 'evt_1', attempts: 2 } };

test('is read as it was written, by its owner alone', () => {
  const file = cursorFile(folder, key);
  expect(file.read()).toBeUndefined();
  file.write(cursor);
  expect(cursorFile(folder, key).read()).toEqual(cursor);
  expect(statSync(file.path).mode & 0o777).toBe(0o600);
});

test('each connection and each program has its own', () => {
  cursorFile(folder, key).write(cursor);
  expect(cursorFile(folder, [...key.slice(0, 2), 'http://localhost:4000 abc']).read()).toBeUndefined();
  expect(readdirSync(folder).join()).toMatch(/^[0-9a-f]{24}\.json$/);
});

test.each(['', '{', '[]', '{"position": {"from": 1}}'])('the content %j is refused with what to do', (content) => {
  const file = cursorFile(folder, key);
  writeFileSync(file.path, content);
  expect(() => file.read()).toThrow(`${file.path} does not say how far listen was. Remove it`);
});

test('a file that can’t be written at the start is an error that says what to do', () => {
  const file = cursorFile(folder, key);
  const full = () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  };
  expect(() => saveStart({ ...file, write: full }, cursor)).toThrow(
    `${file.path} can't be written (ENOSPC). Make room there, or set XDG_STATE_HOME to another folder.`,
  );
});

test('a folder that can’t be made is an error that names it', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => cursorFile(join(folder, 'file', 'listen'), key)).toThrow(`The folder ${join(folder, 'file', 'listen')}`);
});
