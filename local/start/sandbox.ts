import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { synthesize } from '../cloudformation/synthesis.ts';
import { type Runtime, startRuntime } from '../runtime.ts';
import type { RuntimeOptions } from '../runtime-options.ts';
import { readBootstrapToken } from './bootstrap-token.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));

/** Options of the sandbox's runtime. The runtime listens on a free port unless `port` is set. */
export interface SandboxOptions extends Pick<RuntimeOptions, 'onLog' | 'onCall' | 'port' | 'command'> {
  /** The folder in which the temporary folder is made. Default: that of the system. */
  parent?: string;
}

/** A runtime in a temporary folder. The folder is removed when the runtime stops. */
export interface Sandbox {
  runtime: Runtime;
  /** The temporary folder. */
  folder: string;
  /** The folder of the synthesized assembly that the runtime runs. */
  assembly: string;
  /** A token with the role connection_admin. */
  operatorToken: string;
}

/** The user stopped the command with SIGINT or SIGTERM. */
export class Interrupted extends Error {}

/**
 * Synthesizes the app, starts it and passes it to `use`. Stops and removes it afterwards, even if `use` fails.
 * Signals are handled until the process ends, which the caller does by process.exit: a second Ctrl+C must not end the
 * removal half way.
 * @throws Interrupted at once on SIGINT or SIGTERM; the result of `use` is then ignored
 */
export async function inSandbox<T>(options: SandboxOptions, use: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interrupted.abort());
  const { signal } = interrupted;
  try {
    const { sandbox, close } = await open(options, signal);
    return await Promise.race([use(sandbox), aborted(signal)]).finally(close);
  } catch (error) {
    throw signal.aborted ? new Interrupted() : error;
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

async function open({ parent = tmpdir(), ...options }: SandboxOptions, signal: AbortSignal) {
  const folder = mkdtempSync(join(parent, 'hooklatch-sandbox-'));
  const assembly = join(folder, 'assembly');
  let runtime: Runtime | undefined;
  const close = async () => {
    await runtime?.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const synthesized = async () => {
      await synthesize(projectDir, assembly, { signal });
      return assembly;
    };
    runtime = await startRuntime({ ...options, assembly: synthesized, dataDir: join(folder, 'data') });
    const sandbox: Sandbox = { runtime, folder, assembly, operatorToken: (await readBootstrapToken(runtime)) ?? '' };
    signal.throwIfAborted();
    return { sandbox, close };
  } catch (error) {
    await close();
    throw error;
  }
}
