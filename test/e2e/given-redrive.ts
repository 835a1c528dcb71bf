/** `hooklatch redrive` against a runtime. */
import { spawn } from 'node:child_process';
import {
  deadLetterClients,
  type Redriven,
  redriveDeadLetters,
  redrivenText,
} from '../../clients/cli/recovery/redrive-dead-letters.ts';
import type { World } from '../support/given.ts';

/** Redrives everything, as the command does without flags, but in this process, which takes less time. */
export async function redriveAll({ runtime }: World): Promise<{ lines: string[]; done: number; left: number }> {
  const { url: endpoint, region, administrator: credentials } = runtime.aws;
  const { s3, lambda } = deadLetterClients({ endpoint, region, credentials });
  const lines: string[] = [];
  const report = (letter: Redriven) => lines.push(redrivenText(letter));
  const bucket = runtime.outputs['FailuresBucket'] ?? '';
  const counts = await redriveDeadLetters({ s3, lambda, bucket, report, dryRun: false });
  lambda.destroy();
  s3.destroy();
  return { lines, ...counts };
}

/** Runs the operator's command with these flags against the runtime. */
export async function redrive(
  { runtime }: World,
  ...flags: string[]
): Promise<{ exitCode: number | null; lines: string[] }> {
  const { url, region, administrator } = runtime.aws;
  const bucket = runtime.outputs['FailuresBucket'] ?? '';
  const args = ['clients/cli/main.ts', 'redrive', '--bucket', bucket, ...flags];
  const { accessKeyId, secretAccessKey } = administrator;
  const env = {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  const command = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const written: string[] = [];
  for (const stream of [command.stdout, command.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => written.push(text));
  }
  const exitCode = await new Promise<number | null>((resolve) => command.once('close', resolve));
  return { exitCode, lines: written.join('').trim().split('\n') };
}
