import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start/start-error.ts';
import { copyFolder, openCache } from './assembly-cache.ts';
import { folderDigest } from './folder-digest.ts';

/**
 * The app runs but once, so that optimising the WebAssembly by which CDK validates a template takes far longer than it
 * saves: without it a synthesis takes half the time.
 */
export const appFlags = ['--wasm-lazy-compilation', '--liftoff-only'];

export interface SynthesisOptions {
  /** Ends the app early, and rejects. */
  signal?: AbortSignal | undefined;
  /** Takes a line for the terminal. */
  onStage?: (line: string) => void;
}

/** All that a synthesis depends on. The lock file within node_modules says what is really installed. */
const inputs = [
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
 * Brings the CDK app's assembly into `outDir`, which is emptied first, with the context of cdk.json as `cdk synth` does.
 * When nothing has changed since an earlier call, it comes from a cache.
 * @throws StartError with what the app wrote when it fails
 */
export async function synthesize(projectDir: string, outDir: string, options: SynthesisOptions = {}): Promise<void> {
  const { context = {} } = JSON.parse(readFileSync(join(projectDir, 'cdk.json'), 'utf8')) as { context?: unknown };
  const environment = JSON.stringify(context);
  const key = folderDigest(projectDir, inputs, [environment, process.version]);
  const cache = openCache(join(projectDir, 'node_modules', '.cache', 'hooklatch'));
  const { onStage = () => undefined } = options;
  if (cache.take(key, outDir)) return onStage('The app is as it was: not synthesized again');
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
    // An app that is ended may still be writing: only its close says that the folder is left alone.
    app.once('error', (error) => signal?.aborted || reject(error));
    app.once('close', (exit, killed) => resolve(exit ?? killed ?? 1));
  });
  signal?.throwIfAborted();
  if (code !== 0) throw new StartError(`The CDK app could not be synthesized (${code}):\n${written.join('').trim()}`);
}
