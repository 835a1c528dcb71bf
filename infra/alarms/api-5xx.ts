import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { addAlarm, counted } from './alarm.ts';

/**
 * Rings when the API answered 5xx: a function that answers it failed, took too long, or was throttled. So these functions need no alarm of
 * their own.
 */
export function alarmOnApi5xx(scope: Construct, api: HttpApi): void {
  addAlarm(scope, 'Failing', {
    severity: 'urgent',
    alarmDescription:
      'Senders or operators get a 5xx, and senders must repeat their webhooks. The access log has the route, authorizerError and integrationError. A route of hooks leads to authorize and ingest: see the log group SendersLog. The others lead to authorize-operator and the functions of the API: see the log group OperatorsLog. The name of a log stream has the function. If AccountThrottled rings too, Lambda had no concurrency left: docs/limits.md. docs/alarms.md says what does not work.',
    metric: api.metricServerError(counted),
  });
}
