import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { DynamoDbStreamRecord } from '../dynamodb/dynamodb-stream-record.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { readBatchResponse } from './batch-response.ts';
import type { RecordBatch } from './batching.ts';
import { type DiscardedBatch, invocationRecordBody, invocationRecordKey } from './invocation-record.ts';

/** What is done with the records of a stream that a function can't take. */
export interface BatchProcessing {
  mappingId: string;
  streamArn: string;
  function: LambdaFunction;
  reportsFailures: boolean;
  bisects: boolean;
  /** Seconds; infinite if it has no end. */
  maxAge: number;
  maxRetries: number;
  /** Keeps the records that are given up. */
  onFailure?: (key: string, body: string) => Promise<void>;
  now: () => Date;
  log: (message: string) => void;
  /** Ends the delivery before its next step. */
  signal: AbortSignal;
}

/** Records that go to the function together, and what came of it so far. */
interface BatchPart {
  records: readonly DynamoDbStreamRecord[];
  /** Calls that failed, of those that count as a try. */
  failures: number;
  calls: number;
  pauses: number;
  lastCall?: NonNullable<DiscardedBatch['lastCall']>;
}

/**
 * Hands a batch to the function until all its records are done with: taken, or given up.
 * @param pass is told the place of the last record that is done with, as often as it moves
 */
export async function processBatch(
  batch: RecordBatch,
  delivery: BatchProcessing,
  pass: (place: string) => Promise<void>,
): Promise<void> {
  const parts: BatchPart[] = [{ records: batch.records, failures: 0, calls: 0, pauses: 0 }];
  let done = 0;
  for (let part = parts.shift(); part && !delivery.signal.aborted; part = parts.shift()) {
    parts.unshift(...(await attempt(part, delivery)));
    const left = parts.reduce((sum, { records }) => sum + records.length, 0);
    const last = batch.records[batch.records.length - left - 1];
    if (!last || batch.records.length - left === done) continue;
    done = batch.records.length - left;
    await pass(left === 0 ? batch.end : last.dynamodb.SequenceNumber);
  }
}

/** Takes the next step with a part; returns what is left of it, in order. */
async function attempt(part: BatchPart, delivery: BatchProcessing): Promise<BatchPart[]> {
  const oldest = delivery.now().getTime() / 1000 - delivery.maxAge;
  const young = part.records.findIndex(({ dynamodb }) => dynamodb.ApproximateCreationDateTime >= oldest);
  if (young !== 0) {
    const old = young === -1 ? part.records.length : young;
    await giveUp({ ...part, records: part.records.slice(0, old) }, 'RecordAgeExceeded', delivery);
    return old < part.records.length ? [{ ...part, records: part.records.slice(old) }] : [];
  }
  const requestId = randomUUID();
  const invocation = await delivery.function.invoke({ Records: part.records }, requestId);
  const verdict = readBatchResponse(invocation, part.records, delivery.reportsFailures);
  if (verdict.kind === 'done') return [];
  const reason = verdict.kind === 'partial' ? 'it reported failures' : verdict.reason;
  const from = verdict.kind === 'partial' ? verdict.from : 0;
  delivery.log(`${described(part.records)} failed: ${reason}${from > 0 ? ` (the first ${from} succeeded)` : ''}`);
  if (verdict.kind === 'not_invoked') return later(part, delivery);
  const lastCall = { requestId, isFunctionError: invocation.status === 'failed' };
  const tried: BatchPart = { ...part, records: part.records.slice(from), calls: part.calls + 1, lastCall };
  // Where the function says which record failed, the batch is split there, and not in its middle.
  if (delivery.bisects && verdict.kind === 'failed' && tried.records.length > 1) return halves(tried);
  return again({ ...tried, failures: tried.failures + 1 }, delivery);
}

async function again(part: BatchPart, delivery: BatchProcessing): Promise<BatchPart[]> {
  if (part.failures <= delivery.maxRetries) return later(part, delivery);
  await giveUp(part, 'RetryAttemptsExhausted', delivery);
  return [];
}

async function later(part: BatchPart, { signal }: BatchProcessing): Promise<BatchPart[]> {
  const pauses = part.pauses + 1;
  await pause(pauses, signal);
  return [{ ...part, pauses }];
}

/** As on AWS, splitting spends no retry. */
function halves(part: BatchPart): BatchPart[] {
  const middle = Math.ceil(part.records.length / 2);
  return [
    { ...part, records: part.records.slice(0, middle) },
    { ...part, records: part.records.slice(middle) },
  ];
}

/** Rejects when the signal comes before the destination has the records: then they are not given up yet. */
async function giveUp(
  part: BatchPart,
  condition: DiscardedBatch['condition'],
  delivery: BatchProcessing,
): Promise<void> {
  const { mappingId, onFailure, now, log, signal } = delivery;
  log(`${described(part.records)} given up (${condition})${onFailure ? '' : ' and lost: there is no destination'}`);
  if (!onFailure) return;
  const { records, calls, lastCall } = part;
  const {
    streamArn,
    function: { arn: functionArn },
  } = delivery;
  const failure: DiscardedBatch = { condition, functionArn, streamArn, records, calls, ...(lastCall && { lastCall }) };
  for (let pauses = 1; ; pauses += 1) {
    try {
      return await onFailure(invocationRecordKey(mappingId, now(), randomUUID()), invocationRecordBody(failure, now()));
    } catch (error) {
      log(`the destination did not take ${described(records)}: ${errorCodeOf(error)}`);
      await pause(pauses, signal);
      signal.throwIfAborted();
    }
  }
}

function described(records: readonly DynamoDbStreamRecord[]): string {
  const [first, last] = [records.at(0), records.at(-1)].map((record) => record?.dynamodb.SequenceNumber);
  return first === last ? `record ${first}` : `${records.length} records (${first} to ${last})`;
}

/** Waits before a step is tried again: a tenth of a second first, five seconds at most. */
export async function pause(times: number, signal: AbortSignal): Promise<void> {
  await setTimeout(Math.min(100 * 2 ** (times - 1), 5000), undefined, { signal }).catch(() => {});
}

/** The code or the name alone: messages may quote what was handled. */
export function errorCodeOf(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? 'unexpected error';
}
