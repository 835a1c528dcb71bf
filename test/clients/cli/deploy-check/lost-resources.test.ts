/** What a deployment would lose, on pairs of templates: the deployed one and the new one. */
import { describe, expect, test } from '@jest/globals';
import { lostResources, type Resources } from '../../../../clients/cli/deploy-check/lost-resources.ts';

const table = (more: object = {}, attributes: object = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST', ...more },
  ...attributes,
});
const retained = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const domain = { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: 'hooks.example.com' } };
const topic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'hooklatch-prod-alarms' } };
const subscription = (address: string) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { Protocol: 'email', Endpoint: address, TopicArn: { Ref: 'Topic' } },
});
const alarm = (...actions: unknown[]) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { Threshold: 1, ...(actions.length > 0 && { AlarmActions: actions }) },
});

/** Without the sentences. */
const found = (deployed: Resources, next: Resources) =>
  lostResources(deployed, next).map(({ id, how, isKept, changed }) => ({ id, how, isKept, changed }));

const lost = (id: string, how: string, more: object = {}) => ({ id, how, isKept: false, changed: [], ...more });

describe('a resource that leaves the template', () => {
  test.each([
    ['a table', table()],
    ['a bucket', { Type: 'AWS::S3::Bucket' }],
    ['a bus', { Type: 'AWS::Events::EventBus', Properties: { Name: 'hooklatch-prod' } }],
    ['an API', { Type: 'AWS::ApiGatewayV2::Api' }],
    ['a domain', domain],
    ['a secret', { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'hooklatch/prod/operator/bootstrap' } }],
    ['a topic', topic],
    ['a subscription to a topic of another stack', subscription('a@b.example')],
    ['a distribution', { Type: 'AWS::CloudFront::Distribution' }],
    ['a queue', { Type: 'AWS::SQS::Queue' }],
    ['a connection', { Type: 'Custom::HooklatchConnection', Properties: { Name: 'orders' } }],
    ['a destination', { Type: 'Custom::HooklatchDestination', Properties: { Name: 'shop' } }],
    ['a nested stack', { Type: 'AWS::CloudFormation::Stack' }],
  ])('is lost: %s', (_, resource) => {
    expect(found({ X: resource }, {})).toEqual([lost('X', 'removed')]);
  });

  test('stays in the account if the deployed template retains it, but the deployment goes on without it', () => {
    expect(found({ X: table({}, retained) }, {})).toEqual([lost('X', 'removed', { isKept: true })]);
    const bucket = { Type: 'AWS::S3::Bucket', DeletionPolicy: 'RetainExceptOnCreate' };
    expect(found({ X: bucket }, {})).toEqual([lost('X', 'removed', { isKept: true })]);
  });

  test('is lost too under a new logical id, and the sentence says so', () => {
    const [renamed, ...more] = lostResources({ Old: table() }, { New: table() });
    expect([renamed?.id, renamed?.how, more]).toEqual(['Old', 'removed', []]);
    expect(renamed?.sentence).toContain(
      'New is a new one of the same type: if it was renamed, give it back its logical id.',
    );
  });

  test('is told once: a subscription goes with its topic', () => {
    expect(found({ Topic: topic, Mail: subscription('a@b.example') }, {})).toEqual([lost('Topic', 'removed')]);
  });

  test.each(['Custom::HooklatchConnection', 'Custom::HooklatchDestination'])(
    'is not lost if the stack had only taken it over: %s',
    (Type) => {
      expect(found({ X: { Type, Properties: { Name: 'orders', Adopt: 'true' } } }, {})).toEqual([]);
    },
  );

  test('of a type that holds nothing is not lost', () => {
    const role = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'a' } };
    expect(found({ X: role, Y: { Type: 'AWS::Lambda::Function' } }, {})).toEqual([]);
  });

  test('is lost if its logical id has another type', () => {
    expect(found({ X: table() }, { X: topic })).toEqual([lost('X', 'removed')]);
  });
});

describe('a resource that is replaced', () => {
  const name = (Type: string, property: string) => (value: string) => ({ Type, Properties: { [property]: value } });
  test.each([
    ['a table', name('AWS::DynamoDB::Table', 'TableName'), 'TableName'],
    ['a bucket', name('AWS::S3::Bucket', 'BucketName'), 'BucketName'],
    ['a bus', name('AWS::Events::EventBus', 'Name'), 'Name'],
    ['a domain', name('AWS::ApiGatewayV2::DomainName', 'DomainName'), 'DomainName'],
    ['a secret', name('AWS::SecretsManager::Secret', 'Name'), 'Name'],
    ['a topic', name('AWS::SNS::Topic', 'TopicName'), 'TopicName'],
    ['an API', name('AWS::ApiGatewayV2::Api', 'ProtocolType'), 'ProtocolType'],
    ['the address of a subscription', name('AWS::SNS::Subscription', 'Endpoint'), 'Endpoint'],
    ['a connection', name('Custom::HooklatchConnection', 'Name'), 'Name'],
    ['a destination', name('Custom::HooklatchDestination', 'Name'), 'Name'],
  ])('by another value of an immutable property is lost: %s', (_, make, property) => {
    expect(found({ X: make('a') }, { X: make('b') })).toEqual([lost('X', 'replaced', { changed: [property] })]);
    expect(found({ X: make('a') }, { X: { Type: make('a').Type } })).toEqual([
      lost('X', 'replaced', { changed: [property] }),
    ]);
  });

  test('a table by another key, which DynamoDB can’t change', () => {
    const next = table({ KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] });
    expect(found({ X: table() }, { X: next })).toEqual([lost('X', 'replaced', { changed: ['KeySchema'] })]);
  });

  test.each([
    ['both templates', retained, retained, true],
    ['the deployed template only', retained, {}, false],
    ['the new template only', {}, retained, false],
    ['a deletion only', { DeletionPolicy: 'Retain' }, { DeletionPolicy: 'Retain' }, false],
  ])('stays in the account only if it is retained by both templates: %s', (_, before, after, isKept) => {
    const pair = [{ X: table({}, before) }, { X: table({ TableName: 'b' }, after) }] as const;
    expect(found(...pair)).toEqual([lost('X', 'replaced', { isKept, changed: ['TableName'] })]);
  });
});

describe('a change in place loses nothing', () => {
  test.each<[string, Resources, Resources]>([
    ['no change', { X: table() }, { X: table() }],
    ['another setting of a table', { X: table() }, { X: table({ BillingMode: 'PROVISIONED', Tags: [] }) }],
    [
      'another order of the keys of an object',
      { X: table({ TableName: { a: 1, b: 2 } }) },
      { X: table({ TableName: { b: 2, a: 1 } }) },
    ],
    ['a policy of deletion', { X: table() }, { X: table({}, retained) }],
    ['a new resource', { X: table() }, { X: table(), Y: topic }],
    ['a first deployment', {}, { X: table(), Y: topic }],
    ['another target of the alarms', { X: alarm('arn:a') }, { X: alarm('arn:b') }],
    ['an alarm that is no more', { X: alarm('arn:a'), Y: alarm('arn:a') }, { Y: alarm('arn:a') }],
    ['an alarm that never called anybody', { X: alarm() }, { X: alarm() }],
  ])('%s', (_, deployed, next) => {
    expect(found(deployed, next)).toEqual([]);
  });
});

describe('what lasts only as a property', () => {
  test('a target that no alarm calls any more is lost, by its ARN', () => {
    const arn = 'arn:aws:sns:eu-central-1:123456789012:on-call';
    const [silenced, ...more] = lostResources(
      { A: alarm(arn), B: alarm(arn), C: alarm() },
      { A: alarm(), B: alarm(), C: alarm() },
    );
    expect([silenced?.id, silenced?.how, more]).toEqual([arn, 'silenced', []]);
    expect(silenced?.sentence).toContain('2 alarms would notify nobody');
  });

  test('an alarm whose actions are switched off calls nobody', () => {
    const off = { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: ['arn:a'], ActionsEnabled: false } };
    expect(found({ A: alarm('arn:a') }, { A: off })).toEqual([
      lost('arn:a', 'silenced', { isKept: true, changed: ['AlarmActions'] }),
    ]);
    expect(found({ A: off }, { A: alarm() })).toEqual([]);
  });

  test('is told once: a topic that is lost is not told again as a target', () => {
    const deployed = { Topic: topic, Mail: subscription('a@b.example'), A: alarm({ Ref: 'Topic' }) };
    expect(found(deployed, { A: alarm() })).toEqual([lost('Topic', 'removed')]);
    expect(found(deployed, { Topic: topic, Mail: subscription('a@b.example'), A: alarm() })).toEqual([
      lost('Topic', 'silenced', { isKept: true, changed: ['AlarmActions'] }),
    ]);
  });

  test('a domain of the distribution', () => {
    const distribution = (...Aliases: string[]) => ({
      Type: 'AWS::CloudFront::Distribution',
      Properties: { DistributionConfig: { Enabled: true, ...(Aliases.length > 0 && { Aliases }) } },
    });
    const [unnamed] = lostResources({ X: distribution('hooks.example.com') }, { X: distribution() });
    expect([unnamed?.id, unnamed?.how]).toEqual(['X', 'unnamed']);
    expect(unnamed?.sentence).toContain('hooks.example.com');
    expect(found({ X: distribution('a.example') }, { X: distribution('b.example', 'a.example') })).toEqual([]);
  });
});

test('each loss says what people lose, in sentences, with the name and the properties', () => {
  const [removed] = lostResources({ X: domain }, {});
  expect(removed?.sentence).toBe(
    'It would be removed, because the new template does not have it. Every sender and operator that uses this domain would get no answer.',
  );
  expect([removed?.type, removed?.name]).toEqual(['AWS::ApiGatewayV2::DomainName', 'hooks.example.com']);
  const [replaced] = lostResources({ X: table({ TableName: 'a' }) }, { X: table({ TableName: 'b' }) });
  expect(replaced?.sentence).toBe(
    'It would be replaced by a new one, because TableName changes. All items of this table would be lost.',
  );
  const [kept] = lostResources({ X: table({}, retained) }, {});
  expect(kept?.sentence).toBe(
    'It would leave the stack, because the new template does not have it. All items of this table would be lost to the deployment; the old one stays in the account.',
  );
});
