import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type MetricOptions,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** The period over which an alarm adds up a metric. */
export const alarmPeriod = Duration.minutes(5);

/** The options of a metric that counts what should never happen. The metric's value is the sum of a period. */
export const counted = { statistic: Stats.SUM, period: alarmPeriod } satisfies MetricOptions;

/** Occurrences in one period. */
const threshold = 1;

/**
 * Who has to act. `urgent`: at once, because senders get errors, operators are locked out, or webhooks reach nobody.
 * `warning`: in working hours, because what is late or missing is kept, or one receiver fails.
 */
export type Severity = 'urgent' | 'warning';

/** An alarm that has its severity. */
export class RankedAlarm extends Alarm {
  readonly severity: Severity;

  constructor(scope: Construct, id: string, { severity, ...props }: AlarmProps & { severity: Severity }) {
    super(scope, id, props);
    this.severity = severity;
  }
}

/**
 * Makes an alarm. Unless the props say otherwise, it rings when the metric counted at least one occurrence in a period.
 * @param props `alarmDescription` says what breaks for people, and then what to do
 */
export function addAlarm(
  scope: Construct,
  id: string,
  props: Required<Pick<AlarmProps, 'alarmDescription' | 'metric'>> & Partial<AlarmProps> & { severity: Severity },
): void {
  new RankedAlarm(scope, id, {
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    ...props,
  });
}
