import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../deploy-settings/stage.ts';
import type { HooklatchFunction } from '../function.ts';
import { logMetric } from '../log-metric.ts';
import { addAlarm, counted } from './alarm.ts';

/**
 * Lambda's own lines about a call that failed: the function threw, took too long, ran out of memory, ended, or did not start. In the JSON
 * format they are `platform.report` and `platform.runtimeDone`, or `platform.initReport`, with the status `error`, `failure` or `timeout`.
 * Those are of the level WARN, and Lambda has no level that leaves them out.
 */
const failedCall = FilterPattern.all(
  FilterPattern.stringValue('$.type', '=', 'platform.*'),
  FilterPattern.stringValue('$.record.status', '!=', 'success'),
);

/**
 * Our line about an attempt that a fault of ours prevented: a transform failed for another reason than its expression, a secret could not
 * be read, a table was throttled. The delivery is tried again, so no call fails.
 */
const postponedAttempt = FilterPattern.stringValue('$.message.warning', '=', 'attempt_postponed');

/**
 * Rings when a function failed that answers no request, or when a fault of ours prevented an attempt. Whoever calls another function
 * gets its error: `alarmOnApi5xx`.
 * @param background `functions` are all that write to `log`
 */
export function alarmOnFailingBackground(
  scope: Construct,
  { stage, log, functions }: { stage: Stage; log: ILogGroup; functions: readonly HooklatchFunction[] },
): void {
  const lines = logMetric(scope, 'BackgroundFailureLines', {
    stage,
    metricName: 'BackgroundFailures',
    logGroup: log,
    filterPattern: FilterPattern.any(failedCall, postponedAttempt),
  });
  addAlarm(scope, 'BackgroundFailing', {
    severity: 'warning',
    alarmDescription: `A function that answers no request failed, or a fault of ours prevented an attempt to reach a destination. Its work is late or missing; webhooks are still accepted. In the log group BackgroundLog see the lines with a record.status or with warning attempt_postponed, and the errors before them: the name of their log stream has the function, which is ${functions.map(({ node }) => node.id).join(', ')}. docs/alarms.md says what each one delays.`,
    metric: lines.with(counted),
  });
}
