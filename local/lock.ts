import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

/** A data folder that this process has for itself. */
export interface Lock {
  /** Tells others the port, once it is known. */
  announce(port: number): void;
  release(): void;
}

interface Holder {
  pid: number;
  port: number;
  /** When the process began, in the kernel's ticks; tells a pid that was given to another program since. */
  startedAt?: string | undefined;
}

/**
 * Makes the data folder (for this user only) and takes its lock; the lock of a process that is gone is taken over.
 * @param port what the lock says until `announce`
 * @throws StartError that names the folder and the process which has it
 */
export function lockDataDir(dataDir: string, port: number): Lock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'lock');
  const own: Holder = { pid: process.pid, port, startedAt: statOf(process.pid).since };
  let holder = take(file, own);
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
  return {
    announce: (listening) => write(file, { ...own, port: listening }, renameSync),
    release: () => rmSync(file, { force: true }),
  };
}

/** Takes the lock if nobody has it; returns who has it otherwise. */
function take(file: string, own: Holder): Holder | undefined {
  try {
    // A link appears with its whole content or fails: nobody ever reads a lock that is half written.
    write(file, own, linkSync);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return read(file) ?? take(file, own);
  }
}

function write(file: string, holder: Holder, place: (from: string, to: string) => void): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    place(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Who has the lock; undefined when it was released just now. What can't be read belongs to nobody. */
function read(file: string): Holder | undefined {
  try {
    const { pid = 0, port = 0, startedAt } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    return { pid, port, startedAt };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : { pid: 0, port: 0 };
  }
}

/** Puts a stale lock away, unless another process took it over in the meantime. */
function discard(file: string, stale: Holder): void {
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

function isAlive({ pid, startedAt }: Holder): boolean {
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
