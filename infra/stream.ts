import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Failures } from './failures.ts';
import type { HooklatchFunction } from './function.ts';

export interface StreamOptions {
  /** Which changes wake the function. */
  changes: ('INSERT' | 'MODIFY' | 'REMOVE')[];
  failures: Failures;
  batchSize?: number;
  /** How long a batch may be gathered. */
  window?: Duration;
}

/** Wakes a function for each change of a table's items: in order for one item, at least once, from the first record on. */
export function consumeStream(
  fn: HooklatchFunction,
  table: Table,
  { changes, failures, batchSize = 100, window = Duration.seconds(0) }: StreamOptions,
): void {
  const stream = table.tableStreamArn ?? '';
  fn.handler.addEventSourceMapping('Stream', {
    eventSourceArn: stream,
    // LATEST would lose what is written while the mapping is made.
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize,
    maxBatchingWindow: window,
    filters: [FilterCriteria.filter({ eventName: FilterRule.or(...changes) })],
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    // Bounded by age and not by count: ten tries are spent in minutes, and a bus may be away for hours. A stream keeps 24.
    maxRecordAge: Duration.hours(23),
    // CDK's own destination of this kind would grant wildcards: `grantWrite` says what is needed.
    onFailure: { bind: () => ({ destination: failures.bucket.bucketArn }) },
  });
  failures.grantWrite(fn);
  fn.allow(
    ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    stream,
  );
}
