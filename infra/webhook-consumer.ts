import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { addAlarm, counted } from './alarms/alarm.ts';
import type { AnyEventBus } from './event-bus.ts';
import { warnIfNearlyFull } from './stack-headroom.ts';
import type { OnWebhookProps } from './webhook-consumer-props.ts';
import { ruleTargetOf, type WebhookTarget } from './webhook-target.ts';

/** How long a dead letter waits for somebody: the maximum of SQS. */
const deadLettersKeptFor = Duration.days(14);

/** A rule on the bus for the webhooks of a connection, the dead letters of its target, and an alarm on them. */
export class WebhookConsumer extends Construct {
  readonly rule: Rule;
  /** What EventBridge could not hand to the target for a day, or never can. The attribute `ERROR_MESSAGE` says why. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, eventBus: AnyEventBus, props: OnWebhookProps) {
    super(scope, id);
    warnIfNearlyFull(this);
    const { connection, type, pattern, target } = props;
    const name = typeof connection === 'string' ? connection : connection.connectionName;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: deadLettersKeptFor,
    });
    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SQS3',
      reason: 'The queue has the dead letters of a rule, which the check does not see.',
    });
    const types = type === undefined ? {} : { type: [type].flat().flatMap(matchOf) };
    const detail = { ...pattern, ...types };
    this.rule = new Rule(this, 'Rule', {
      eventBus,
      description: `Webhooks of ${name} for ${target.node.path}`,
      eventPattern: { source: [`hooklatch.${name}`], ...(Object.keys(detail).length > 0 && { detail }) },
      targets: [ruleTargetOf(target, this.deadLetters)],
    });
    addAlarm(this, 'DeadLettersArrived', {
      severity: 'warning',
      alarmDescription: `Webhooks of ${name} did not reach ${target.node.path}. They are in its dead-letter queue, and the attribute ERROR_MESSAGE says why. Remove the cause, then replay them: docs/consumers.md.`,
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible(counted),
    });
  }
}

/** As in lists of events, an asterisk stands for any characters. */
const matchOf = (type: string): readonly string[] => (type.includes('*') ? Match.wildcard(type) : [type]) as string[];

/**
 * The scope of the consumers in the stack of a target. A rule needs its bus, and the policy of a queue needs the rule: so only the target's
 * stack depends on the gateway's, and the two do not depend on each other.
 */
export function consumersBeside(target: WebhookTarget, gateway: Construct): Construct {
  const stack = Stack.of(target);
  const isBeside = stack === Stack.of(gateway);
  const id = isBeside ? 'OnWebhook' : `${gateway.node.path.replaceAll('/', '-')}-OnWebhook`;
  const scope = isBeside ? gateway : stack;
  return (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id);
}
