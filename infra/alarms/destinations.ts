import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../deploy-settings/stage.ts';
import { logMetric } from '../log-metric.ts';
import { addAlarm, counted } from './alarm.ts';

/** What operators are told of a destination that they have to mend. */
const told = ['destination.failing', 'delivery.given_up'] as const;

/** Rings when a destination begins to fail, and when deliveries are given up: once for each incident, and at most once a minute. One
 * receiver fails then, so it wakes nobody. Serve-lanes writes the lines. */
export function alarmOnDestinations(scope: Construct, { stage, log }: { stage: Stage; log: ILogGroup }): void {
  const lines = logMetric(scope, 'DestinationFailingLines', {
    stage,
    metricName: 'DestinationFailing',
    logGroup: log,
    filterPattern: FilterPattern.any(
      ...told.map((outcome) => FilterPattern.stringValue('$.message.outcome', '=', outcome)),
    ),
  });
  addAlarm(scope, 'DestinationFailing', {
    severity: 'warning',
    alarmDescription: `A destination fails, and webhooks for it wait; or webhooks did not reach it in its time, and are attempted no more. The lines of serve-lanes in the log group BackgroundLog say which, with outcome ${told.join(' or ')}. See its attempts: hooklatch deliveries list. Mend it: what waits is sent by itself. Send what was given up again: hooklatch redeliveries start. docs/operate.md`,
    metric: lines.with(counted),
  });
}
