import { Annotations, Aspects, type Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { AlarmTarget } from '../deploy-settings/alarm-target.ts';
import type { Stage } from '../deploy-settings/stage.ts';

/** Makes every alarm of the stack notify the target when it rings and when it stops. */
export function sendAlarms(stack: Stack, stage: Stage, target: AlarmTarget | undefined): void {
  if (!target) {
    const text = 'Alarms notify nobody: add -c alarmEmail=you@example.com, or -c alarmTopic=<the ARN of an SNS topic>.';
    Annotations.of(stack).addInfoV2('hooklatch:alarmsNotifyNobody', text);
    return;
  }
  const action = new SnsAction(
    'topicArn' in target
      ? Topic.fromTopicArn(stack, 'AlarmTopic', target.topicArn)
      : newTopic(stack, stage, target.email),
  );
  Aspects.of(stack).add({
    visit: (node) => {
      if (!(node instanceof Alarm)) return;
      node.addAlarmAction(action);
      node.addOkAction(action);
    },
  });
}

/**
 * Makes a topic that sends e-mails. The topic is not encrypted by KMS: CloudWatch can't publish to a topic with the key
 * that AWS manages, and a key of the account costs $1 a month. A message contains an alarm's name, description and
 * figures, and no secret.
 */
function newTopic(stack: Stack, stage: Stage, email: string): ITopic {
  const topic = new Topic(stack, 'AlarmTopic', { topicName: `hooklatch-${stage}-alarms`, enforceSSL: true });
  topic.addSubscription(new EmailSubscription(email));
  // `enforceSSL` gives the topic a policy. This policy replaces the default policy, which lets the account's alarms
  // publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AllowAlarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  return topic;
}
