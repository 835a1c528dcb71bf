import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { HooklatchFunction } from '../function.ts';
import { addAlarm, alarmPeriod, type Severity } from './alarm.ts';

/** The age of the oldest record that waits. */
const oldest = Duration.minutes(10);

/**
 * Rings when a record of a stream waits too long for its function. A function that can't process a record does not fail: it
 * asks for the same record again, so the alarm on its errors stays silent.
 * @param impact what is late for people, as the beginning of a sentence
 */
export function alarmOnStreamAge(fn: HooklatchFunction, severity: Severity, impact: string): void {
  addAlarm(fn, 'Late', {
    severity,
    alarmDescription: `${impact}: the oldest record that waits for ${fn.node.id} is over ${oldest.toMinutes()} minutes old. See why in its log.`,
    metric: fn.handler.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: alarmPeriod }),
    threshold: oldest.toMilliseconds(),
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  });
}
