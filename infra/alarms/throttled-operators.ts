import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../deploy-settings/stage.ts';
import { logMetric } from '../log-metric.ts';
import { addAlarm, counted } from './alarm.ts';

/**
 * Rings when operators get a 429. API Gateway's own metric counts the 4xx of all routes, so this metric counts lines of
 * the access log. The pattern excludes the public routes by name, and matches all other routes.
 */
export function alarmOnThrottledOperators(scope: Construct, accessLog: ILogGroup, stage: Stage): void {
  const lines = logMetric(scope, 'OperatorsThrottledLines', {
    stage,
    metricName: 'OperatorsThrottled',
    logGroup: accessLog,
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue('$.status', '=', '429'),
      FilterPattern.stringValue('$.route', '!=', 'ANY /hooks/*'),
      FilterPattern.stringValue('$.route', '!=', 'GET /healthz'),
      FilterPattern.stringValue('$.route', '!=', 'GET /openapi.json'),
    ),
  });
  addAlarm(scope, 'OperatorsThrottled', {
    alarmDescription:
      'Operators get a 429 and may be unable to close a leaked URL: their routes receive more requests than the limit lets through. The access log shows who sends them. docs/floods.md says how to close a URL even then.',
    metric: lines.with(counted),
  });
}
