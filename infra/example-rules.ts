import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type EventBus, type IRuleTarget, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnResourcePolicy, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ExampleTarget } from './deploy-settings/example-targets.ts';
import type { Stage } from './deploy-settings/stage.ts';

/** Rules to begin with: they show what arrives on the bus, and are a pattern for your own. */
export class ExampleRules extends Construct {
  constructor(scope: Construct, bus: EventBus, stage: Stage, targets: ExampleTarget[]) {
    super(scope, 'ExampleRules');
    if (targets.includes('log')) this.addRule('Log', bus, this.logTarget(stage));
    if (targets.includes('queue')) this.addRule('Queue', bus, this.queueTarget());
  }

  /** Every webhook of every connection. Hooklatch's own events have the source `hooklatch`, and are not among them. */
  private addRule(id: string, eventBus: EventBus, target: IRuleTarget): void {
    new Rule(this, `${id}Rule`, {
      eventBus,
      eventPattern: { source: Match.prefix('hooklatch.') },
      targets: [target],
    });
  }

  /** CDK's own target of this kind would bring a function along, to write the same policy with far more rights. */
  private logTarget(stage: Stage): IRuleTarget {
    const group = new LogGroup(this, 'Log', {
      // EventBridge's console offers groups of this prefix alone.
      logGroupName: `/aws/events/hooklatch-${stage}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
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

  /** What can't be put into the queue, and what is taken from it five times in vain, goes to one dead letter queue. */
  private queueTarget(): IRuleTarget {
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };
    const queue = new Queue(this, 'DeadLetters', common);
    const webhooks = new Queue(this, 'Queue', {
      ...common,
      visibilityTimeout: Duration.minutes(1),
      deadLetterQueue: { queue, maxReceiveCount: 5 },
    });
    return new SqsQueue(webhooks, { deadLetterQueue: queue });
  }
}
