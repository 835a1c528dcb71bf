import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { claimFolder, NotPrivate } from '../../../../shared/ground/file/private-folder.ts';

const base = mkdtempSync(join(tmpdir(), 'hooklatch-private-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let folders = 0;
const aFolder = (mode: number): string => {
  const folder = join(base, `given-${++folders}`);
  mkdirSync(folder);
  chmodSync(folder, mode);
  return folder;
};
/** Only root can change a file's owner. Without root, use a system folder, which belongs to another user. */
const isRoot = process.geteuid?.() === 0;
const somebodyElse = 65_534;
const aFolderOfSomebodyElse = (): string => {
  if (!isRoot) return '/usr';
  const folder = aFolder(0o777);
  chownSync(folder, somebodyElse, somebodyElse);
  return folder;
};
const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('claiming a private folder', () => {
  test.each([0o777, 0o755, 0o770, 0o500])('closes an existing folder with mode %i to other users', (mode) => {
    const folder = aFolder(mode);
    claimFolder(folder);
    expect(modeOf(folder)).toBe(0o700);
  });

  test('creates the folder and its parents', () => {
    const outer = join(base, 'outer');
    claimFolder(join(outer, 'inner'));
    expect([modeOf(outer), modeOf(join(outer, 'inner'))]).toEqual([0o700, 0o700]);
  });

  test('creates each missing folder for this user alone', () => {
    const path = ['one', 'one/two', 'one/two/three'].map((name) => join(base, name));
    claimFolder(path[2] as string);
    expect(path.map(modeOf)).toEqual([0o700, 0o700, 0o700]);
  });

  test('keeps the files of this user in it', () => {
    const folder = aFolder(0o755);
    writeFileSync(join(folder, 'file'), 'text');
    claimFolder(folder);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('text');
  });

  test('asks for no owner where users have no ids', () => {
    const { geteuid } = process;
    Object.assign(process, { geteuid: undefined });
    try {
      const folder = aFolder(0o755);
      claimFolder(folder);
      expect(modeOf(folder)).toBe(0o700);
    } finally {
      Object.assign(process, { geteuid });
    }
  });

  test('that fails throws a NotPrivate with its cause', () => {
    const file = join(base, 'another-file');
    writeFileSync(file, '');
    let caught: unknown;
    try {
      claimFolder(file);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(NotPrivate);
    expect(caught).toMatchObject({ name: 'NotPrivate', cause: { code: 'EEXIST' } });
  });

  test('follows a link of the same user', () => {
    const folder = aFolder(0o755);
    const link = join(base, 'link');
    symlinkSync(folder, link);
    claimFolder(link);
    expect(modeOf(folder)).toBe(0o700);
  });

  test('is refused for a dangling link', () => {
    const link = join(base, 'dangling');
    symlinkSync(join(base, 'nowhere'), link);
    expect(() => claimFolder(link)).toThrow("it can't be made (ENOENT)");
  });

  test('is refused for a file', () => {
    const file = join(base, 'file');
    writeFileSync(file, '');
    expect(() => claimFolder(file)).toThrow('it is a file');
    expect(() => claimFolder(join(file, 'inner'))).toThrow('a part of its path is a file');
  });

  test('is refused for a folder of another user, and for a link to it', () => {
    const folder = aFolderOfSomebodyElse();
    const link = join(base, 'link-to-somebody-else');
    symlinkSync(folder, link);
    const { mode, uid } = statSync(folder);
    const message = `it belongs to another user (uid ${uid})`;
    expect(() => claimFolder(folder)).toThrow(message);
    expect(() => claimFolder(link)).toThrow(message);
    expect(statSync(folder).mode).toBe(mode);
  });

  test('is refused if this user may not create the folder', () => {
    const closed = aFolder(0o500);
    const make = () => claimFolder(join(closed, 'inner'));
    // Root may do everything, so the test runs as another user here.
    if (isRoot) process.seteuid?.(somebodyElse);
    try {
      expect(make).toThrow('this user has no right to it');
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  const asRoot = isRoot ? ['file', 'link'] : [];
  test('is refused if the folder contains a file or a link of another user', () => {
    let refused = 0;
    for (const kind of asRoot) {
      refused += 1;
      const folder = aFolder(0o777);
      const planted = join(folder, kind);
      if (kind === 'file') writeFileSync(planted, '');
      else symlinkSync('/nowhere', planted);
      lchownSync(planted, somebodyElse, somebodyElse);
      expect(() => claimFolder(folder)).toThrow(`${kind} in it belongs to another user (uid ${somebodyElse})`);
    }
    // Only root can give a file to another user.
    expect(refused).toBe(isRoot ? 2 : 0);
  });

  test('is refused for a link of another user, even if it leads to a folder of this user', () => {
    let refused = 0;
    for (const _ of asRoot.slice(1)) {
      refused += 1;
      const link = join(base, 'link-of-somebody-else');
      symlinkSync(aFolder(0o755), link);
      lchownSync(link, somebodyElse, somebodyElse);
      expect(() => claimFolder(link)).toThrow(`it belongs to another user (uid ${somebodyElse})`);
    }
    expect(refused).toBe(isRoot ? 1 : 0);
  });

  test('is refused for a link to itself', () => {
    const link = join(base, 'circle');
    symlinkSync(link, link);
    expect(() => claimFolder(join(link, 'inner'))).toThrow('its links lead in a circle');
  });
});
