import { linkSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimFolder, folderErrorReason, NotPrivate } from '../../shared/ground/file/private-folder.ts';
import { StartError } from '../start/start-error.ts';
import { refuseForeignFolder, refuseNestedFolder } from './foreign-folder.ts';

/** A data folder that no other process may use. */
export interface DataFolderLock {
  /** Writes the port into the lock, once it is known. */
  announce(port: number): void;
  release(): void;
}

interface LockHolder {
  pid: number;
  port: number;
  /**
   * The start time of the process in kernel ticks. The start time shows whether the pid now belongs to another program.
   */
  startedAt?: string | undefined;
  /**
   * The locked folder, by device and inode. A copy of the folder contains a copy of the lock, and that lock names the
   * original folder.
   */
  folder?: string | undefined;
  /** The path of the locked folder. */
  path?: string | undefined;
}

/**
 * Creates the data folder (for this user only) and locks it. Takes over the lock of a process that no longer runs.
 * @param port the port in the lock until `announce` is called
 * @throws StartError that names the folder and the problem: a process uses it, it was copied while a process used it,
 * or it belongs to something else
 */
export function lockDataFolder(dataDir: string, port: number): DataFolderLock {
  claimDataFolder(dataDir);
  const file = join(dataDir, 'lock');
  const own: LockHolder = {
    pid: process.pid,
    port,
    startedAt: readProcessStat(process.pid).since,
    ...identityOf(dataDir),
  };
  lockOrTakeOver(dataDir, file, own);
  return {
    announce: (listening) => writeLock(file, { ...own, port: listening }, renameSync),
    release: () => rmSync(file, { force: true }),
  };
}

function lockOrTakeOver(dataDir: string, file: string, own: LockHolder): void {
  try {
    let holder = tryLock(file, own);
    if (holder && !isSameFolder(holder, own)) throw new StartError(copiedMessage(dataDir, file, holder));
    if (holder && !isAlive(holder)) {
      removeStaleLock(file, holder);
      holder = tryLock(file, own);
    }
    if (holder) {
      throw new StartError(
        `The data folder ${dataDir} is in use by process ${holder.pid} (port ${holder.port}): ` +
          'stop that process, or choose another folder with --data',
      );
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw unusableError(dataDir, folderErrorReason(code) ?? `its lock can't be written (${code})`, error);
  }
}

/** A runtime removes its lock when it stops. So a copy that contains a lock was made before the runtime stopped. */
const copiedMessage = (dataDir: string, file: string, { pid, port }: LockHolder): string =>
  `The data folder ${dataDir} was copied while process ${pid} (port ${port}) used it, or after that process was killed: ` +
  'recent writes may be missing or incomplete in the copy. Stop that runtime and copy the folder again ' +
  `(docs/backup-and-restore.md), or remove ${file} to start with the copy as it is`;

function claimDataFolder(dataDir: string): void {
  refuseForeignFolder(dataDir);
  refuseNestedFolder(dataDir);
  try {
    claimFolder(dataDir);
    hideFromGit(dataDir);
  } catch (error) {
    const reason =
      error instanceof NotPrivate ? error.message : folderErrorReason((error as NodeJS.ErrnoException).code ?? '');
    if (reason === undefined) throw error;
    throw unusableError(dataDir, reason, error);
  }
}

/** The folder contains secrets in plain text, and may lie in a repository. A .gitignore that is there stays as it is. */
function hideFromGit(dataDir: string): void {
  try {
    writeFileSync(join(dataDir, '.gitignore'), '*\n', { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

const unusableError = (dataDir: string, reason: string, cause: unknown): StartError =>
  new StartError(`The data folder ${dataDir} can't be used: ${reason}. Choose another folder with --data`, { cause });

function identityOf(dataDir: string): Pick<LockHolder, 'folder' | 'path'> {
  const { dev, ino } = statSync(dataDir, { bigint: true });
  return { folder: `${dev}:${ino}`, path: realpathSync(dataDir) };
}

/**
 * True if the lock's folder was moved or is reached by another path. False for a copy of the folder, even at the path
 * of the original. The same path and inode are enough, because a device may get another number when the machine
 * restarts.
 */
function isSameFolder(holder: LockHolder, own: LockHolder): boolean {
  // A lock that can't be read names no folder: it is taken as this folder's lock.
  if (holder.folder === undefined || holder.folder === own.folder) return true;
  return holder.path === own.path && inodeOf(holder) === inodeOf(own);
}

const inodeOf = ({ folder }: LockHolder): string | undefined => folder?.split(':')[1];

/** Takes the lock if it is free. Otherwise returns its holder. */
function tryLock(file: string, own: LockHolder): LockHolder | undefined {
  try {
    // linkSync creates the whole file or fails, so nobody reads an incomplete lock.
    writeLock(file, own, linkSync);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readLock(file) ?? tryLock(file, own);
  }
}

function writeLock(file: string, holder: LockHolder, place: (from: string, to: string) => void): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
    place(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Reads the holder of the lock. Returns undefined if the lock was just released. An unreadable lock has no holder. */
function readLock(file: string): LockHolder | undefined {
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

/** Removes a stale lock, unless another process took it over in the meantime. */
function removeStaleLock(file: string, stale: LockHolder): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readLock(aside)?.pid !== stale.pid) linkSync(aside, file);
  } catch {
    // The lock is gone or taken. The next attempt to take it shows which.
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
  const { state, since } = readProcessStat(pid);
  // A zombie was killed and does not use the folder. A zombie remains because its parent never waits for it, as in many
  // containers.
  if (state === 'Z' || state === 'X') return false;
  return !since || !startedAt || since === startedAt;
}

/** Known on Linux only. Elsewhere a reused pid counts as alive. */
function readProcessStat(pid: number): { state?: string | undefined; since?: string | undefined } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1)?.trim().split(' ') ?? [];
    return { state: fields[0], since: fields[19] };
  } catch {
    return {};
  }
}
