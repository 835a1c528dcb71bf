import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { HooklatchFunction } from '../function.ts';
import { addAlarm } from './alarm.ts';

/**
 * Tells when what a stream told waits for over 10 minutes: a function that can't carry a record on does not fail by that,
 * it asks for the same record again.
 */
export function alarmWhenLate(fn: HooklatchFunction, impact: string): void {
  addAlarm(fn, 'Late', {
    alarmDescription: `${impact}: the oldest that waits for ${fn.node.id} is over 10 minutes old. See why in its log.`,
    metric: fn.handler.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: Duration.minutes(5) }),
    threshold: Duration.minutes(10).toMilliseconds(),
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  });
}
