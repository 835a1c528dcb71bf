/** What the command line gets from its surroundings. Tests give their own. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

export interface Terminal {
  stdin: Readable & { isTTY?: boolean };
  /** Answers. */
  stdout: Writable & { isTTY?: boolean };
  /** Questions, notes and errors. */
  stderr: Writable & { isTTY?: boolean };
  env: Readonly<Record<string, string | undefined>>;
  /** The folder with the profiles. */
  profileFolder: string;
  /** The folder in which commands keep how far they are. */
  stateFolder: string;
  fetch: typeof globalThis.fetch;
  /** Waits, or until the signal aborts. */
  wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  now: () => Date;
  /** The milliseconds since the program was started, by a clock that nobody sets. */
  uptime: () => number;
  /** A number from 0 to 1. */
  random: () => number;
  /** Calls the listener at each Ctrl-C from now on. The process then ends by its command alone. */
  onInterrupt: (listener: () => void) => void;
}

const interrupts = ['SIGINT', 'SIGTERM'] as const;

/** The surroundings of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    stdin,
    stdout,
    stderr,
    env,
    profileFolder: join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'hooklatch'),
    stateFolder: join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'hooklatch'),
    fetch: globalThis.fetch,
    wait: (ms, signal) => wait(ms, undefined, { ...(signal && { signal }) }).catch(() => {}),
    now: () => new Date(),
    uptime: () => performance.now(),
    random: Math.random,
    onInterrupt(listener) {
      for (const signal of interrupts) process.on(signal, listener);
    },
  };
}
