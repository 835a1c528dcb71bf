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
  stderr: Writable;
  env: Readonly<Record<string, string | undefined>>;
  /** The folder with the profiles. */
  profileFolder: string;
  fetch: typeof globalThis.fetch;
  wait: (ms: number) => Promise<void>;
  now: () => Date;
}

/** The surroundings of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    stdin,
    stdout,
    stderr,
    env,
    profileFolder: join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'hooklatch'),
    fetch: globalThis.fetch,
    wait: async (ms) => void (await wait(ms)),
    now: () => new Date(),
  };
}
