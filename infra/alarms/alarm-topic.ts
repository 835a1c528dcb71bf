import { Annotations, Aspects, Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { AlarmTarget } from '../deploy-settings/alarm-target.ts';
import type { Stage } from '../deploy-settings/stage.ts';

/** Makes every alarm in the scope notify the topic when it rings and when it stops. */
export function sendAlarms(scope: Construct, topic: ITopic | undefined): void {
  if (!topic) {
    const text =
      'Alarms notify nobody: set alarmEmail, or alarmTopic with the ARN of an SNS topic, in the file of the stage. In your own app, set alarmTopic.';
    Annotations.of(scope).addInfoV2('hooklatch:alarmsNotifyNobody', text);
    return;
  }
  const action = new SnsAction(topic);
  Aspects.of(scope).add({
    visit: (node) => {
      if (!(node instanceof Alarm)) return;
      node.addAlarmAction(action);
      node.addOkAction(action);
    },
  });
}

/** The topic of a target: the topic that exists, or a new one. */
export const alarmTopicOf = (scope: Construct, stage: Stage, target: AlarmTarget): ITopic =>
  'topicArn' in target
    ? Topic.fromTopicArn(scope, 'AlarmTopic', target.topicArn)
    : newTopic(scope, stage, target.email);

/**
 * Makes a topic that sends e-mails. The topic is not encrypted by KMS: CloudWatch can't publish to a topic with the key
 * that AWS manages, and a key of the account costs $1 a month. A message contains an alarm's name, description and
 * figures, and no secret.
 */
function newTopic(scope: Construct, stage: Stage, email: string): ITopic {
  const topic = new Topic(scope, 'AlarmTopic', { topicName: `hooklatch-${stage}-alarms`, enforceSSL: true });
  topic.addSubscription(new EmailSubscription(email));
  // `enforceSSL` gives the topic a policy. This policy replaces the default policy, which lets the account's alarms
  // publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AllowAlarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  return topic;
}
