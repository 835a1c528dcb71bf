import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../deploy-settings/stage.ts';
import { addAlarm, counted } from './alarm.ts';

/** Rings when the API answered 5xx: also where no function failed, because it was throttled or took too long. */
export function alarmWhenApiFails(scope: Construct, api: HttpApi): void {
  addAlarm(scope, 'Failing', {
    alarmDescription:
      'Senders or operators are answered 5xx, and senders have to repeat their webhooks. See authorizerError and integrationError in the access log, then the log of the function.',
    metric: api.metricServerError(counted),
  });
}

/**
 * Rings when operators were answered 429. API Gateway's own metric counts all 4xx of all routes, so the access log is
 * counted. The pattern names the public routes: a route that is not in the log counts as an operator's.
 */
export function alarmWhenOperatorsThrottled(scope: Construct, accessLog: LogGroup, stage: Stage): void {
  const metricNamespace = `Hooklatch/${stage}`;
  const metricName = 'OperatorsThrottled';
  new MetricFilter(scope, 'OperatorsThrottledLines', {
    logGroup: accessLog,
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue('$.status', '=', '429'),
      FilterPattern.stringValue('$.route', '!=', 'ANY /hooks/*'),
      FilterPattern.stringValue('$.route', '!=', 'GET /healthz'),
    ),
    metricNamespace,
    metricName,
  });
  addAlarm(scope, 'OperatorsThrottled', {
    alarmDescription:
      'Operators are answered 429, and may be unable to close a leaked URL: more requests come to their routes than are let through. See whose in the access log, and docs/floods.md for how to close a URL all the same.',
    metric: new Metric({ namespace: metricNamespace, metricName, ...counted }),
  });
}
