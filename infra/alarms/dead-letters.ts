import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { Stage } from '../deploy-settings/stage.ts';
import type { HooklatchFunction } from '../function.ts';
import { logMetric } from '../log-metric.ts';
import { addAlarm, counted } from './alarm.ts';

/**
 * Rings when a function itself puts a record into the dead-letter bucket. The function logs a line for each such
 * record. `alarmOnExpiredRecords` watches the records that Lambda puts there.
 * @param metricName the name of the metric that counts those lines of the log
 * @param impact what breaks for people, and what to do
 */
export function alarmOnDeadLetters(fn: HooklatchFunction, stage: Stage, metricName: string, impact: string): void {
  const lines = logMetric(fn, 'GivenUpLines', {
    stage,
    metricName,
    logGroup: fn.handler.logGroup,
    filterPattern: FilterPattern.stringValue('$.message.outcome', '=', 'given_up'),
  });
  addAlarm(fn, 'GivenUp', { severity: 'warning', alarmDescription: impact, metric: lines.with(counted) });
}
