import { Annotations, Aspects, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { AlarmTarget } from '../deploy-settings/alarm-target.ts';
import type { Stage } from '../deploy-settings/stage.ts';
import { RankedAlarm, type Severity } from './alarm.ts';

/** The topic of the alarms of each severity. */
export type AlarmTopics = Readonly<Record<Severity, ITopic>>;

/** Makes every alarm in the scope notify the topic of its severity when it rings and when it stops. */
export function sendAlarms(scope: Construct, topics: AlarmTopics | undefined): void {
  if (!topics) {
    const text =
      'Alarms notify nobody: set alarmEmail, or alarmTopic with the ARN of an SNS topic, in the file of the stage. In your own app, set alarmTopic.';
    Annotations.of(scope).addInfoV2('hooklatch:alarmsNotifyNobody', text);
    return;
  }
  Aspects.of(scope).add({
    visit: (node) => {
      if (!(node instanceof RankedAlarm)) return;
      const action = new SnsAction(topics[node.severity]);
      node.addAlarmAction(action);
      node.addOkAction(action);
    },
  });
}

/** The id and the name of a topic for each severity. Never change those of the urgent alarms: a deployment that is in use has them. */
const own = {
  urgent: { id: 'AlarmTopic', name: 'alarms' },
  warning: { id: 'WarningTopic', name: 'warnings' },
} as const satisfies Record<Severity, object>;

/** The topic of a target: the topic that exists, or a new one. */
export const alarmTopicOf = (scope: Construct, stage: Stage, severity: Severity, target: AlarmTarget): ITopic =>
  'topicArn' in target
    ? Topic.fromTopicArn(scope, own[severity].id, target.topicArn)
    : newTopic(scope, own[severity].id, `hooklatch-${stage}-${own[severity].name}`, target.email);

/**
 * Makes a topic that sends e-mails. The topic is not encrypted by KMS: CloudWatch can't publish to a topic with the key
 * that AWS manages, and a key of the account costs $1 a month. A message contains an alarm's name, description and
 * figures, and no secret.
 */
function newTopic(scope: Construct, id: string, topicName: string, email: string): ITopic {
  const topic = new Topic(scope, id, { topicName, enforceSSL: true });
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
