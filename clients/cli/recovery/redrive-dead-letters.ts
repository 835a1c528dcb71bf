/** Hands each dead letter again to the function that failed on it. */

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { deadLetterSchema } from '../../../shared/ground/aws/dead-letter.ts';
import { parseJson } from '../../../shared/ground/base/parse-json.ts';
import type { AwsConfig } from '../aws-config.ts';

export interface RedriveOptions {
  s3: S3Client;
  lambda: LambdaClient;
  bucket: string;
  /** Takes only objects whose keys begin with this text. */
  prefix?: string;
  /** Used instead of the functions that the objects name. */
  functionName?: string;
  dryRun: boolean;
  /** Called for each object. */
  report(redriven: Redriven): void;
}

/** What came of an object. `there` is one that was only listed. */
export interface Redriven {
  key: string;
  outcome: 'there' | 'done' | 'left';
  /** Why it is left. */
  reason?: string;
}

/** An object and what came of it, as a line. */
export const redrivenText = ({ key, outcome, reason }: Redriven): string =>
  `${outcome.padEnd(5)}  ${key}${reason === undefined ? '' : `: ${reason}`}`;

/** The clients that it needs. A local runtime has no host name for each bucket. */
export const deadLetterClients = (config: AwsConfig) => ({
  s3: new S3Client({ ...config, forcePathStyle: config.endpoint !== undefined }),
  lambda: new LambdaClient(config),
});

/** The answer of a function that reads a stream. As for Lambda, an empty answer means success. */
const answerSchema = z.nullable(z.object({ batchItemFailures: z.optional(z.nullable(z.array(z.unknown()))) }));

type DeadLetter = z.infer<typeof deadLetterSchema>;

/**
 * Reads an object. The ETag distinguishes it from a later object with the same key. `deadLetter` is undefined if the object is
 * not a dead letter.
 */
async function read({ s3, bucket }: RedriveOptions, Key: string): Promise<{ deadLetter?: DeadLetter; etag?: string }> {
  const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
  const text = (await Body?.transformToString()) ?? '';
  const parsed = deadLetterSchema.safeParse(parseJson(text));
  return { ...(parsed.success && { deadLetter: parsed.data }), ...(ETag && { etag: ETag }) };
}

const textOf = ({ payload }: DeadLetter): string => (typeof payload === 'string' ? payload : JSON.stringify(payload));

/**
 * Invokes a function with a batch.
 * @returns why it failed, or undefined if it did not
 */
async function invoke(lambda: LambdaClient, FunctionName: string, payload: string): Promise<string | undefined> {
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(payload) }));
  const text = Buffer.from(answer.Payload ?? '').toString() || 'null';
  // The error may quote the batch, so it is not printed. The function's log contains the error.
  if (answer.FunctionError) return `the function failed (${answer.FunctionError}), see its log`;
  const parsed = answerSchema.safeParse(parseJson(text));
  if (!parsed.success) return "the function's answer is not that of a stream reader";
  const failed = parsed.data?.batchItemFailures?.length ?? 0;
  return failed === 0 ? undefined : "the function still can't process it, see its log";
}

/**
 * Hands over one object's batch.
 * @returns why the object stays, or undefined if it was deleted
 */
async function handOver(options: RedriveOptions, Key: string): Promise<string | undefined> {
  const { s3, lambda, bucket, functionName } = options;
  const { deadLetter, etag } = await read(options, Key);
  if (!deadLetter) return 'is not a dead letter';
  const failure = await invoke(lambda, functionName ?? deadLetter.requestContext.functionArn, textOf(deadLetter));
  if (failure !== undefined) return failure;
  // If the function refuses a record again, it writes the record to the same key. The object at this key is then a new
  // one, and must stay.
  const { ETag } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key }));
  if (ETag !== etag) return 'was refused again, see the log of the function';
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
  return undefined;
}

async function keysOf({ s3, bucket, prefix }: RedriveOptions): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  }
  return keys;
}

/**
 * Hands over all objects, one after the other.
 * @returns how many were done, and how many are left
 */
export async function redriveDeadLetters(options: RedriveOptions): Promise<{ done: number; left: number }> {
  const { dryRun, report } = options;
  let done = 0;
  for (const key of await keysOf(options)) {
    if (dryRun) {
      report({ key, outcome: 'there' });
      continue;
    }
    const reason = await handOver(options, key).catch((error: Error) => `${error.name}: ${error.message}`);
    if (reason === undefined) done += 1;
    report(reason === undefined ? { key, outcome: 'done' } : { key, outcome: 'left', reason });
  }
  // Counts again: a function may accept a batch and write some of its records back as new dead letters.
  return { done, left: (await keysOf(options)).length };
}
