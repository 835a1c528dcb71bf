import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { addAlarm, counted } from './alarm.ts';

/**
 * Rings when a function failed.
 * @param scope the construct of the function; its id is the name of the function's file
 * @param impact what breaks for people, as a sentence
 */
export function alarmOnFunctionErrors(scope: Construct, handler: LambdaFunction, impact: string): void {
  addAlarm(scope, 'Failing', {
    alarmDescription: `${impact} See why in the log of ${scope.node.id}.`,
    metric: handler.metricErrors(counted),
  });
}
