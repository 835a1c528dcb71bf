/** `npm run redrive` against a runtime. */
import { spawn } from 'node:child_process';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { redriveDeadLetters } from '../../ops/redrive-dead-letters.ts';
import type { World } from '../support/given.ts';

/** Redrives everything, as the command does without flags, but in this process, which takes less time. */
export async function redriveAll({ runtime }: World): Promise<{ lines: string[]; done: number; left: number }> {
  const { url: endpoint, region, administrator: credentials } = runtime.aws;
  const config = { endpoint, region, credentials };
  const [lambda, s3] = [new LambdaClient(config), new S3Client({ ...config, forcePathStyle: true })];
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const bucket = runtime.outputs['FailuresBucket'] ?? '';
  const counts = await redriveDeadLetters({ s3, lambda, bucket, print, dryRun: false });
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
