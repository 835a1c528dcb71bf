import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../deploy-settings/stage.ts';
import { logMetric } from '../log-metric.ts';
import { counted } from './alarm.ts';
import type { Watched } from './worst-of.ts';

/** The outcomes that an alarm counts: a record is a dead letter, a destination begins to fail, deliveries are given up. */
const outcomes = ['given_up', 'destination.failing', 'delivery.given_up'] as const;

export type CountedOutcome = (typeof outcomes)[number];

/** Counts the lines of a log with these outcomes: one filter for all, with a metric for each outcome. */
export function countOutcomes(
  scope: Construct,
  { stage, log }: { stage: Stage; log: ILogGroup },
): (outcome: CountedOutcome) => Watched {
  const lines: Metric = logMetric(scope, 'OutcomeLines', {
    stage,
    metricName: 'Outcomes',
    logGroup: log,
    filterPattern: FilterPattern.any(
      ...outcomes.map((outcome) => FilterPattern.stringValue('$.message.outcome', '=', outcome)),
    ),
    metricValue: '1',
    dimensions: { outcome: '$.message.outcome' },
  });
  return (outcome) => ({
    metric: lines.with({ ...counted, dimensionsMap: { outcome } }),
    of: `lines with outcome ${outcome}`,
    badFrom: 1,
  });
}
