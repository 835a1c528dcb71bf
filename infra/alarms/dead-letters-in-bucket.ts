import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { HooklatchFunction } from '../function.ts';
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
 * @param watched `givenUp` counts the lines, `expired` what Lambda put there
 */
export function alarmOnDeadLettersInBucket(
  scope: Construct,
  { givenUp, expired, retryHours }: { givenUp: Watched; expired: readonly Watched[]; retryHours: number },
): void {
  addAlarm(scope, 'DeadLettersInBucket', {
    severity: 'warning',
    alarmDescription: `Records are in the dead-letter bucket, and nobody tries them again. Either the log group BackgroundLog has lines with outcome given_up: of relay if the bus refused webhooks, so your rules did not get them; of follow-state-changes if it could not read a change, so the history lacks it. Or ${expired.map(({ of }) => of).join(' or ')} failed on records for ${retryHours} hours. Remove the cause, then hand them over again: hooklatch redrive. docs/alarms.md`,
    metric: worstOf([givenUp, ...expired]),
  });
}
