import { linkSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimFolder, folderErrorReason, NotPrivate } from '../../shared/base/private-folder.ts';
import { StartError } from '../start/start-error.ts';
import { refuseForeignFolder } from './foreign-folder.ts';

/** A data folder that this process has for itself. */
export interface DataFolderLock {
  /** Tells others the port, once it is known. */
  announce(port: number): void;
  release(): void;
}

interface LockHolder {
  pid: number;
  port: number;
  /** When the process began, in the kernel's ticks; tells a pid that was given to another program since. */
  startedAt?: string | undefined;
  /** Which folder it has, by device and inode: a copy of the folder holds a copy of the lock, which names the original. */
  folder?: string | undefined;
  /** Where that folder is. */
  path?: string | undefined;
}

/**
 * Makes the data folder (for this user only) and takes its lock; the lock of a process that is gone is taken over.
 * @param port what the lock says until `announce`
 * @throws StartError that names the folder and what is wrong: a process has it, it was copied while one had it, or it is
 * used for something else
 */
export function lockDataFolder(dataDir: string, port: number): DataFolderLock {
  claim(dataDir);
  const file = join(dataDir, 'lock');
  const own: LockHolder = { pid: process.pid, port, startedAt: statOf(process.pid).since, ...identityOf(dataDir) };
  takeOver(dataDir, file, own);
  return {
    announce: (listening) => write(file, { ...own, port: listening }, renameSync),
    release: () => rmSync(file, { force: true }),
  };
}

function takeOver(dataDir: string, file: string, own: LockHolder): void {
  try {
    let holder = take(file, own);
    if (holder && !isSameFolder(holder, own)) throw new StartError(copied(dataDir, file, holder));
    if (holder && !isAlive(holder)) {
      discard(file, holder);
      holder = take(file, own);
    }
    if (holder) {
      throw new StartError(
        `The data folder ${dataDir} is in use by process ${holder.pid} (port ${holder.port}): ` +
          'stop that one, or choose another folder with --data',
      );
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw unusable(dataDir, folderErrorReason(code) ?? `its lock can't be written (${code})`, error);
  }
}

/** A runtime removes its lock when it stops, so a copied lock says that the copy was not made after that. */
const copied = (dataDir: string, file: string, { pid, port }: LockHolder): string =>
  `The data folder ${dataDir} was copied while process ${pid} (port ${port}) used it, or after that was killed: ` +
  'recent writes may be missing or torn in the copy. Stop that runtime and copy again ' +
  `(docs/backup-and-restore.md), or remove ${file} to start with the copy as it is`;

function claim(dataDir: string): void {
  refuseForeignFolder(dataDir);
  try {
    claimFolder(dataDir);
  } catch (error) {
    if (!(error instanceof NotPrivate)) throw error;
    throw unusable(dataDir, error.message, error);
  }
}

const unusable = (dataDir: string, reason: string, cause: unknown): StartError =>
  new StartError(`The data folder ${dataDir} can't be used: ${reason}. Choose another folder with --data`, { cause });

function identityOf(dataDir: string): Pick<LockHolder, 'folder' | 'path'> {
  const { dev, ino } = statSync(dataDir, { bigint: true });
  return { folder: `${dev}:${ino}`, path: realpathSync(dataDir) };
}

/**
 * True for a folder that was moved or is reached by another path, false for a copy, even in the original's place.
 * A device may have another number after a restart of the machine; then path and inode tell.
 */
function isSameFolder(holder: LockHolder, own: LockHolder): boolean {
  // An older lock does not say which folder it is for: it counts.
  if (holder.folder === undefined || holder.folder === own.folder) return true;
  return holder.path === own.path && inodeOf(holder) === inodeOf(own);
}

const inodeOf = ({ folder }: LockHolder): string | undefined => folder?.split(':')[1];

/** Takes the lock if nobody has it; returns who has it otherwise. */
function take(file: string, own: LockHolder): LockHolder | undefined {
  try {
    // A link appears with its whole content or fails: nobody ever reads a lock that is half written.
    write(file, own, linkSync);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return read(file) ?? take(file, own);
  }
}

function write(file: string, holder: LockHolder, place: (from: string, to: string) => void): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
    place(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Who has the lock; undefined when it was released just now. What can't be read belongs to nobody. */
function read(file: string): LockHolder | undefined {
  try {
    const {
      pid = 0,
      port = 0,
      startedAt,
      folder,
      path,
    } = JSON.parse(readFileSync(file, 'utf8')) as Partial<LockHolder>;
    return { pid, port, startedAt, folder, path };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : { pid: 0, port: 0 };
  }
}

/** Puts a stale lock away, unless another process took it over in the meantime. */
function discard(file: string, stale: LockHolder): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside)?.pid !== stale.pid) linkSync(aside, file);
  } catch {
    // It is gone or taken: the next attempt to take it tells.
  } finally {
    rmSync(aside, { force: true });
  }
}

function isAlive({ pid, startedAt }: LockHolder): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const { state, since } = statOf(pid);
  // A zombie was killed, and holds nothing: it waits for a parent that never asks, as in many containers.
  if (state === 'Z' || state === 'X') return false;
  return !since || !startedAt || since === startedAt;
}

/** Known on Linux only; elsewhere a reused pid counts as alive. */
function statOf(pid: number): { state?: string | undefined; since?: string | undefined } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1)?.trim().split(' ') ?? [];
    return { state: fields[0], since: fields[19] };
  } catch {
    return {};
  }
}
