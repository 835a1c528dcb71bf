import { ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../deploy-settings/stage.ts';
import type { HooklatchFunction } from '../function.ts';
import { logMetric } from '../log-metric.ts';
import { addAlarm, alarmPeriod, counted } from './alarm.ts';

/** The periods in a row without a call of the relay. With `alarmPeriod`, these are fifteen minutes. */
const periods = 3;

/**
 * The webhooks that ingest accepted in a period in which the relay was not called; 0 if the relay was called. A period in
 * which neither happened has the value of the period before: after an accepted webhook the relay is overdue until it is
 * called, even if no other webhook comes. A quiet night after a call stays 0.
 */
const overdue = 'FILL(IF(FILL(called, 0) > 0, 0, accepted), REPEAT)';

/**
 * Rings when webhooks were accepted, and the relay was not called for fifteen minutes. A stream that wakes nobody has no age
 * and makes no error, so no other alarm sees it: the mapping may be disabled, or lack a right to read the stream.
 *
 * Without data the alarm keeps its state. So it ends only when the relay is called, and does not begin before the first
 * webhook of a new deployment.
 */
export function alarmOnStalledRelay(
  scope: Construct,
  { stage, ingest, relay }: { stage: Stage; ingest: HooklatchFunction; relay: HooklatchFunction },
): void {
  const accepted = logMetric(ingest, 'AcceptedLines', {
    stage,
    metricName: 'Accepted',
    logGroup: ingest.handler.logGroup,
    filterPattern: FilterPattern.stringValue('$.message.outcome', '=', 'accepted'),
  });
  addAlarm(scope, 'RelayStalled', {
    severity: 'urgent',
    alarmDescription: `Webhooks are stored, but none reaches your rules: ingest accepted some, and nothing has called ${relay.node.id} for ${periods * alarmPeriod.toMinutes()} minutes. See the state of its event source mapping in Lambda, and whether its role may read the stream of the Events table. Stored webhooks are published once it runs again, if that is within 24 hours; replay older ones. docs/alarms.md`,
    metric: new MathExpression({
      expression: overdue,
      usingMetrics: { accepted: accepted.with(counted), called: relay.handler.metricInvocations(counted) },
      period: alarmPeriod,
    }),
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: periods,
    treatMissingData: TreatMissingData.IGNORE,
  });
}
