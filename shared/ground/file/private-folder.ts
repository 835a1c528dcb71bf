import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Thrown if a folder can't be made private to this user. The message is a clause about the folder, such as `it is a
 * file`.
 */
export class NotPrivate extends Error {
  override name = 'NotPrivate';
}

/**
 * Makes a folder private to this user, and creates it if needed. Only the owner can enter it afterwards, so other users
 * can't reach its files. The modes of the files don't matter.
 * @throws NotPrivate if the folder can't be created or changed, or if it or something in it belongs to another user
 */
export function claimFolder(folder: string): void {
  try {
    makeFolder(folder);
    refuseOthers(folder);
    chmodSync(folder, 0o700);
    refuseOthersIn(folder);
  } catch (error) {
    throw toNotPrivate(error);
  }
}

/** Creates a folder and its parents. Node's recursive mkdir never returns for a path below /proc. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return;
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    makeFolder(dirname(folder));
    mkdirSync(folder, { mode: 0o700 });
  }
}

/**
 * Refuses a folder of another user. For a symbolic link, checks the link and its target, because the link's owner can
 * change the target.
 */
function refuseOthers(folder: string): void {
  for (const { uid } of [lstatSync(folder), statSync(folder)]) {
    if (!isOwn(uid)) throw new NotPrivate(`it belongs to another user (uid ${uid})`);
  }
}

/**
 * Refuses a folder that contains files of other users. Other users may have added these files before the folder became
 * private.
 */
function refuseOthersIn(folder: string): void {
  for (const name of readdirSync(folder)) {
    const { uid } = lstatSync(join(folder, name));
    if (!isOwn(uid)) throw new NotPrivate(`${name} in it belongs to another user (uid ${uid})`);
  }
}

/** Always true on Windows, which has no user ids. */
const isOwn = (uid: number): boolean => process.geteuid === undefined || uid === process.geteuid();

const folderErrorReasons: Readonly<Record<string, string>> = {
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of its path is a file',
  EACCES: 'this user has no right to it',
  EPERM: 'this user has no right to it',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ELOOP: 'its links lead in a circle',
};

function toNotPrivate(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  // NotPrivate has no code. Only the errors of the file system have one.
  if (code === undefined) return error;
  return new NotPrivate(folderErrorReason(code) ?? `it can't be made (${code})`, { cause: error });
}

/** The reason for a file system error, in the same form as a NotPrivate message. */
export const folderErrorReason = (code: string): string | undefined => folderErrorReasons[code];
