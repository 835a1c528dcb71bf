import type { InvocationResult, LambdaFunction } from '../lambda/lambda-function.ts';
import { logLine } from '../lambda/lambda-log.ts';
import type { Exhausted, Refusal, Undelivered } from './dead-letters.ts';
import type { RuleTarget, RuleTargetOptions } from './rule-target.ts';

/** Lambda retries after minutes. Here the retries come after seconds. */
const defaultRetryDelaysMs = [1_000, 2_000];

/** The delay before a throttled function is called again. It doubles each time, up to the longest. */
const throttleDelayMs = 1_000;
const longestThrottleDelayMs = 30_000;

/** How often, and for how long after the event, the bus tries to hand an event to a target. */
export interface RetryPolicy {
  MaximumRetryAttempts: number;
  MaximumEventAgeInSeconds: number;
}

/** A function that a rule calls. */
export interface RuleFunction {
  called: LambdaFunction;
  /** Whether a permission of the function lets EventBridge call it for this rule. */
  isPermitted: boolean;
  retryPolicy: RetryPolicy;
}

/**
 * A function as the target of a rule. It has an event once it was called with it: what it fails on is repeated, and then given up. Until
 * then the bus keeps the event. On AWS, Lambda keeps the events of a throttled function itself.
 */
export function functionTarget(
  ruleArn: string,
  { called, isPermitted, retryPolicy }: RuleFunction,
  undelivered: Undelivered,
  { onLog, retryDelays = defaultRetryDelaysMs, wait, now, signal }: RuleTargetOptions,
): RuleTarget {
  /** Calls the function until it is not throttled. @returns the part of the policy that ended the attempts, or how the call ended */
  const call = async (event: unknown, policy: RetryPolicy): Promise<InvocationResult | Exhausted> => {
    const began = now().getTime();
    for (let retries = 0; ; retries += 1) {
      const ended = await called.invoke(event);
      if (ended.status !== 'throttled' || signal.aborted) return ended;
      const delay = Math.min(throttleDelayMs * 2 ** retries, longestThrottleDelayMs);
      if (retries >= policy.MaximumRetryAttempts) return { condition: 'MaximumRetryAttempts', retries };
      const age = now().getTime() - began + delay;
      if (age > policy.MaximumEventAgeInSeconds * 1000) return { condition: 'MaximumEventAgeInSeconds', retries };
      await wait(delay, signal);
    }
  };
  const deliver = async (line: string): Promise<void> => {
    const target = { action: `call ${called.name}`, arn: called.arn };
    if (!isPermitted) return undelivered(line, target, notPermitted(ruleArn));
    const event: unknown = JSON.parse(line);
    let ended = await call(event, retryPolicy);
    const { retries, maxAgeMs } = called.asyncBounds;
    /** For what Lambda has taken. */
    const ofLambda = { MaximumRetryAttempts: Number.POSITIVE_INFINITY, MaximumEventAgeInSeconds: maxAgeMs / 1000 };
    for (const delay of retryDelays.slice(0, retries)) {
      if ('condition' in ended || ended.status !== 'failed' || signal.aborted) break;
      await wait(delay, signal);
      ended = await call(event, ofLambda);
    }
    if ('condition' in ended)
      return undelivered(line, target, { code: 'THROTTLING', reason: 'it is throttled', exhausted: ended });
    if (ended.status === 'answered' || signal.aborted) return;
    onLog('local-bus', logLine('ERROR', undefined, [givenUpLine(called.name, ended)], new Date()));
  };
  return { isStored: false, deliver };
}

const notPermitted = (ruleArn: string): Refusal => ({
  code: 'NO_PERMISSIONS',
  reason: `no AWS::Lambda::Permission allows events.amazonaws.com to call lambda:InvokeFunction for ${ruleArn}`,
});

/**
 * The log line of an event that was given up. The line leaves out the error's message, which may quote the event and is
 * in the function's log.
 */
function givenUpLine(name: string, ended: InvocationResult): string {
  const reason = ended.status === 'failed' ? ended.errorType : ended.status;
  return `${name} did not process an event (${reason}). The event was given up`;
}
