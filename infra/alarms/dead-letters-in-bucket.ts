import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../deploy-settings/stage.ts';
import type { HooklatchFunction } from '../function.ts';
import { logMetric } from '../log-metric.ts';
import { addAlarm, counted } from './alarm.ts';
import { type Watched, worstOf } from './worst-of.ts';

/** A function behind a stream, with its event source mapping. */
export type StreamReader = HooklatchFunction & { readonly stream: EventSourceMapping };

/** The batches that Lambda stopped retrying, because their records became too old. No log of the function shows this. */
export const expiredRecordsOf = (fn: StreamReader): Watched => ({
  metric: new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'OnFailureDestinationDeliveredEventCount',
    dimensionsMap: { EventSourceMappingUUID: fn.stream.eventSourceMappingId },
    ...counted,
  }),
  of: fn.node.id,
  badFrom: 1,
});

/**
 * Rings when records are put into the dead-letter bucket: by a function itself, which logs a line for each, or by Lambda. What Lambda puts
 * there for the relay is urgent: `alarmOnLateWebhooks`.
 * @param log the log of the functions that put records there
 */
export function alarmOnDeadLettersInBucket(
  scope: Construct,
  {
    stage,
    log,
    expired,
    retryHours,
  }: { stage: Stage; log: ILogGroup; expired: readonly Watched[]; retryHours: number },
): void {
  const lines = logMetric(scope, 'GivenUpLines', {
    stage,
    metricName: 'RecordsGivenUp',
    logGroup: log,
    filterPattern: FilterPattern.stringValue('$.message.outcome', '=', 'given_up'),
  });
  const givenUp = { metric: lines.with(counted), of: 'relay or follow-state-changes, by its own line', badFrom: 1 };
  addAlarm(scope, 'DeadLettersInBucket', {
    severity: 'warning',
    alarmDescription: `Records are in the dead-letter bucket, and nobody tries them again. Either the log group BackgroundLog has lines with outcome given_up: of relay if the bus refused webhooks, so your rules did not get them; of follow-state-changes if it could not read a change, so the history lacks it. Or ${expired.map(({ of }) => of).join(' or ')} failed on records for ${retryHours} hours. Remove the cause, then hand them over again: hooklatch redrive. docs/alarms.md`,
    metric: worstOf([givenUp, ...expired]),
  });
}
