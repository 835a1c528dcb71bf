import { Duration } from 'aws-cdk-lib';
import { Alarm, type AlarmProps, ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** The statistic of a metric that counts what should not happen, for `addAlarm`. */
export const counted = { statistic: Stats.SUM, period: Duration.minutes(5) };

/**
 * Makes an alarm. It rings when something that should not happen happened once in its metric's period, unless the props
 * say otherwise.
 * @param props `alarmDescription` says what breaks for people, and then what to do
 */
export function addAlarm(
  scope: Construct,
  id: string,
  props: Required<Pick<AlarmProps, 'alarmDescription' | 'metric'>> & Partial<AlarmProps>,
): void {
  new Alarm(scope, id, {
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    ...props,
  });
}
