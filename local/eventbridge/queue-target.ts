import { type RuleQueue, refusalOf, send, sendingTo, type Undelivered } from './dead-letters.ts';
import type { RuleTarget } from './rule-target.ts';

/**
 * The queue as a target. As on AWS, a rule without the permission to send exists. EventBridge sends no message attributes to the queue
 * itself, and no group.
 */
export function queueTarget(ruleArn: string, target: RuleQueue, undelivered: Undelivered): RuleTarget {
  const deliver = async (line: string): Promise<void> => {
    const refusal = refusalOf(target, ruleArn, line);
    return refusal ? undelivered(line, sendingTo(target), refusal) : send(target, line);
  };
  return { isStored: true, deliver };
}
