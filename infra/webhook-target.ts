/** What can get webhooks from the bus. */
import { Duration } from 'aws-cdk-lib';
import type { IRuleTarget } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SfnStateMachine, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Function as CdkFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * A function, a queue or a state machine. The interfaces alone do not accept CDK's own classes where `exactOptionalPropertyTypes` is set.
 */
export type WebhookTarget = IFunction | CdkFunction | IQueue | Queue | IStateMachine | StateMachine;

/** How often and for how long EventBridge tries to reach a target: its maximum, which it would take by itself too. */
const retries = { retryAttempts: 185, maxEventAge: Duration.hours(24) };

/** The target of a rule. What does not reach it goes to the dead-letter queue. */
export function ruleTargetOf(target: WebhookTarget, deadLetterQueue: Queue): IRuleTarget {
  const props = { deadLetterQueue, ...retries };
  if ('functionArn' in target) return new LambdaFunction(target as IFunction, props);
  if ('queueArn' in target) return new SqsQueue(target as IQueue, props);
  return new SfnStateMachine(target as IStateMachine, props);
}
