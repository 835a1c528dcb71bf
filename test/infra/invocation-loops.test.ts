/**
 * Every loop by which a function can wake itself, and what bounds it. Lambda drops what would go around more than 16 times, and tells the
 * owner of the account. A loop that is not in the table needs a bound, and a test that shows it.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource, Template } from '../../local/cloudformation/template.ts';
import { filled } from '../support/filled.ts';
import { functionsIn, ofType, theTemplate } from './given-template.ts';
import { loopsIn, waysIn } from './invocation-loops.ts';

const backlog = ['test/shared/deliveries/dispatch/backlog.test.ts', 'longestChain: 8, delivered: 560 }'] as const;
const runner = ['test/functions/run-replay-jobs.test.ts', "['ends the chain after the seventh invocation'"] as const;

/** Loop → the most invocations in a row, and the file and the text of the test that shows it. Written by hand. */
const bounds: Record<string, readonly [most: number, file: string, text: string]> = {
  'dispatch → Dispatch queue → dispatch': [8, ...backlog],
  'dispatch → Overflow queue → park-deliveries → Lane queue → serve-lanes → Dispatch queue → dispatch': [8, ...backlog],
  'serve-lanes → Lane queue → serve-lanes': [8, ...backlog],
  'run-redelivery-jobs → a call → run-redelivery-jobs': [7, ...runner],
  'run-replay-jobs → a call → run-replay-jobs': [7, ...runner],
};

let template: Template;
let ids: Record<string, string>;
beforeAll(async () => {
  ({ template } = await theTemplate('largest'));
  const named = (type: string) =>
    ofType(template, type).map(({ id }): [string, string] => [id.replace(/[0-9A-F]{8}$/, ''), id]);
  const types = ['Lambda::Function', 'SQS::Queue', 'DynamoDB::Table', 'Events::EventBus', 'S3::Bucket', 'IAM::Role'];
  ids = Object.fromEntries([...types, 'Logs::LogGroup'].flatMap((type) => named(`AWS::${type}`)));
});

const loops = (more: Record<string, object> = {}, changes: Record<string, object> = {}): string[] => {
  const all: Record<string, Resource> = { ...template.Resources, ...(more as Record<string, Resource>) };
  for (const [id, properties] of Object.entries(changes))
    all[id] = { ...(all[id] as Resource), Properties: { ...all[id]?.Properties, ...properties } };
  return loopsIn(waysIn({ ...template, Resources: all }));
};

test('every loop is in the table, and no other is', () => {
  expect(loops()).toEqual(Object.keys(bounds).toSorted());
});

test.each(Object.entries(bounds))('%s: a test shows its bound, below that of Lambda', (_, [most, file, text]) => {
  expect(readFileSync(file, 'utf8')).toContain(text);
  expect(most).toBeLessThan(16);
});

test('no function needs leave to go around more often', () => {
  for (const { properties } of filled(functionsIn(template))) expect(properties).not.toHaveProperty('RecursiveLoop');
});

describe('a new loop is found', () => {
  const idOf = (name: string) => ids[name] ?? name;
  const arn = (name: string) => ({ 'Fn::GetAtt': [idOf(name), 'Arn'] });
  const right = (role: string, Action: string | string[], Resource: unknown, Type = 'AWS::IAM::Policy') => ({
    Type,
    Properties: {
      Roles: [{ Ref: idOf(`${role}FunctionServiceRole`) }],
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] },
    },
  });
  const found = (more: Record<string, object>, changes: Record<string, object> = {}) =>
    loops(more, changes).filter((loop) => !(loop in bounds));

  test('through a queue', () => {
    expect(found({ New: right('parkdeliveries', 'sqs:SendMessage', arn('DeliveryQueuesOverflowQueue')) })).toEqual([
      'park-deliveries → Overflow queue → park-deliveries',
    ]);
  });

  test('through a stream', () => {
    const New = right('relay', ['dynamodb:UpdateItem'], arn('EventsTable'), 'AWS::IAM::ManagedPolicy');
    expect(found({ New })).toEqual(['relay → Events table → relay']);
  });

  test('through all of a type', () => {
    expect(found({ New: right('countevents', '*', '*') })).toContain('count-events → Events table → count-events');
  });

  test('through the bus, to a function and to a queue', () => {
    const rule = (name: string) => ({
      Type: 'AWS::Events::Rule',
      Properties: { EventBusName: { Ref: idOf('Bus') }, Targets: [{ Id: 'x', Arn: arn(name) }] },
    });
    expect(found({ New: rule('relayFunction') })).toContain('relay → Bus → relay');
    expect(found({ New: rule('DeliveryQueuesLaneQueue') })).toContain('serve-lanes → Bus → serve-lanes');
  });

  test('through a bucket', () => {
    const NotificationConfiguration = { LambdaConfigurations: [{ Event: 's3:*', Function: arn('relayFunction') }] };
    expect(found({}, { [idOf('FailuresBucket')]: { NotificationConfiguration } })).toEqual([
      'relay → FailuresBucket → relay',
    ]);
    const Properties = { BucketName: { Ref: idOf('FailuresBucket') }, NotificationConfiguration };
    expect(found({ New: { Type: 'Custom::S3BucketNotifications', Properties } })).toHaveLength(1);
  });

  test('through a topic', () => {
    const Properties = { TopicArn: { Ref: 'Topic' }, Protocol: 'lambda', Endpoint: arn('ingestFunction') };
    const more = { Topic: { Type: 'AWS::SNS::Topic' }, New: { Type: 'AWS::SNS::Subscription', Properties } };
    expect(found({ ...more, Right: right('ingest', 'sns:Publish', { Ref: 'Topic' }) })).toEqual([
      'ingest → Topic → ingest',
    ]);
  });

  test('through a log', () => {
    const Properties = { LogGroupName: { Ref: idOf('SendersLog') }, DestinationArn: arn('ingestFunction') };
    expect(found({ New: { Type: 'AWS::Logs::SubscriptionFilter', Properties } })).toEqual([
      'ingest → SendersLog → ingest',
    ]);
  });

  test('through what Lambda does with a failure', () => {
    const DestinationConfig = { OnFailure: { Destination: arn('DeliveryQueuesOverflowQueue') } };
    const Properties = { FunctionName: { Ref: idOf('parkdeliveriesFunction') }, DestinationConfig };
    expect(found({ New: { Type: 'AWS::Lambda::EventInvokeConfig', Properties } })).toEqual([
      'park-deliveries → Overflow queue → park-deliveries',
    ]);
  });
});
