import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../deploy-settings/stage.ts';
import type { Dispatch } from '../dispatch.ts';
import { logMetric } from '../log-metric.ts';
import type { ServeLanes } from '../serve-lanes.ts';
import { addAlarm, counted } from './alarm.ts';

/**
 * Rings when a fault of ours prevented an attempt: a transform failed for another reason than its expression, a secret could not be read, a
 * table was throttled. The delivery is tried again, so no function fails, and no other alarm sees it.
 */
export function alarmOnPostponedAttempts(
  scope: Construct,
  stage: Stage,
  { dispatch, serveLanes }: { dispatch: Dispatch; serveLanes: ServeLanes },
): void {
  /** Both logs count for one metric, which has one price. */
  const linesOf = (fn: Dispatch | ServeLanes): Metric =>
    logMetric(fn, 'PostponedLines', {
      stage,
      metricName: 'AttemptsPostponed',
      logGroup: fn.handler.logGroup,
      filterPattern: FilterPattern.stringValue('$.message.warning', '=', 'attempt_postponed'),
    });
  linesOf(dispatch);
  addAlarm(scope, 'AttemptsPostponed', {
    severity: 'warning',
    alarmDescription:
      'Webhooks reach some destinations late: a fault of ours prevented their attempts, such as a transform that fails or a secret that cannot be read. They are tried again. See attempt_postponed in the log of dispatch and the log of serve-lanes.',
    metric: linesOf(serveLanes).with(counted),
  });
}
