import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Why a folder can't be kept for this user alone, as the end of a sentence about it. */
export class NotPrivate extends Error {
  override name = 'NotPrivate';
}

/**
 * Makes a folder, or takes one that exists, for this user alone: only the owner may then enter it, so what is inside is
 * out of others' reach whatever its own mode is.
 * @throws NotPrivate when it can't be made or written, or when it, or something in it, belongs to another user
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

/** Makes a folder and all that leads to it. Node's own way of doing so never ends below /proc. */
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

/** A link counts as well as what it leads to: whoever owns the link can lead it elsewhere. */
function refuseOthers(folder: string): void {
  for (const { uid } of [lstatSync(folder), statSync(folder)]) {
    if (!isOwn(uid)) throw new NotPrivate(`it belongs to another user (uid ${uid})`);
  }
}

/** Before the folder was closed, others may have put something in. */
function refuseOthersIn(folder: string): void {
  for (const name of readdirSync(folder)) {
    const { uid } = lstatSync(join(folder, name));
    if (!isOwn(uid)) throw new NotPrivate(`${name} in it belongs to another user (uid ${uid})`);
  }
}

/** Windows has no numbered users. */
const isOwn = (uid: number): boolean => process.geteuid === undefined || uid === process.geteuid();

const folderErrorReasons: Readonly<Record<string, string>> = {
  EEXIST: 'it is a file',
  ENOTDIR: 'it leads through a file',
  EACCES: 'this user has no right to it',
  EPERM: 'this user has no right to it',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ELOOP: 'its links lead in a circle',
};

function toNotPrivate(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof NotPrivate || code === undefined) return error;
  return new NotPrivate(folderErrorReason(code) ?? `it can't be made (${code})`, { cause: error });
}

/** What an error of the file system means for a folder, in the words of NotPrivate. */
export const folderErrorReason = (code: string): string | undefined => folderErrorReasons[code];
