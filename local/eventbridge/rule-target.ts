import type { Stack } from '../cloudformation/physical-ids.ts';
import { readInvokePermissions, readLogPermissions } from '../cloudformation/resource-policies.ts';
import type { InvocationResult, LambdaFunction } from '../lambda/lambda-function.ts';
import { logLine } from '../lambda/lambda-log.ts';
import { StartError } from '../start/start-error.ts';
import type { Wait } from './abortable-wait.ts';

/** What a rule sends events to. Resolves when the event was taken, or given up with a line in the log. */
export type RuleTarget = (line: string) => Promise<void>;

export interface RuleTargetOptions {
  /** By ARN. */
  functions: ReadonlyMap<string, LambdaFunction>;
  /** Takes the lines of a log group, and of the runtime's own under `local-bus`. */
  onLog: (name: string, line: string) => void;
  /** Milliseconds to wait before each new attempt of a call that failed; a second, then two, if it is not said. */
  retryDelays?: readonly number[] | undefined;
  wait: Wait;
  /** Ends what waits for its next try. */
  signal: AbortSignal;
}

/** Lambda runs an event again twice; here it does so after seconds, not minutes. */
const fewRetries = [1_000, 2_000];
const throttleDelay = 1_000;

/**
 * How to reach what a rule names as its target.
 * @throws StartError when that is neither a function nor a log group of the stack, or EventBridge may not reach it
 */
export function createRuleTargets(
  stack: Stack,
  options: RuleTargetOptions,
): (rule: { id: string; arn: string }, targetArn: string) => RuleTarget {
  const mayCall = readInvokePermissions(stack, 'events.amazonaws.com');
  const mayWrite = readLogPermissions(stack);
  const groups = readLogGroups(stack);
  return ({ id, arn }, targetArn) => {
    const called = options.functions.get(targetArn);
    if (called && checked(id, () => mayCall(called.name, called.arn, arn))) return toFunction(called, options);
    const group = groups.get(withoutStreams(targetArn));
    if (group !== undefined && checked(id, () => mayWrite(withoutStreams(targetArn)))) {
      return async (line) => options.onLog(group, line);
    }
    if (called)
      throw new StartError(`${id} can't call ${called.name}: no AWS::Lambda::Permission lets events.amazonaws.com`);
    if (group !== undefined) {
      throw new StartError(`${id} can't write to ${group}: no AWS::Logs::ResourcePolicy lets events.amazonaws.com`);
    }
    throw new StartError(`${id} has a target that is neither a function nor a log group of the template: ${targetArn}`);
  };
}

/** A policy that can't be evaluated is no permission. */
function checked(id: string, isPermitted: () => boolean): boolean {
  try {
    return isPermitted();
  } catch (error) {
    throw new StartError(`${id}: ${(error as Error).message}`, { cause: error });
  }
}

/** Names of the stack's log groups by their ARN. */
function readLogGroups(stack: Stack): Map<string, string> {
  const ids = Object.keys(stack.resources).filter((id) => stack.resources[id]?.Type === 'AWS::Logs::LogGroup');
  return new Map(ids.map((id) => [withoutStreams(stack.attribute(id, 'Arn') ?? id), stack.attribute(id, 'Ref') ?? id]));
}

/** A group's ARN may stand for all its streams, `:*`. */
function withoutStreams(arn: string): string {
  return arn.replace(/:\*$/, '');
}

function toFunction(
  called: LambdaFunction,
  { onLog, retryDelays = fewRetries, wait, signal }: RuleTargetOptions,
): RuleTarget {
  return async (line) => {
    const event: unknown = JSON.parse(line);
    const delays = [...retryDelays];
    while (!signal.aborted) {
      const ended = await called.invoke(event);
      if (ended.status === 'answered' || signal.aborted) return;
      const delay = delayAfter(ended, delays);
      if (delay === undefined) {
        onLog('local-bus', logLine('ERROR', undefined, [givenUp(called.name, ended)], new Date()));
        return;
      }
      await wait(delay, signal);
    }
  };
}

/** Takes the next delay of a call that failed; one that came while the function was busy counts as no attempt. */
function delayAfter(ended: InvocationResult, delays: number[]): number | undefined {
  if (ended.status === 'throttled') return throttleDelay;
  return ended.status === 'failed' ? delays.shift() : undefined;
}

/** Without the error's message, which may quote the event: the function has logged that itself. */
function givenUp(name: string, ended: InvocationResult): string {
  const reason = ended.status === 'failed' ? ended.errorType : ended.status;
  return `${name} did not take an event (${reason}): it was given up`;
}
