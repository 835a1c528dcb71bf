import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start/start-error.ts';
import { copyFolder, keyOf, openCache } from './assembly-cache.ts';

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
  /** Whether a console that is not built yet is left out. Default: false. */
  leaveOutUnbuiltConsole?: boolean;
}

/** The context with which the app reads no file of a stage, because those describe deployments in AWS. */
const withoutStageFile = { 'hooklatch:withoutStageFile': true };

/** This machine's own addresses. Here a destination may be a program of the same machine. */
const thisMachine = ['127.0.0.0/8', '::1/128'];

/** The ranges of the app's context and this machine. In a context they can be a list, or a text with commas. */
const allowedHere = (given: unknown = []): unknown[] => [
  ...(typeof given === 'string' ? given.split(',') : [given].flat()),
  ...thisMachine,
];

/** The context with which the app leaves out a console that is not built. See `infra/serve-files.ts`. */
const withoutConsole = {
  'hooklatch:leaveOutUnbuiltConsole': true,
  // The app adds an error to such an assembly. It must stop a deployment, but not the app.
  '@aws-cdk/core:annotationsInValidationReport': false,
};

const hasConsole = (assembly: string): boolean =>
  readdirSync(assembly).some((name) => existsSync(join(assembly, name, 'sites', 'console', 'index.html')));

/**
 * Writes the CDK app's assembly to `outDir`, which is emptied first. Uses the context of cdk.json, like `cdk synth`, but no file of a
 * stage. If
 * nothing has changed since an earlier call, the assembly comes from a cache.
 * @returns whether the assembly is complete: without the console, `cdk` does not deploy it
 * @throws StartError with the app's output if the app fails
 */
export async function synthesize(projectDir: string, outDir: string, options: SynthesisOptions = {}): Promise<boolean> {
  const { context = {} } = JSON.parse(readFileSync(join(projectDir, 'cdk.json'), 'utf8')) as {
    context?: { allowPrivate?: unknown };
  };
  const localContext = { ...context, ...withoutStageFile, allowPrivate: allowedHere(context.allowPrivate) };
  const environment = JSON.stringify(localContext);
  const key = keyOf(projectDir, environment);
  const cache = openCache(join(projectDir, 'node_modules', '.cache', 'hooklatch'));
  const { onStage = () => undefined } = options;
  if (cache.take(key, outDir)) {
    onStage('The app has not changed: using its last synthesis');
    return true;
  }
  onStage('Synthesizing the app …');
  const draft = cache.draft();
  try {
    const given = options.leaveOutUnbuiltConsole ? JSON.stringify({ ...localContext, ...withoutConsole }) : environment;
    await runApp(projectDir, { CDK_OUTDIR: draft, CDK_CONTEXT_JSON: given }, options.signal);
    copyFolder(draft, outDir);
    const isComplete = !options.leaveOutUnbuiltConsole || hasConsole(draft);
    if (isComplete) cache.keep(draft, key);
    return isComplete;
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
