import type { InvocationResult, LambdaFunction } from '../lambda/lambda-function.ts';
import { logLine } from '../lambda/lambda-log.ts';
import type { RuleTarget, RuleTargetOptions } from './rule-target.ts';

/** Lambda retries an event twice, after minutes. Here the retries come after seconds. */
const defaultRetryDelaysMs = [1_000, 2_000];
const throttleDelayMs = 1_000;

/** A function as the target of a rule. */
export function functionTarget(
  called: LambdaFunction,
  { onLog, retryDelays = defaultRetryDelaysMs, wait, signal }: RuleTargetOptions,
): RuleTarget {
  const deliver = async (line: string): Promise<void> => {
    const event: unknown = JSON.parse(line);
    const delays = [...retryDelays];
    while (!signal.aborted) {
      const ended = await called.invoke(event);
      if (ended.status === 'answered' || signal.aborted) return;
      const delay = delayAfter(ended, delays);
      if (delay === undefined) {
        onLog('local-bus', logLine('ERROR', undefined, [givenUpLine(called.name, ended)], new Date()));
        return;
      }
      await wait(delay, signal);
    }
  };
  return { isStored: false, deliver };
}

/**
 * The delay before the next attempt, or undefined if there is none. Consumes a retry for a failed call, but not for a
 * throttled one.
 */
function delayAfter(ended: InvocationResult, delays: number[]): number | undefined {
  if (ended.status === 'throttled') return throttleDelayMs;
  return ended.status === 'failed' ? delays.shift() : undefined;
}

/**
 * The log line of an event that was given up. The line leaves out the error's message, which may quote the event and is
 * in the function's log.
 */
function givenUpLine(name: string, ended: InvocationResult): string {
  const reason = ended.status === 'failed' ? ended.errorType : ended.status;
  return `${name} did not process an event (${reason}). The event was given up`;
}
