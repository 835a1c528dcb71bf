import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { MetricFilter, type MetricFilterProps } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from './deploy-settings/stage.ts';

export interface LogMetricProps extends Omit<MetricFilterProps, 'metricNamespace'> {
  stage: Stage;
}

/** Makes a metric of the stage that counts the lines of a log that match a pattern. */
export function logMetric(scope: Construct, id: string, { stage, ...props }: LogMetricProps): Metric {
  return new MetricFilter(scope, id, { metricNamespace: `Hooklatch/${stage}`, ...props }).metric();
}
