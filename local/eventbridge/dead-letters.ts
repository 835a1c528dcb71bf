import { logLine } from '../lambda/lambda-log.ts';
import type { MessageQueue } from '../sqs/message-queue.ts';
import type { RuleTargetOptions } from './rule-target.ts';

/** A queue that a rule sends to. */
export interface RuleQueue {
  queue: MessageQueue;
  /** Whether a policy of the queue lets EventBridge send to it for this rule. */
  isPermitted: boolean;
}

/** Why a target does not get an event: EventBridge's code, and words for the log. */
export interface Refusal {
  code: 'NO_PERMISSIONS' | 'INVALID_PARAMETER' | 'THROTTLING';
  /** Without a full stop. */
  reason: string;
  exhausted?: Exhausted;
}

/** The part of the retry policy that ended the attempts, and how often it was tried again. */
export interface Exhausted {
  condition: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';
  retries: number;
}

/** A target of a rule as errors name it. */
export interface Named {
  /** What the rule can't do, such as `send to Jobs`. */
  action: string;
  arn: string;
}

/** Takes an event that a target did not get. */
export type Undelivered = (line: string, target: Named, refusal: Refusal) => Promise<void>;

/**
 * Puts what a target did not get into its dead-letter queue. What that does not take either, or if there is none, is given up. The log
 * says so, without the event.
 */
export function undeliveredOf(
  rule: { id: string; arn: string },
  deadLetters: RuleQueue | undefined,
  { onLog }: Pick<RuleTargetOptions, 'onLog'>,
): Undelivered {
  const log = (message: string): void => onLog('local-bus', logLine('ERROR', undefined, [message], new Date()));
  const describe = ({ action }: Pick<Named, 'action'>, { reason }: Refusal): string =>
    `${rule.id} can't ${action}: ${reason}.`;
  return async (line, target, refusal) => {
    const refusedToo = deadLetters && refusalOf(deadLetters, rule.arn, line);
    if (deadLetters && !refusedToo) {
      await send(deadLetters, line, failureAttributes(rule.arn, target, refusal));
      log(`${describe(target, refusal)} The event is in ${deadLetters.queue.name}`);
      return;
    }
    const second = deadLetters && refusedToo ? [describe(sendingTo(deadLetters), refusedToo)] : [];
    log(`${[describe(target, refusal), ...second].join(' ')} The event was given up`);
  };
}

/** The queue as errors name it. */
export const sendingTo = ({ queue }: RuleQueue): Named => ({ action: `send to ${queue.name}`, arn: queue.arn });

/** Why a queue does not take an event, or undefined. */
export function refusalOf({ queue, isPermitted }: RuleQueue, ruleArn: string, line: string): Refusal | undefined {
  if (!isPermitted) {
    const reason = `no AWS::SQS::QueuePolicy allows events.amazonaws.com to call sqs:SendMessage for ${ruleArn}`;
    return { code: 'NO_PERMISSIONS', reason };
  }
  const { MaximumMessageSize: limit } = queue.properties;
  if (Buffer.byteLength(line) <= limit) return undefined;
  return { code: 'INVALID_PARAMETER', reason: `the queue takes messages of at most ${limit} bytes` };
}

/** EventBridge sends attributes to a dead-letter queue only. */
export async function send(
  { queue }: RuleQueue,
  body: string,
  attributes: Readonly<Record<string, string>> = {},
): Promise<void> {
  const texts = Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]);
  await queue.send([{ content: { body, attributes: Object.fromEntries(texts) } }]);
}

/** What EventBridge says about an event in a dead-letter queue. */
const failureAttributes = (ruleArn: string, { arn }: Named, { code, reason, exhausted }: Refusal) => ({
  RULE_ARN: ruleArn,
  TARGET_ARN: arn,
  ERROR_CODE: code,
  ERROR_MESSAGE: reason,
  ...(exhausted && {
    EXHAUSTED_RETRY_CONDITION: exhausted.condition,
    RETRY_ATTEMPTS: String(exhausted.retries),
  }),
});
