import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { HooklatchFunction } from '../function.ts';
import { addAlarm, counted, type Severity } from './alarm.ts';

/**
 * Rings when Lambda stopped retrying a batch, because its records became too old. No log of the function shows this.
 * @param alarm `retryHours` says for how long Lambda retries
 */
export function alarmOnExpiredRecords(
  fn: HooklatchFunction,
  mapping: EventSourceMapping,
  { severity, retryHours }: { severity: Severity; retryHours: number },
): void {
  addAlarm(fn, 'TooOld', {
    severity,
    alarmDescription: `The function ${fn.node.id} failed on records for ${retryHours} hours. They are in the dead-letter bucket. Remove the cause, then hand them to the function again: hooklatch redrive.`,
    metric: new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'OnFailureDestinationDeliveredEventCount',
      dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
      ...counted,
    }),
  });
}
