import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start/start-error.ts';
import { copyFolder, openCache } from './assembly-cache.ts';
import { folderDigest } from './folder-digest.ts';

/**
 * Flags for the CDK app's process, which halve the time of a synthesis. CDK validates templates with WebAssembly; the
 * app runs once, so optimizing that code costs more time than it saves.
 */
export const appFlags = ['--wasm-lazy-compilation', '--liftoff-only'];

export interface SynthesisOptions {
  /** Stops the app early. The synthesis then rejects. */
  signal?: AbortSignal | undefined;
  /** Receives a line for the terminal. */
  onStage?: (line: string) => void;
}

/** The inputs of a synthesis. The lock file in node_modules names the versions that are installed. */
const inputs = [
  'console',
  'infra',
  'functions',
  'shared',
  'cdk.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'node_modules/.package-lock.json',
];

/**
 * Writes the CDK app's assembly to `outDir`, which is emptied first. Uses the context of cdk.json, like `cdk synth`. If
 * nothing has changed since an earlier call, the assembly comes from a cache.
 * @throws StartError with the app's output if the app fails
 */
export async function synthesize(projectDir: string, outDir: string, options: SynthesisOptions = {}): Promise<void> {
  const { context = {} } = JSON.parse(readFileSync(join(projectDir, 'cdk.json'), 'utf8')) as { context?: unknown };
  const environment = JSON.stringify(context);
  const key = folderDigest(projectDir, inputs, [environment, process.version]);
  const cache = openCache(join(projectDir, 'node_modules', '.cache', 'hooklatch'));
  const { onStage = () => undefined } = options;
  if (cache.take(key, outDir)) return onStage('The app has not changed: using its last synthesis');
  onStage('Synthesizing the app …');
  const draft = cache.draft();
  try {
    await runApp(projectDir, { CDK_OUTDIR: draft, CDK_CONTEXT_JSON: environment }, options.signal);
    copyFolder(draft, outDir);
    cache.keep(draft, key);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function runApp(projectDir: string, env: Record<string, string>, signal: AbortSignal | undefined): Promise<void> {
  const app = spawn(process.execPath, [...appFlags, join('infra', 'app.ts')], {
    cwd: projectDir,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const written: string[] = [];
  for (const stream of [app.stdout, app.stderr]) stream.setEncoding('utf8').on('data', (text) => written.push(text));
  const code = await new Promise<number | string>((resolve, reject) => {
    // A stopped app may still be writing. After its close event, it no longer writes to the folder.
    app.once('error', (error) => signal?.aborted || reject(error));
    app.once('close', (exit, killed) => resolve(exit ?? killed ?? 1));
  });
  signal?.throwIfAborted();
  if (code !== 0) throw new StartError(`The CDK app could not be synthesized (${code}):\n${written.join('').trim()}`);
}
