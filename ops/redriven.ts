import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { deadLetterSchema } from '../shared/aws/dead-letter.ts';

export interface RedriveOptions {
  s3: S3Client;
  lambda: LambdaClient;
  bucket: string;
  /** Only objects whose keys begin so. */
  prefix?: string;
  /** Instead of the functions that the objects name. */
  functionName?: string;
  dryRun: boolean;
  /** Takes one line for each object. */
  print(line: string): void;
}

/** What a function that reads a stream answers; like Lambda, this takes an answer that is empty for success. */
const answerSchema = z.nullable(z.object({ batchItemFailures: z.optional(z.nullable(z.array(z.unknown()))) }));

type Failure = z.infer<typeof deadLetterSchema>;

/** The batch of an object, and what tells this object from a later one of the same key; undefined if it is none. */
async function read({ s3, bucket }: RedriveOptions, Key: string): Promise<{ failure?: Failure; etag?: string }> {
  const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
  const text = (await Body?.transformToString()) ?? '';
  const parsed = deadLetterSchema.safeParse(asJson(text));
  return { ...(parsed.success && { failure: parsed.data }), ...(ETag && { etag: ETag }) };
}

const textOf = ({ payload }: Failure): string => (typeof payload === 'string' ? payload : JSON.stringify(payload));

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Invokes the function with a batch. @returns what it still fails on, or undefined */
async function complaintOf(lambda: LambdaClient, FunctionName: string, payload: string): Promise<string | undefined> {
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(payload) }));
  const text = Buffer.from(answer.Payload ?? '').toString() || 'null';
  // A function's error may quote what it was given; its log has it.
  if (answer.FunctionError) return `the function failed (${answer.FunctionError}), see its log`;
  const parsed = answerSchema.safeParse(asJson(text));
  if (!parsed.success) return 'the function answers what no reader of a stream does';
  const failed = parsed.data?.batchItemFailures?.length ?? 0;
  return failed === 0 ? undefined : 'the function can not carry it on now, see its log';
}

/** Hands one object's batch over. @returns why the object stays, or undefined once it is deleted */
async function handOver(options: RedriveOptions, Key: string): Promise<string | undefined> {
  const { s3, lambda, bucket, functionName } = options;
  const { failure, etag } = await read(options, Key);
  if (!failure) return 'is no failed batch';
  const complaint = await complaintOf(lambda, functionName ?? failure.requestContext.functionArn, textOf(failure));
  if (complaint !== undefined) return complaint;
  // A record that is refused again is put aside again, under the same key: then this is not the object that was read.
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

/** Hands over what is in the bucket, one object after the other. @returns how many were done, and are left by then */
export async function redrive(options: RedriveOptions): Promise<{ done: number; left: number }> {
  const { dryRun, print } = options;
  let done = 0;
  for (const key of await keysOf(options)) {
    if (dryRun) {
      print(`there  ${key}`);
      continue;
    }
    const why = await handOver(options, key).catch((error: Error) => `${error.name}: ${error.message}`);
    if (why === undefined) done += 1;
    print(why === undefined ? `done   ${key}` : `left   ${key}: ${why}`);
  }
  // Counted anew: of a batch that was done, some records may have been refused and put aside one by one.
  return { done, left: (await keysOf(options)).length };
}
