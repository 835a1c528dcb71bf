import { describe, expect, test } from '@jest/globals';
import { type Fixture, givenRuntime } from '../assembly-fixture.ts';

const queue = (Properties: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties });
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const policy = (Statement: object[], Queues: unknown[] = [{ Ref: 'Jobs' }]) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: { Queues, PolicyDocument: { Version: '2012-10-17', Statement } },
});

const ofTls = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'sqs:*',
  Resource: arnOf('Jobs'),
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const ofRule = {
  Sid: 'AllowRule',
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
  Resource: arnOf('Jobs'),
};

test("a queue's references are its URL, its ARN and its name", async () => {
  const value = (Value: unknown) => ({ Value });
  const longId = `Queue${'X'.repeat(80)}`;
  const runtime = await givenRuntime({
    resources: { Jobs: queue(), Named: queue({ QueueName: 'named' }), [longId]: queue() },
    sections: {
      Outputs: {
        Url: value({ Ref: 'Jobs' }),
        SameUrl: value({ 'Fn::GetAtt': ['Jobs', 'QueueUrl'] }),
        Arn: value(arnOf('Jobs')),
        Name: value({ 'Fn::GetAtt': ['Named', 'QueueName'] }),
        NamedUrl: value({ Ref: 'Named' }),
        LongName: value({ 'Fn::GetAtt': [longId, 'QueueName'] }),
      },
    },
  });
  const { url } = runtime.aws;
  expect(runtime.outputs).toEqual({
    Url: `${url}/000000000000/Fixture-Jobs`,
    SameUrl: `${url}/000000000000/Fixture-Jobs`,
    Arn: 'arn:aws:sqs:us-east-1:000000000000:Fixture-Jobs',
    Name: 'named',
    NamedUrl: `${url}/000000000000/named`,
    LongName: expect.stringMatching(/^Fixture-QueueX{54}-[0-9a-f]{12}$/),
  });
  expect(runtime.queues).toMatchObject({ Jobs: runtime.outputs['Url'], Named: runtime.outputs['NamedUrl'] });
});

describe('a template', () => {
  test.each<[string, Record<string, unknown>]>([
    ['a policy of TLS and of a rule', { Jobs: queue(), Policy: policy([ofTls, ofRule]) }],
    [
      'a dead-letter queue that comes after its queue',
      {
        Jobs: queue({ RedrivePolicy: { deadLetterTargetArn: arnOf('Later'), maxReceiveCount: 3 } }),
        Later: queue({ SqsManagedSseEnabled: true, Tags: [{ Key: 'a', Value: 'b' }] }),
      },
    ],
  ])('can have %s', async (_, resources) => {
    const runtime = await givenRuntime({ resources });
    expect(Object.keys(runtime.queues)).toContain('Jobs');
  });

  test.each<[string, Fixture['resources'], string]>([
    ['a FIFO queue', { Jobs: queue({ FifoQueue: true }) }, "can't run Jobs (AWS::SQS::Queue)"],
    ['an unknown property', { Jobs: queue({ KmsMasterKeyId: 'key' }) }, 'KmsMasterKeyId'],
    [
      'a dead-letter queue of another stack',
      { Jobs: queue({ RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:a:1:b', maxReceiveCount: 3 } }) },
      'dead-letter queue of Fixture-Jobs is not a queue of the template: arn:aws:sqs:a:1:b',
    ],
    [
      'a policy that lets a role use the queue',
      { Jobs: queue(), Policy: policy([{ ...ofRule, Principal: { AWS: '*' } }]) },
      "can't run Policy (AWS::SQS::QueuePolicy): it supports only statements for events.amazonaws.com",
    ],
    [
      'a policy for another service',
      { Jobs: queue(), Policy: policy([{ ...ofRule, Principal: { Service: 'sns.amazonaws.com' } }]) },
      'Give the permission to the role of a function instead of',
    ],
    [
      'two policies of a queue',
      { Jobs: queue(), Policy: policy([ofTls]), Second: policy([ofRule]) },
      "can't run Second (AWS::SQS::QueuePolicy): Policy is a policy of the same queue",
    ],
    [
      'a policy inside a queue',
      { Jobs: { Type: 'AWS::SQS::QueueInlinePolicy' } },
      'Jobs (AWS::SQS::QueueInlinePolicy)',
    ],
  ])('with %s is refused', async (_, resources, message) => {
    await expect(givenRuntime({ resources: resources ?? {} })).rejects.toThrow(message);
  });
});
