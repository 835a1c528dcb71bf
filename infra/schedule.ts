import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { HooklatchFunction } from './function.ts';

export interface ScheduleProps {
  minutes: number;
  /** What the function does then. */
  description: string;
  /** How often Lambda repeats a call that failed: one minute after it, and two minutes after that. */
  retries: 0 | 2;
}

/**
 * Wakes a function every few minutes. A call that could not begin before the next one is dropped, because the next one does its work.
 * Otherwise a shortage of concurrency would leave up to six hours of calls, and all of them would begin when it ends.
 *
 * The bounds hold for all calls of the function for which nobody waits.
 */
export function wakeEvery(fn: HooklatchFunction, id: string, { minutes, description, retries }: ScheduleProps): void {
  const interval = Duration.minutes(minutes);
  new Rule(fn, id, {
    description,
    schedule: Schedule.rate(interval),
    targets: [new LambdaFunction(fn.handler, { maxEventAge: interval })],
  });
  fn.handler.configureAsyncInvoke({ maxEventAge: interval, retryAttempts: retries });
}
