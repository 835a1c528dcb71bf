import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { addAlarm, counted, type Severity } from './alarm.ts';

/**
 * Rings when a function failed.
 * @param scope the construct of the function; its id is the name of the function's file
 * @param alarm `impact` says what breaks for people, as a sentence
 */
export function alarmOnFunctionErrors(
  scope: Construct,
  handler: LambdaFunction,
  { severity, impact }: { severity: Severity; impact: string },
): void {
  addAlarm(scope, 'Failing', {
    severity,
    alarmDescription: `${impact} See why in the log of ${scope.node.id}.`,
    metric: handler.metricErrors(counted),
  });
}
