import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';

/**
 * The app runs but once, so that optimising the WebAssembly by which CDK validates a template takes far longer than it
 * saves: without it a synthesis takes half the time.
 */
export const appFlags = ['--wasm-lazy-compilation', '--liftoff-only'];

/**
 * Synthesizes the CDK app into `outDir`, which is emptied first, with the context of cdk.json as `cdk synth` does.
 * @param signal ends the app early, and rejects
 * @throws StartError with what the app wrote when it fails
 */
export async function synthesize(projectDir: string, outDir: string, signal?: AbortSignal): Promise<void> {
  rmSync(outDir, { recursive: true, force: true });
  const { context = {} } = JSON.parse(readFileSync(join(projectDir, 'cdk.json'), 'utf8')) as { context?: unknown };
  const app = spawn(process.execPath, [...appFlags, join('infra', 'app.ts')], {
    cwd: projectDir,
    env: { ...process.env, CDK_OUTDIR: outDir, CDK_CONTEXT_JSON: JSON.stringify(context) },
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
