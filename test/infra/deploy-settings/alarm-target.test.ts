import { expect, test } from '@jest/globals';
import { alarmTargetOf } from '../../../infra/deploy-settings/alarm-target.ts';

const topicArn = 'arn:aws:sns:eu-central-1:123456789012:alarms';

test('the target of alarms is a topic, an e-mail address or nobody', () => {
  expect(alarmTargetOf(undefined, undefined)).toBeUndefined();
  expect(alarmTargetOf(topicArn, undefined)).toEqual({ topicArn });
  const inChina = 'arn:aws-cn:sns:cn-north-1:123456789012:on_call-2';
  expect(alarmTargetOf(inChina, undefined)).toEqual({ topicArn: inChina });
  expect(alarmTargetOf(undefined, 'on-call@example.com')).toEqual({ email: 'on-call@example.com' });
});

test.each([
  ['a name', 'alarms'],
  ['another service', 'arn:aws:sqs:eu-central-1:123456789012:alarms'],
  ['a FIFO topic', `${topicArn}.fifo`],
  ['no account', 'arn:aws:sns:eu-central-1::alarms'],
  ['a subscription', `${topicArn}:0123`],
  ['an empty text', ''],
  ['a number', 1],
])("alarmTopic can't be %s", (_, topic) => {
  expect(() => alarmTargetOf(topic, undefined)).toThrow(
    `-c alarmTopic=${topic} can't be used; use the ARN of a standard SNS topic in the stack's region`,
  );
});

test.each([
  ['a name', 'ada'],
  ['two addresses', 'a@example.com,b@example.com'],
  ['no domain', 'a@b'],
  ['an empty text', ''],
])("alarmEmail can't be %s", (_, email) => {
  expect(() => alarmTargetOf(undefined, email)).toThrow(
    `-c alarmEmail=${email} can't be used; use one address, like you@example.com`,
  );
});

test("alarmTopic and alarmEmail can't be used together", () => {
  expect(() => alarmTargetOf(topicArn, 'a@example.com')).toThrow("can't be used together");
});
