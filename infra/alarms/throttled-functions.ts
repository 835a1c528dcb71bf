import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { HooklatchFunction } from '../function.ts';
import { addAlarm, alarmPeriod, counted } from './alarm.ts';

/**
 * Rings when Lambda had no concurrency left for one of these functions. No log of a function shows this. AWS bills an
 * alarm once for each of its metrics. So this alarm watches only the functions that all requests go through. These
 * functions are enough, because all functions share the account's concurrency.
 */
export function alarmOnThrottledFunctions(scope: Construct, functions: HooklatchFunction[]): void {
  const metrics = functions.map(({ handler }, at) => [`m${at}`, handler.metricThrottles(counted)] as const);
  const names = functions.map(({ node }) => node.id);
  const last = names.pop();
  addAlarm(scope, 'Throttled', {
    alarmDescription: `Senders or operators get a 5xx: Lambda had no concurrency left for ${names.join(', ')} or ${last}. Ask AWS for a higher quota of concurrent executions, or lower senderRate: docs/limits.md.`,
    metric: new MathExpression({
      // A function that nobody called has no value. Without FILL, the sum would then have no value either.
      expression: metrics.map(([id]) => `FILL(${id}, 0)`).join(' + '),
      usingMetrics: Object.fromEntries(metrics),
      period: alarmPeriod,
    }),
  });
}
