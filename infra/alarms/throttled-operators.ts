import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../deploy-settings/stage.ts';
import { logMetric } from '../log-metric.ts';
import { addAlarm, counted } from './alarm.ts';

/**
 * Rings when operators get a 429. API Gateway's own metric counts the 4xx of all routes, so this metric counts lines of
 * the access log. Only the routes of the operators' API count: all of them begin with /v1/, and no other route does. A flood
 * on the web pages has limits of its own, and keeps no operator out of the API.
 */
export function alarmOnThrottledOperators(scope: Construct, accessLog: ILogGroup, stage: Stage): void {
  const lines = logMetric(scope, 'OperatorsThrottledLines', {
    stage,
    metricName: 'OperatorsThrottled',
    logGroup: accessLog,
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue('$.status', '=', '429'),
      FilterPattern.stringValue('$.route', '=', '* /v1/*'),
    ),
  });
  addAlarm(scope, 'OperatorsThrottled', {
    severity: 'urgent',
    alarmDescription:
      'Operators get a 429 and may be unable to close a leaked URL: their routes receive more requests than the limit lets through. The access log shows who sends them. docs/floods.md says how to close a URL even then.',
    metric: lines.with(counted),
  });
}
