import { cannotRun } from '../cloudformation/cannot-run.ts';
import type { Stack } from '../cloudformation/physical-ids.ts';
import { readQueuePermissions } from '../cloudformation/queue-policy.ts';
import { readInvokePermissions, readLogPermissions } from '../cloudformation/resource-policies.ts';
import type { ResourceProperties } from '../cloudformation/resource-properties.ts';
import { StartError } from '../start/start-error.ts';
import { type RuleQueue, undeliveredOf } from './dead-letters.ts';
import { functionTarget } from './function-target.ts';
import { queueTarget } from './queue-target.ts';
import type { RuleTarget, RuleTargetOptions } from './rule-target.ts';

type Rule = { id: string; arn: string };
type TargetDeclaration = ResourceProperties<'AWS::Events::Rule'>['Targets'][number];

/**
 * Returns a function that finds a target of a rule.
 * @throws StartError if it is no function, queue or log group of the stack, or EventBridge has no permission for a function or a log
 * group
 */
export function createRuleTargets(
  stack: Stack,
  options: RuleTargetOptions,
): (rule: Rule, target: Omit<TargetDeclaration, 'Id' | 'Input'>) => RuleTarget {
  const mayCall = readInvokePermissions(stack, 'events.amazonaws.com');
  const mayWrite = readLogPermissions(stack);
  const maySend = readQueuePermissions(stack);
  const groups = readLogGroups(stack);
  const findQueue = (rule: Rule, queueArn: string): RuleQueue | undefined => {
    const queue = options.queue(queueArn);
    return queue && { queue, isPermitted: maySend({ queueArn, ruleArn: rule.arn }) };
  };
  const findDeadLetters = (rule: Rule, queueArn: string | undefined): RuleQueue | undefined => {
    const found = queueArn === undefined ? undefined : findQueue(rule, queueArn);
    if (found || queueArn === undefined) return found;
    throw cannotRun(rule.id, 'AWS::Events::Rule', `its dead-letter queue is not a queue of the template: ${queueArn}`);
  };
  return (rule, { Arn: targetArn, DeadLetterConfig, RetryPolicy: retryPolicy }) => {
    const { id, arn } = rule;
    const deadLetters = findDeadLetters(rule, DeadLetterConfig?.Arn);
    const undelivered = undeliveredOf(rule, deadLetters, options);
    const called = options.functions.get(targetArn);
    const isPermitted = called && checkPermission(id, () => mayCall(called.name, called.arn, arn));
    // As on AWS, a rule without the permission exists. Its events are dead letters; without a queue for them, nobody would notice.
    if (called && (isPermitted || deadLetters))
      return functionTarget(arn, { called, isPermitted: isPermitted === true, retryPolicy }, undelivered, options);
    const queue = findQueue(rule, targetArn);
    if (queue) return queueTarget(arn, queue, undelivered);
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
