import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { HooklatchFunction } from '../function.ts';
import { addAlarm, counted } from './alarm.ts';

/**
 * Rings when Lambda turned one of these functions away for want of concurrency, which shows in no log of a function.
 * One alarm is billed for each metric in it, so it watches only the functions that everything depends on: the account's
 * concurrency is shared by all.
 */
export function alarmWhenThrottled(scope: Construct, functions: HooklatchFunction[]): void {
  const metrics = functions.map(({ handler }, at) => [`m${at}`, handler.metricThrottles(counted)] as const);
  const names = functions.map(({ node }) => node.id);
  const last = names.pop();
  addAlarm(scope, 'Throttled', {
    alarmDescription: `Senders or operators are answered 5xx: Lambda had no concurrency left for ${names.join(', ')} or ${last}. Ask for a higher quota of concurrent executions, or lower senderRate: docs/limits.md.`,
    metric: new MathExpression({
      // A function that nobody called has no value, which would leave the sum without one.
      expression: metrics.map(([id]) => `FILL(${id}, 0)`).join(' + '),
      usingMetrics: Object.fromEntries(metrics),
      period: counted.period,
    }),
  });
}
