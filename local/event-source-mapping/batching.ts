import { once } from 'node:events';
import type { DynamoDbStreamRecord } from '../dynamodb/dynamodb-stream-record.ts';
import type { TableStream } from '../dynamodb/table-stream.ts';

/** A batch: the records that a function gets in one call. */
export interface RecordBatch {
  records: DynamoDbStreamRecord[];
  /**
   * The sequence number up to which the stream was read. This number is after the last record of the batch if the
   * filters removed the records that follow it.
   */
  end: string;
}

export interface BatchingOptions {
  stream: TableStream;
  batchSize: number;
  /** The batching window: milliseconds that a batch may wait for more records after its first. */
  window: number;
  /** Whether a record passes the mapping's filters. */
  matches(record: DynamoDbStreamRecord): boolean;
}

interface GrowingBatch extends RecordBatch {
  bytes: number;
  isFull: boolean;
}

/** The maximum payload of an invocation: 6 MiB. */
const maxBatchBytes = 6 * 1024 * 1024;
const envelopeBytes = Buffer.byteLength('{"Records":[]}');

/** Waits until there are records after a sequence number. Returns false if the signal came first. */
export async function waitForRecords(stream: TableStream, after: string, signal: AbortSignal): Promise<boolean> {
  while (stream.newest <= after && !signal.aborted) {
    await once(stream.arrivals, 'record', { signal }).catch(() => {});
  }
  return !signal.aborted;
}

/**
 * Reads the next batch. A batch is full at `batchSize` records or 6 MiB. Otherwise it is complete when the stream has
 * no more records and the batching window is over, or the signal comes. The batch is empty if the filters let no record
 * pass.
 */
export async function gatherBatch(options: BatchingOptions, after: string, signal: AbortSignal): Promise<RecordBatch> {
  const batch: GrowingBatch = { records: [], end: after, bytes: envelopeBytes, isFull: false };
  await addAvailableRecords(batch, options);
  const end = performance.now() + options.window;
  while (batch.records.length > 0 && !batch.isFull) {
    const left = Math.ceil(end - performance.now());
    if (left <= 0) break;
    const over = AbortSignal.any([signal, AbortSignal.timeout(left)]);
    if (!(await waitForRecords(options.stream, batch.end, over))) break;
    await addAvailableRecords(batch, options);
  }
  return batch;
}

/** Adds the records that the stream has now. */
async function addAvailableRecords(
  batch: GrowingBatch,
  { stream, batchSize, matches }: BatchingOptions,
): Promise<void> {
  const { newest } = stream;
  for await (const { record, bytes } of stream.read(batch.end, newest)) {
    if (matches(record)) {
      batch.isFull = batch.records.length > 0 && batch.bytes + bytes > maxBatchBytes;
      if (batch.isFull) return;
      batch.records.push(record);
      // Plus one for the comma.
      batch.bytes += bytes + 1;
    }
    batch.end = record.dynamodb.SequenceNumber;
    batch.isFull = batch.records.length === batchSize;
    if (batch.isFull) return;
  }
  batch.end = newest;
}
