import type { InvocationResult } from '../lambda/lambda-function.ts';

/** The outcome of a batch, as Lambda understands the function's response. */
export type BatchResult =
  | { kind: 'done' }
  /** A partial batch response: the indexes of the records that failed, at least one. */
  | { kind: 'partial'; failed: number[] }
  /** The function got the batch and failed. */
  | { kind: 'failed'; reason: string }
  /** The function never got the batch. This uses no retry. */
  | { kind: 'not_invoked'; reason: string };

/**
 * Reads the response to a batch.
 * @param ids what a report calls the records: the sequence number, or the id of a message
 * @param reportsFailures whether the function reports which records failed (`ReportBatchItemFailures`)
 */
export function readBatchResponse(
  invocation: InvocationResult,
  ids: readonly string[],
  reportsFailures: boolean,
): BatchResult {
  if (invocation.status === 'throttled') return { kind: 'not_invoked', reason: 'the function was throttled' };
  if (invocation.status === 'too_large') return { kind: 'not_invoked', reason: 'the batch is too large for a call' };
  if (invocation.status === 'failed') return { kind: 'failed', reason: invocation.errorType };
  return reportsFailures ? readReport(JSON.parse(invocation.payload), ids) : { kind: 'done' };
}

/**
 * Reads a partial batch response. A response without failures is a success. A malformed response fails the whole batch.
 */
function readReport(report: unknown, ids: readonly string[]): BatchResult {
  if (report === null) return { kind: 'done' };
  if (typeof report !== 'object' || Array.isArray(report))
    return { kind: 'failed', reason: 'the response is not a report' };
  const { batchItemFailures: failures } = report as { batchItemFailures?: unknown };
  if (failures === undefined || failures === null) return { kind: 'done' };
  if (!Array.isArray(failures)) return { kind: 'failed', reason: 'batchItemFailures is not a list' };
  if (failures.length === 0) return { kind: 'done' };
  const failed = failures.map((failure) => ids.indexOf(identifierOf(failure)));
  if (failed.includes(-1)) return { kind: 'failed', reason: 'an itemIdentifier matches no record of the batch' };
  return { kind: 'partial', failed: [...new Set(failed)] };
}

function identifierOf(failure: unknown): string {
  return String((failure as { itemIdentifier?: unknown } | null)?.itemIdentifier);
}
