/** `npm run redrive` against a runtime. */
import { spawn } from 'node:child_process';
import type { World } from '../given.ts';

/** Runs the operator's command against the runtime. */
export async function redrive(
  { runtime }: World,
  ...flags: string[]
): Promise<{ exitCode: number | null; lines: string[] }> {
  const { url, region, administrator } = runtime.aws;
  const bucket = runtime.outputs['FailuresBucket'] ?? '';
  const args = ['ops/redrive.ts', '--bucket', bucket, '--endpoint', url, '--region', region, ...flags];
  const { accessKeyId, secretAccessKey } = administrator;
  const env = { PATH: process.env['PATH'], AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const command = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const written: string[] = [];
  for (const stream of [command.stdout, command.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => written.push(text));
  }
  const exitCode = await new Promise<number | null>((resolve) => command.once('close', resolve));
  return { exitCode, lines: written.join('').trim().split('\n') };
}
