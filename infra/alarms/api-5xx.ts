import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { addAlarm, counted } from './alarm.ts';

/**
 * Rings when the API answered 5xx. The API can answer 5xx although no function fails: a function may be throttled or
 * take too long.
 */
export function alarmOnApi5xx(scope: Construct, api: HttpApi): void {
  addAlarm(scope, 'Failing', {
    severity: 'urgent',
    alarmDescription:
      'Senders or operators get a 5xx, and senders must repeat their webhooks. See authorizerError and integrationError in the access log, then the log of the function.',
    metric: api.metricServerError(counted),
  });
}
