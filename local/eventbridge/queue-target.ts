import { logLine } from '../lambda/lambda-log.ts';
import type { MessageQueue } from '../sqs/message-queue.ts';
import type { RuleTarget, RuleTargetOptions } from './rule-target.ts';

/** A queue that a rule sends to. */
export interface RuleQueue {
  queue: MessageQueue;
  /** Whether a policy of the queue lets EventBridge send to it for this rule. */
  isPermitted: boolean;
}

/** Why a queue does not get an event: EventBridge's code, and words for the log. */
interface Refusal {
  code: 'NO_PERMISSIONS' | 'INVALID_PARAMETER';
  reason: string;
}

/**
 * The queue as a target. As on AWS, a rule without the permission to send exists. Its events go to the target's dead-letter queue, if
 * it has one, and are given up otherwise. EventBridge sends no message attributes to the queue itself, and no group.
 */
export function queueTarget(
  rule: { id: string; arn: string },
  target: RuleQueue,
  deadLetters: RuleQueue | undefined,
  { onLog }: Pick<RuleTargetOptions, 'onLog'>,
): RuleTarget {
  const log = (message: string): void => onLog('local-bus', logLine('ERROR', undefined, [message], new Date()));
  const describe = ({ queue: { name } }: RuleQueue, { reason }: Refusal): string =>
    `${rule.id} can't send to ${name}: ${reason}.`;
  const deliver = async (line: string): Promise<void> => {
    const refusal = refusalOf(target, rule.arn, line);
    if (!refusal) return send(target, line);
    const refusedToo = deadLetters && refusalOf(deadLetters, rule.arn, line);
    if (deadLetters && !refusedToo) {
      await send(deadLetters, line, failureAttributes(rule.arn, target, refusal));
      log(`${describe(target, refusal)} The event is in ${deadLetters.queue.name}`);
      return;
    }
    const both = [describe(target, refusal), ...(deadLetters && refusedToo ? [describe(deadLetters, refusedToo)] : [])];
    log(`${both.join(' ')} The event was given up`);
  };
  return { isStored: true, deliver };
}

function refusalOf({ queue, isPermitted }: RuleQueue, ruleArn: string, line: string): Refusal | undefined {
  if (!isPermitted) {
    const reason = `no AWS::SQS::QueuePolicy allows events.amazonaws.com to call sqs:SendMessage for ${ruleArn}`;
    return { code: 'NO_PERMISSIONS', reason };
  }
  const { MaximumMessageSize: limit } = queue.properties;
  if (Buffer.byteLength(line) <= limit) return undefined;
  return { code: 'INVALID_PARAMETER', reason: `the queue takes messages of at most ${limit} bytes` };
}

async function send({ queue }: RuleQueue, body: string, attributes: Record<string, string> = {}): Promise<void> {
  const texts = Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]);
  await queue.send([{ content: { body, attributes: Object.fromEntries(texts) } }]);
}

/** What EventBridge says about an event in a dead-letter queue. */
const failureAttributes = (ruleArn: string, { queue }: RuleQueue, { code, reason }: Refusal) => ({
  RULE_ARN: ruleArn,
  TARGET_ARN: queue.arn,
  ERROR_CODE: code,
  ERROR_MESSAGE: reason,
});
