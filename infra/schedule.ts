import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { HooklatchFunction } from './function.ts';

export interface ScheduleProps {
  minutes: number;
  /** How often Lambda repeats a call that failed: one minute after it, and two minutes after that. */
  retries: 0 | 2;
}

/**
 * Wakes a function every few minutes. A call that could not begin before the next one is dropped, because the next one does its work.
 * Otherwise a shortage of concurrency would leave up to six hours of calls, and all of them would begin when it ends.
 *
 * The bounds hold for all calls of the function for which nobody waits.
 */
export function wakeEvery(gateway: Construct, fn: HooklatchFunction, { minutes, retries }: ScheduleProps): void {
  const interval = Duration.minutes(minutes);
  ruleEvery(gateway, minutes).addTarget(new LambdaFunction(fn.handler, { maxEventAge: interval }));
  fn.handler.configureAsyncInvoke({ maxEventAge: interval, retryAttempts: retries });
}

/** The rule of an interval, which is made when it is first asked for. EventBridge takes five targets for a rule. */
function ruleEvery(gateway: Construct, minutes: number): Rule {
  const id = minutes === 1 ? 'EveryMinute' : `Every${minutes}Minutes`;
  const made = gateway.node.tryFindChild(id);
  if (made instanceof Rule) return made;
  const every = minutes === 1 ? 'every minute' : `every ${minutes} minutes`;
  const description = `Wakes the functions of Hooklatch that look for work ${every}`;
  return new Rule(gateway, id, { description, schedule: Schedule.rate(Duration.minutes(minutes)) });
}
