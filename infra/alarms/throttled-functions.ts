import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { HooklatchFunction } from '../function.ts';
import { addAlarm, alarmPeriod, counted } from './alarm.ts';

/**
 * The throttles of these functions together. AWS bills an alarm once for each of its metrics, so the sum costs as much as an
 * alarm for each function.
 */
export function throttlesOf(functions: readonly HooklatchFunction[]): MathExpression {
  const metrics = functions.map(({ handler }, at) => [`m${at}`, handler.metricThrottles(counted)] as const);
  return new MathExpression({
    // A function that nobody called has no value. Without FILL, the sum would then have no value either.
    expression: metrics.map(([id]) => `FILL(${id}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(metrics),
    period: alarmPeriod,
  });
}

/** The names of these functions in a sentence. */
export function anyOf(functions: readonly HooklatchFunction[]): string {
  const names = functions.map(({ node }) => node.id);
  const last = names.pop();
  return `${names.join(', ')} or ${last}`;
}

/**
 * Rings when Lambda had no concurrency left for one of the functions that all requests go through. No log of a function
 * shows this. The functions behind the operators' routes share the same concurrency, so they need no alarm of their own.
 */
export function alarmOnThrottledFunctions(scope: Construct, functions: readonly HooklatchFunction[]): void {
  addAlarm(scope, 'Throttled', {
    severity: 'urgent',
    alarmDescription: `Senders or operators get a 5xx: Lambda had no concurrency left for ${anyOf(functions)}. Ask AWS for a higher quota of concurrent executions, or lower senderRate: docs/limits.md.`,
    metric: throttlesOf(functions),
  });
}
