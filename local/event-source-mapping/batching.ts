import { once } from 'node:events';
import type { DynamoDbStreamRecord } from '../dynamodb/dynamodb-stream-record.ts';
import type { TableStream } from '../dynamodb/table-stream.ts';

/** Records that a function gets at once. */
export interface RecordBatch {
  records: DynamoDbStreamRecord[];
  /** The place up to which the stream was read: what lies between was filtered out. */
  end: string;
}

export interface BatchingOptions {
  stream: TableStream;
  batchSize: number;
  /** Milliseconds that a batch may wait for more records after its first. */
  window: number;
  /** Whether a record is for this function. */
  matches(record: DynamoDbStreamRecord): boolean;
}

interface GrowingBatch extends RecordBatch {
  bytes: number;
  isFull: boolean;
}

/** What a call of a function may carry: 6 MiB. */
const maxBytes = 6 * 1024 * 1024;
const envelopeBytes = Buffer.byteLength('{"Records":[]}');

/** Waits until there is something to read after a place; false when the signal came first. */
export async function waitForRecords(stream: TableStream, after: string, signal: AbortSignal): Promise<boolean> {
  while (stream.newest <= after && !signal.aborted) {
    await once(stream.arrivals, 'record', { signal }).catch(() => {});
  }
  return !signal.aborted;
}

/**
 * Reads the next batch: it is full at `batchSize` records or 6 MiB, and goes without more when the stream has none and the
 * window is over, or the signal comes. It is empty if no record was for the function.
 */
export async function gatherBatch(
  gathering: BatchingOptions,
  after: string,
  signal: AbortSignal,
): Promise<RecordBatch> {
  const batch: GrowingBatch = { records: [], end: after, bytes: envelopeBytes, isFull: false };
  await fill(batch, gathering);
  const end = performance.now() + gathering.window;
  while (batch.records.length > 0 && !batch.isFull) {
    const left = Math.ceil(end - performance.now());
    if (left <= 0) break;
    const over = AbortSignal.any([signal, AbortSignal.timeout(left)]);
    if (!(await waitForRecords(gathering.stream, batch.end, over))) break;
    await fill(batch, gathering);
  }
  return batch;
}

/** Adds what the stream has now. */
async function fill(batch: GrowingBatch, { stream, batchSize, matches }: BatchingOptions): Promise<void> {
  const { newest } = stream;
  for await (const { record, bytes } of stream.read(batch.end, newest)) {
    if (matches(record)) {
      batch.isFull = batch.records.length > 0 && batch.bytes + bytes > maxBytes;
      if (batch.isFull) return;
      batch.records.push(record);
      // With the comma.
      batch.bytes += bytes + 1;
    }
    batch.end = record.dynamodb.SequenceNumber;
    batch.isFull = batch.records.length === batchSize;
    if (batch.isFull) return;
  }
  batch.end = newest;
}
