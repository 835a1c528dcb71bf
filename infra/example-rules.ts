import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { type IRuleTarget, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Stage } from './deploy-settings/stage.ts';
import type { ExampleTarget } from './deploy-settings/targets.ts';
import type { AnyEventBus } from './event-bus.ts';
import { addLogGroup } from './log-group.ts';

/** The time for which a queue keeps its messages: the maximum of SQS. */
const queueRetention = Duration.days(14);
/** The time for which SQS hides a message from all other consumers. */
const visibilityTimeout = Duration.minutes(1);
/** A message goes to the dead-letter queue after this many failed receives. */
const maxReceiveCount = 5;

/** Rules to begin with. The example rules show what arrives on the bus, and you can copy them for your own rules. */
export class ExampleRules extends Construct {
  constructor(scope: Construct, bus: AnyEventBus, stage: Stage, targets: ExampleTarget[]) {
    super(scope, 'ExampleRules');
    if (targets.includes('log')) this.addRule('Log', bus, this.logTarget(stage));
    if (targets.includes('queue')) this.addRule('Queue', bus, this.queueTarget());
  }

  /**
   * Matches every webhook of every connection. The pattern does not match Hooklatch's own events, whose source is
   * `hooklatch`.
   */
  private addRule(id: string, eventBus: AnyEventBus, target: IRuleTarget): void {
    new Rule(this, `${id}Rule`, {
      eventBus,
      eventPattern: { source: Match.prefix('hooklatch.') },
      targets: [target],
    });
  }

  /** CDK's log target is not used: it would add a function with far more rights, only to write the same policy. */
  private logTarget(stage: Stage): IRuleTarget {
    // The console of EventBridge offers only log groups with this prefix.
    const group = addLogGroup(this, 'Log', `/aws/events/hooklatch-${stage}`);
    new CfnResourcePolicy(this, 'LogPolicy', {
      policyName: `hooklatch-${stage}-events-to-log`,
      policyDocument: Stack.of(this).toJsonString(
        new PolicyDocument({
          statements: [
            new PolicyStatement({
              principals: [
                new ServicePrincipal('events.amazonaws.com'),
                new ServicePrincipal('delivery.logs.amazonaws.com'),
              ],
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [group.logGroupArn],
            }),
          ],
        }),
      ),
    });
    const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
    const arn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: group.logGroupName,
      arnFormat,
    });
    return { bind: () => ({ arn, targetResource: group }) };
  }

  /**
   * One dead-letter queue gets the events that can't be put into the queue, and the messages that consumers failed on too
   * often.
   */
  private queueTarget(): IRuleTarget {
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: queueRetention };
    const queue = new Queue(this, 'DeadLetters', common);
    const webhooks = new Queue(this, 'Queue', {
      ...common,
      visibilityTimeout,
      deadLetterQueue: { queue, maxReceiveCount },
    });
    return new SqsQueue(webhooks, { deadLetterQueue: queue });
  }
}
