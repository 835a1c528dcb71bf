import type { DynamoDbStreamRecord } from '../dynamodb/dynamodb-stream-record.ts';
import type { InvocationResult } from '../lambda/lambda-function.ts';

/** The outcome of a batch, as Lambda understands the function's response. */
export type BatchResult =
  | { kind: 'done' }
  /** A partial batch response: the records before this index are processed, the others are sent again. */
  | { kind: 'partial'; from: number }
  /** The function got the batch and failed. */
  | { kind: 'failed'; reason: string }
  /** The function never got the batch. This uses no retry. */
  | { kind: 'not_invoked'; reason: string };

/**
 * Reads the response to a batch.
 * @param reportsFailures whether the function reports which records failed (`ReportBatchItemFailures`)
 */
export function readBatchResponse(
  invocation: InvocationResult,
  records: readonly DynamoDbStreamRecord[],
  reportsFailures: boolean,
): BatchResult {
  if (invocation.status === 'throttled') return { kind: 'not_invoked', reason: 'the function was throttled' };
  if (invocation.status === 'too_large') return { kind: 'not_invoked', reason: 'the batch is too large for a call' };
  if (invocation.status === 'failed') return { kind: 'failed', reason: invocation.errorType };
  return reportsFailures ? readReport(JSON.parse(invocation.payload), records) : { kind: 'done' };
}

/**
 * Reads a partial batch response. A response without failures is a success. A malformed response fails the whole batch.
 */
function readReport(report: unknown, records: readonly DynamoDbStreamRecord[]): BatchResult {
  if (report === null) return { kind: 'done' };
  if (typeof report !== 'object' || Array.isArray(report))
    return { kind: 'failed', reason: 'the response is not a report' };
  const { batchItemFailures: failures } = report as { batchItemFailures?: unknown };
  if (failures === undefined || failures === null) return { kind: 'done' };
  if (!Array.isArray(failures)) return { kind: 'failed', reason: 'batchItemFailures is not a list' };
  if (failures.length === 0) return { kind: 'done' };
  const places = failures.map((failure) => indexOfRecord(failure, records));
  if (places.includes(-1)) return { kind: 'failed', reason: 'an itemIdentifier matches no record of the batch' };
  return { kind: 'partial', from: Math.min(...places) };
}

function indexOfRecord(failure: unknown, records: readonly DynamoDbStreamRecord[]): number {
  const { itemIdentifier } = (failure ?? {}) as { itemIdentifier?: unknown };
  return records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier);
}
