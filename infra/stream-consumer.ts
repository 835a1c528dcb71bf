import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  type EventSourceMapping,
  FilterCriteria,
  FilterRule,
  MetricType,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { addAlarm, counted } from './alarms/alarm.ts';
import type { DeadLetterBucket } from './dead-letter-bucket.ts';
import type { HooklatchFunction } from './function.ts';

export interface StreamOptions {
  /** Which changes wake the function. */
  changes: ('INSERT' | 'MODIFY' | 'REMOVE')[];
  failures: DeadLetterBucket;
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
  const mapping = fn.handler.addEventSourceMapping('Stream', {
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
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
  });
  alarmWhenTooOld(fn, mapping);
  failures.grantWrite(fn);
  fn.allow(
    ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    stream,
  );
}

/** Tells of what Lambda gave up, which shows in no log of the function. */
function alarmWhenTooOld(fn: HooklatchFunction, mapping: EventSourceMapping): void {
  addAlarm(fn, 'TooOld', {
    alarmDescription: `The function ${fn.node.id} failed on records for 23 hours. They are in the failures bucket; hand them to it again: npm run redrive.`,
    metric: new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'OnFailureDestinationDeliveredEventCount',
      dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
      ...counted,
    }),
  });
}
