import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Stage } from '../deploy-settings/stage.ts';
import type { HooklatchFunction } from '../function.ts';
import { addAlarm, counted } from './alarm.ts';

/**
 * Counts the lines of a function on what it put aside by itself, and rings; `consumeStream` sees to what grew too old.
 * @param metricName what is counted
 * @param impact what breaks for people, and what to do
 */
export function alarmWhenGivenUp(fn: HooklatchFunction, stage: Stage, metricName: string, impact: string): void {
  const metricNamespace = `Hooklatch/${stage}`;
  new MetricFilter(fn, 'GivenUpLines', {
    logGroup: fn.handler.logGroup,
    filterPattern: FilterPattern.stringValue('$.message.outcome', '=', 'given_up'),
    metricNamespace,
    metricName,
  });
  addAlarm(fn, 'GivenUp', {
    alarmDescription: impact,
    metric: new Metric({ namespace: metricNamespace, metricName, ...counted }),
  });
}
