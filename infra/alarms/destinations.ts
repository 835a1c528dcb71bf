import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { Stage } from '../deploy-settings/stage.ts';
import type { HooklatchFunction } from '../function.ts';
import { logMetric } from '../log-metric.ts';
import { addAlarm, counted } from './alarm.ts';

/** The lines of the log that say what operators are told, with the metric that counts them, and what they mean for people. */
const watched = [
  [
    'DestinationFailing',
    'destination.failing',
    'A destination fails, and webhooks for it wait. The log of serve-lanes says which. See its attempts: hooklatch deliveries list. Once it works, what waits is sent by itself.',
  ],
  [
    'DeliveriesGivenUp',
    'delivery.given_up',
    'Webhooks did not reach a destination in its time, and are attempted no more. The log of serve-lanes says which destination. Mend it, then send them again: hooklatch redeliveries start.',
  ],
] as const;

/** Rings when a destination begins to fail, and when deliveries are given up: once for each incident, and at most once a minute. One
 * receiver fails then, so it wakes nobody. */
export function alarmOnDestinations(fn: HooklatchFunction, stage: Stage): void {
  for (const [metricName, outcome, alarmDescription] of watched) {
    const lines = logMetric(fn, `${metricName}Lines`, {
      stage,
      metricName,
      logGroup: fn.handler.logGroup,
      filterPattern: FilterPattern.stringValue('$.message.outcome', '=', outcome),
    });
    addAlarm(fn, metricName, { severity: 'warning', alarmDescription, metric: lines.with(counted) });
  }
}
