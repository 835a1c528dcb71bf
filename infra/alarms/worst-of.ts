import { MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { alarmPeriod } from './alarm.ts';

/** A metric, and the value from which on it is bad. */
export interface Watched {
  metric: Metric;
  /** The function or the queue. The alarm's graph shows it beside the metric. */
  of: string;
  badFrom: number;
}

/**
 * The worst of several metrics, each as a share of its bad value: from 1 on, one of them is bad. AWS bills an alarm once for each of its
 * metrics, so this saves resources and no money. An alarm reads ten metrics at most.
 */
export function worstOf(watched: readonly Watched[]): MathExpression {
  const metrics = watched.map(({ metric, of }, at) => [`m${at}`, metric.with({ label: of })] as const);
  return new MathExpression({
    // What nobody called has no value. FILL keeps such a metric from hiding the others.
    expression: `MAX([${watched.map(({ badFrom }, at) => `FILL(m${at}, 0) / ${badFrom}`).join(', ')}])`,
    usingMetrics: Object.fromEntries(metrics),
    period: alarmPeriod,
    label: 'the worst, as a share of its bound',
  });
}
