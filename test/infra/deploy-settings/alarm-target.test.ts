import { expect, test } from '@jest/globals';
import { alarmTargetsOf } from '../../../infra/deploy-settings/alarm-target.ts';

const topicArn = 'arn:aws:sns:eu-central-1:123456789012:alarms';
const teamArn = 'arn:aws:sns:eu-central-1:123456789012:team';

test('the receiver of alarms is a topic, an e-mail address or nobody', () => {
  expect(alarmTargetsOf({})).toEqual({});
  expect(alarmTargetsOf({ alarmTopic: topicArn })).toEqual({ alarmTarget: { topicArn } });
  const inChina = 'arn:aws-cn:sns:cn-north-1:123456789012:on_call-2';
  expect(alarmTargetsOf({ alarmTopic: inChina })).toEqual({ alarmTarget: { topicArn: inChina } });
  const email = 'on-call@example.com';
  expect(alarmTargetsOf({ alarmEmail: email })).toEqual({ alarmTarget: { email } });
});

test('those that can wait may have a receiver of their own, of either kind', () => {
  const alarmEmail = 'on-call@example.com';
  expect(alarmTargetsOf({ alarmEmail, warningTopic: teamArn })).toEqual({
    alarmTarget: { email: alarmEmail },
    warningTarget: { topicArn: teamArn },
  });
  expect(alarmTargetsOf({ alarmTopic: topicArn, warningEmail: 'team@example.com' })).toEqual({
    alarmTarget: { topicArn },
    warningTarget: { email: 'team@example.com' },
  });
});

test.each([{ warningTopic: teamArn }, { warningEmail: 'team@example.com' }])(
  '%j alone would leave the urgent ones without a receiver',
  (given) => {
    expect(() => alarmTargetsOf(given)).toThrow('need alarmTopic or alarmEmail');
  },
);

test.each(['alarmTopic', 'warningTopic'])('%s is a standard topic', (name) => {
  for (const topic of [
    'alarms',
    'arn:aws:sqs:eu-central-1:123456789012:alarms',
    `${topicArn}.fifo`,
    'arn:aws:sns:eu-central-1::alarms',
    `${topicArn}:0123`,
    '',
    1,
  ])
    expect(() => alarmTargetsOf({ [name]: topic })).toThrow(
      `-c ${name}=${topic} can't be used; use the ARN of a standard SNS topic in the stack's region`,
    );
});

test.each(['alarmEmail', 'warningEmail'])('%s is one address', (name) => {
  for (const email of ['ada', 'a@example.com,b@example.com', 'a@b', ''])
    expect(() => alarmTargetsOf({ [name]: email })).toThrow(
      `-c ${name}=${email} can't be used; use one address, like you@example.com`,
    );
});

test.each(['alarm', 'warning'])("a topic and an address can't both be the receiver: %s", (kind) => {
  const both = { [`${kind}Topic`]: topicArn, [`${kind}Email`]: 'a@example.com' };
  expect(() => alarmTargetsOf({ alarmTopic: topicArn, ...both })).toThrow(
    `${kind}Topic and ${kind}Email can't be used together`,
  );
});
