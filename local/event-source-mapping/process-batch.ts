import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { DynamoDbStreamRecord } from '../dynamodb/dynamodb-stream-record.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { readBatchResponse } from './batch-response.ts';
import type { RecordBatch } from './batching.ts';
import { type DiscardedBatch, invocationRecordBody, invocationRecordKey } from './invocation-record.ts';

const firstPauseMs = 100;
const maxPauseMs = 5_000;

/** The processing of batches: the function, its retries and its on-failure destination. */
export interface BatchProcessing {
  mappingId: string;
  streamArn: string;
  function: LambdaFunction;
  reportsFailures: boolean;
  bisects: boolean;
  /** In seconds; Infinity for no limit. */
  maxAge: number;
  maxRetries: number;
  /** Writes the invocation record of discarded records to the on-failure destination. */
  onFailure?: (key: string, body: string) => Promise<void>;
  now: () => Date;
  log: (message: string) => void;
  /** Stops the processing before its next step. */
  signal: AbortSignal;
}

/** A part of a batch: records that go to the function together, with the state of their processing. */
interface BatchPart {
  records: readonly DynamoDbStreamRecord[];
  /** The number of failed calls that count as an attempt. */
  failures: number;
  calls: number;
  pauses: number;
  lastCall?: NonNullable<DiscardedBatch['lastCall']>;
}

/**
 * Calls the function until all records of a batch are processed or discarded.
 * @param pass is called with the sequence number of the last finished record, each time it advances
 */
export async function processBatch(
  batch: RecordBatch,
  processing: BatchProcessing,
  pass: (place: string) => Promise<void>,
): Promise<void> {
  const parts: BatchPart[] = [{ records: batch.records, failures: 0, calls: 0, pauses: 0 }];
  let done = 0;
  for (let part = parts.shift(); part && !processing.signal.aborted; part = parts.shift()) {
    parts.unshift(...(await processPart(part, processing)));
    const left = parts.reduce((sum, { records }) => sum + records.length, 0);
    const last = batch.records[batch.records.length - left - 1];
    if (!last || batch.records.length - left === done) continue;
    done = batch.records.length - left;
    await pass(left === 0 ? batch.end : last.dynamodb.SequenceNumber);
  }
}

/** Takes the next step with a part. Returns its remaining records as parts, in order. */
async function processPart(part: BatchPart, processing: BatchProcessing): Promise<BatchPart[]> {
  const oldest = processing.now().getTime() / 1000 - processing.maxAge;
  const young = part.records.findIndex(({ dynamodb }) => dynamodb.ApproximateCreationDateTime >= oldest);
  if (young !== 0) {
    const old = young === -1 ? part.records.length : young;
    await discard({ ...part, records: part.records.slice(0, old) }, 'RecordAgeExceeded', processing);
    return old < part.records.length ? [{ ...part, records: part.records.slice(old) }] : [];
  }
  const requestId = randomUUID();
  const invocation = await processing.function.invoke({ Records: part.records }, requestId);
  const ids = part.records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  const result = readBatchResponse(invocation, ids, processing.reportsFailures);
  if (result.kind === 'done') return [];
  const reason = result.kind === 'partial' ? 'the function reported failures' : result.reason;
  const from = result.kind === 'partial' ? Math.min(...result.failed) : 0;
  processing.log(
    `${describeRecords(part.records)} failed: ${reason}${from > 0 ? ` (the first ${from} succeeded)` : ''}`,
  );
  if (result.kind === 'not_invoked') return retryLater(part, processing);
  const lastCall = { requestId, isFunctionError: invocation.status === 'failed' };
  const tried: BatchPart = { ...part, records: part.records.slice(from), calls: part.calls + 1, lastCall };
  // If the function reports which record failed, the batch is split there instead of in the middle.
  if (processing.bisects && result.kind === 'failed' && tried.records.length > 1) return bisect(tried);
  return retryOrDiscard({ ...tried, failures: tried.failures + 1 }, processing);
}

async function retryOrDiscard(part: BatchPart, processing: BatchProcessing): Promise<BatchPart[]> {
  if (part.failures <= processing.maxRetries) return retryLater(part, processing);
  await discard(part, 'RetryAttemptsExhausted', processing);
  return [];
}

async function retryLater(part: BatchPart, { signal }: BatchProcessing): Promise<BatchPart[]> {
  const pauses = part.pauses + 1;
  await pause(pauses, signal);
  return [{ ...part, pauses }];
}

/** Bisects a part. As on AWS, this uses no retry. */
function bisect(part: BatchPart): BatchPart[] {
  const middle = Math.ceil(part.records.length / 2);
  return [
    { ...part, records: part.records.slice(0, middle) },
    { ...part, records: part.records.slice(middle) },
  ];
}

/**
 * Discards records. Rejects if the signal comes before the destination has stored the records, which are then not
 * discarded.
 */
async function discard(
  part: BatchPart,
  condition: DiscardedBatch['condition'],
  processing: BatchProcessing,
): Promise<void> {
  const { mappingId, onFailure, now, log, signal } = processing;
  log(
    `${describeRecords(part.records)} discarded (${condition})${onFailure ? '' : ' and lost: there is no on-failure destination'}`,
  );
  if (!onFailure) return;
  const { records, calls, lastCall } = part;
  const {
    streamArn,
    function: { arn: functionArn },
  } = processing;
  const failure: DiscardedBatch = { condition, functionArn, streamArn, records, calls, ...(lastCall && { lastCall }) };
  for (let pauses = 1; ; pauses += 1) {
    try {
      return await onFailure(invocationRecordKey(mappingId, now(), randomUUID()), invocationRecordBody(failure, now()));
    } catch (error) {
      log(`the on-failure destination did not accept ${describeRecords(records)}: ${errorCodeOf(error)}`);
      await pause(pauses, signal);
      signal.throwIfAborted();
    }
  }
}

function describeRecords(records: readonly DynamoDbStreamRecord[]): string {
  const [first, last] = [records.at(0), records.at(-1)].map((record) => record?.dynamodb.SequenceNumber);
  return first === last ? `record ${first}` : `${records.length} records (${first} to ${last})`;
}

/** Waits before a step is repeated: 100 ms at first, then twice as long each time, at most 5 s. */
export async function pause(times: number, signal: AbortSignal): Promise<void> {
  await setTimeout(Math.min(firstPauseMs * 2 ** (times - 1), maxPauseMs), undefined, { signal }).catch(() => {});
}

/** Only the code or the name, because messages may quote the data. */
export function errorCodeOf(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? 'unexpected error';
}
