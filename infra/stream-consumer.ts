import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  type EventSourceMapping,
  FilterCriteria,
  FilterRule,
  MetricType,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { DeadLetterBucket } from './dead-letter-bucket.ts';
import type { HooklatchFunction } from './function.ts';

/**
 * For how many hours Lambda retries a record. The limit is an age, not a number of tries: ten tries are over within minutes,
 * but the bus may be unavailable for hours. A stream keeps its records for 24 hours.
 */
export const retryHours = 23;

/** Records in a batch. */
const defaultBatchSize = 100;

export interface StreamOptions {
  /** The changes that wake the function. */
  changes: ('INSERT' | 'MODIFY' | 'REMOVE')[];
  /** Gets the records that the function failed on until they became too old. */
  deadLetters: DeadLetterBucket;
  batchSize?: number;
  /** The time for which Lambda may gather a batch. By default it does not wait. */
  window?: Duration;
}

/**
 * Wakes a function for each change of a table's items, from the stream's first record on. The function gets each change at
 * least once, and the changes of one item in order.
 * @returns the event source mapping, whose metrics the alarms watch
 */
export function consumeStream(
  fn: HooklatchFunction,
  table: Table,
  { changes, deadLetters, batchSize = defaultBatchSize, window = Duration.seconds(0) }: StreamOptions,
): EventSourceMapping {
  const stream = table.tableStreamArn ?? '';
  const mapping = fn.handler.addEventSourceMapping('Stream', {
    eventSourceArn: stream,
    // LATEST would lose the changes that are made while the mapping is created.
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize,
    maxBatchingWindow: window,
    filters: [FilterCriteria.filter({ eventName: FilterRule.or(...changes) })],
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    maxRecordAge: Duration.hours(retryHours),
    // CDK's own destination of this kind would grant wildcards. `grantWrite` grants exactly what is needed.
    onFailure: { bind: () => ({ destination: deadLetters.bucket.bucketArn }) },
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
  });
  deadLetters.grantWrite(fn);
  fn.allow(
    ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    stream,
  );
  return mapping;
}
