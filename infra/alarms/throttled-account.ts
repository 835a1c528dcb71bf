import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { addAlarm, counted } from './alarm.ts';

/**
 * Rings when Lambda had no concurrency left in the account and region. A throttled function has no log and no errors of its own. All
 * functions share the account's concurrency, and a metric for each of ours would cost as much as all other alarms: this one has no
 * dimension, so it counts the functions of others too. It wakes nobody. Senders and operators then get a 5xx, for which
 * `alarmOnApi5xx` rings.
 */
export function alarmOnThrottledAccount(scope: Construct): void {
  addAlarm(scope, 'AccountThrottled', {
    severity: 'warning',
    alarmDescription:
      "Lambda had no concurrency left for a function of this account and region, perhaps of another application: CloudWatch shows the metric Throttles by function. If it is one of Hooklatch's, work behind streams, queues and schedules is late, and nothing is lost: Lambda tries again. If HttpApiFailing rings too, senders or operators get a 5xx. Ask AWS for a higher quota of concurrent executions, or lower senderRate: docs/limits.md, docs/alarms.md",
    metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', ...counted }),
  });
}
