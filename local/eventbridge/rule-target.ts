import type { LocalAws } from '../aws/local-aws.ts';
import { cannotRun } from '../cloudformation/cannot-run.ts';
import type { Stack } from '../cloudformation/physical-ids.ts';
import { readQueuePermissions } from '../cloudformation/queue-policy.ts';
import { readInvokePermissions, readLogPermissions } from '../cloudformation/resource-policies.ts';
import type { InvocationResult, LambdaFunction } from '../lambda/lambda-function.ts';
import { logLine } from '../lambda/lambda-log.ts';
import type { MessageQueue } from '../sqs/message-queue.ts';
import { StartError } from '../start/start-error.ts';
import type { Wait } from './abortable-wait.ts';

/** A target of a rule. */
export interface RuleTarget {
  /**
   * Resolves when the target has taken the event, or when the event was given up and a line about it was logged. Rejects
   * if the target's store fails.
   */
  deliver(line: string): Promise<void>;
  /**
   * Whether the target keeps events on the disk. The sender of an event waits for such a target, so that no end of the process
   * loses what the sender thinks is delivered.
   */
  isStored: boolean;
}

export interface RuleTargetOptions {
  /** By ARN. */
  functions: ReadonlyMap<string, LambdaFunction>;
  queue: LocalAws['queue'];
  /** Receives the lines of log groups, and the runtime's own lines under `local-bus`. */
  onLog: (name: string, line: string) => void;
  /** Milliseconds to wait before each retry of a failed call. Default: one second, then two. */
  retryDelays?: readonly number[] | undefined;
  wait: Wait;
  /** Aborts the waits for the next retry. */
  signal: AbortSignal;
}

/** Lambda retries an event twice, after minutes. Here the retries come after seconds. */
const defaultRetryDelaysMs = [1_000, 2_000];
const throttleDelayMs = 1_000;

/**
 * Returns a function that finds the target for a rule's target ARN.
 * @throws StartError if it is no function, queue or log group of the stack, or EventBridge has no permission for a function or a log
 * group
 */
export function createRuleTargets(
  stack: Stack,
  options: RuleTargetOptions,
): (rule: { id: string; arn: string }, targetArn: string) => RuleTarget {
  const mayCall = readInvokePermissions(stack, 'events.amazonaws.com');
  const mayWrite = readLogPermissions(stack);
  const maySend = readQueuePermissions(stack);
  const groups = readLogGroups(stack);
  return ({ id, arn }, targetArn) => {
    const called = options.functions.get(targetArn);
    if (called && checkPermission(id, () => mayCall(called.name, called.arn, arn))) return toFunction(called, options);
    const queue = options.queue(targetArn);
    if (queue) return toQueue(queue, { id, arn }, maySend({ queueArn: queue.arn, ruleArn: arn }), options);
    const group = groups.get(withoutStreams(targetArn));
    if (group !== undefined && checkPermission(id, () => mayWrite(withoutStreams(targetArn)))) {
      return { isStored: false, deliver: async (line) => options.onLog(group, line) };
    }
    if (called)
      throw new StartError(`${id} can't call ${called.name}: no AWS::Lambda::Permission allows events.amazonaws.com`);
    if (group !== undefined) {
      throw new StartError(`${id} can't write to ${group}: no AWS::Logs::ResourcePolicy allows events.amazonaws.com`);
    }
    const unknown = `it has a target that is no function, queue or log group of the template: ${targetArn}`;
    throw cannotRun(id, 'AWS::Events::Rule', unknown);
  };
}

/** Checks a permission. A policy that can't be evaluated stops the start. */
function checkPermission(id: string, isPermitted: () => boolean): boolean {
  try {
    return isPermitted();
  } catch (error) {
    throw new StartError(`${id}: ${(error as Error).message}`, { cause: error });
  }
}

/** The names of the stack's log groups, by ARN. */
function readLogGroups(stack: Stack): Map<string, string> {
  const ids = Object.keys(stack.resources).filter((id) => stack.resources[id]?.Type === 'AWS::Logs::LogGroup');
  return new Map(ids.map((id) => [withoutStreams(stack.attribute(id, 'Arn') ?? id), stack.attribute(id, 'Ref') ?? id]));
}

/** Removes `:*`, which a log group's ARN may end with to include all streams. */
function withoutStreams(arn: string): string {
  return arn.replace(/:\*$/, '');
}

function toFunction(
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
 * As on AWS, a rule without the permission to send exists, and its events are given up. EventBridge sends no attributes and
 * no group.
 */
function toQueue(
  queue: MessageQueue,
  rule: { id: string; arn: string },
  isPermitted: boolean,
  { onLog }: RuleTargetOptions,
): RuleTarget {
  const limit = queue.properties.MaximumMessageSize;
  const problemOf = (line: string): string | undefined => {
    if (!isPermitted) {
      return `no AWS::SQS::QueuePolicy allows events.amazonaws.com to call sqs:SendMessage for ${rule.arn}`;
    }
    return Buffer.byteLength(line) > limit ? `the queue takes messages of at most ${limit} bytes` : undefined;
  };
  const deliver = async (line: string): Promise<void> => {
    const problem = problemOf(line);
    if (problem === undefined) return void (await queue.send([{ content: { body: line, attributes: {} } }]));
    const message = `${rule.id} can't send to ${queue.name}: ${problem}. The event was given up`;
    onLog('local-bus', logLine('ERROR', undefined, [message], new Date()));
  };
  return { isStored: true, deliver };
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
