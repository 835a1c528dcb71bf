import { z } from 'zod';
import { evaluatePolicies, type PolicyStatement } from '../aws/policy-evaluation.ts';
import { cannotRun } from './cannot-run.ts';
import { accountId, type Stack } from './physical-ids.ts';
import { resourcesOfType } from './resource-properties.ts';
import { onlyDemandsTls } from './transport-statement.ts';

const eventBridge = z.literal('events.amazonaws.com');

/** A statement that lets EventBridge use the queue, or denies it. */
const concernsEventBridge = z.looseObject({
  Principal: z.strictObject({ Service: z.union([eventBridge, z.array(eventBridge)]) }),
});

/** What EventBridge wants to do with a queue on behalf of a rule. */
export interface RuleSend {
  queueArn: string;
  ruleArn: string;
}

/**
 * Returns a function that checks whether EventBridge may send to a queue on behalf of a rule. The stack's AWS::SQS::QueuePolicy
 * resources decide. Any other use of a queue needs the permission of a role, because the caller is in the same account.
 * @throws StartError that names a policy which could change who else may use the queue, or a second policy of a queue
 */
export function readQueuePermissions(stack: Stack): (send: RuleSend) => boolean {
  const byQueue = new Map<string, { id: string; statements: PolicyStatement[] }>();
  for (const { id, properties } of resourcesOfType(stack, 'AWS::SQS::QueuePolicy')) {
    const statements = eventBridgeStatements(id, properties.PolicyDocument.Statement);
    for (const queue of properties.Queues) {
      const other = byQueue.get(queue);
      if (other) throw refused(id, `${other.id} is a policy of the same queue, and AWS keeps only one of them`);
      byQueue.set(queue, { id, statements });
    }
  }
  const queues = Object.keys(stack.resources).filter((id) => stack.resources[id]?.Type === 'AWS::SQS::Queue');
  const urls = new Map(queues.map((id) => [stack.attribute(id, 'Arn'), stack.attribute(id, 'Ref')]));
  return ({ queueArn, ruleArn }) => {
    const { id = '', statements = [] } = byQueue.get(urls.get(queueArn) ?? '') ?? {};
    const conditions = { 'aws:SourceArn': [ruleArn], 'aws:SourceAccount': [accountId] };
    try {
      return evaluatePolicies(statements, { action: 'sqs:SendMessage', resource: queueArn, conditions }).allowed;
    } catch (error) {
      throw refused(id, (error as Error).message, error);
    }
  };
}

function eventBridgeStatements(id: string, statements: readonly object[]): PolicyStatement[] {
  const effective = statements.filter((statement) => !onlyDemandsTls(statement));
  const other = effective.find((statement) => !concernsEventBridge.safeParse(statement).success);
  if (other) {
    const supported =
      'it supports only statements for events.amazonaws.com, and those that require TLS. Give the permission to the role of a ' +
      'function instead of';
    throw refused(id, `${supported} ${JSON.stringify(other)}`);
  }
  return effective as PolicyStatement[];
}

const refused = (id: string, reason: string, cause?: unknown) => cannotRun(id, 'AWS::SQS::QueuePolicy', reason, cause);
