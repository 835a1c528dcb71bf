/** The templates of an app with its own code: a gateway, and connections in two stacks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Template } from '../../local/cloudformation/template.ts';
import { settingsSchema } from '../../shared/endpoints/settings/settings.ts';
import { everyConnectionSetting } from './every-connection-setting.ts';
import { functionNames, ofType, only, policiesIn, textOf, theOwnApp, theTemplates } from './given-template.ts';

const apps = {} as Record<'dev' | 'prod', Awaited<ReturnType<typeof theOwnApp>>>;
beforeAll(async () => {
  apps.dev = await theOwnApp('dev');
  apps.prod = await theOwnApp('prod');
});

const type = 'Custom::HooklatchConnection';
const secretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:stripe-AbCdEf';

test('a connection is a custom resource that the function of the gateway manages', () => {
  const { shop } = apps.prod;
  const { properties } = only(ofType(shop, type));
  const { ServiceToken, Settings: _, ...others } = properties;
  expect(functionNames(shop).get(ServiceToken['Fn::GetAtt'][0])).toBe('manage-connection');
  expect(others).toEqual({
    ServiceTimeout: '600',
    Name: 'orders',
    Provider: 'github',
    Description: 'Orders of the shop',
    Status: 'active',
    Token: 'generate',
    Routes: expect.any(String),
    RouteDestinations: [{ Ref: expect.any(String) }],
    Adopt: 'false',
  });
});

test('every setting of the endpoint is in the request, as the app has it', () => {
  const { Settings } = only(ofType(apps.prod.shop, type)).properties;
  expect(JSON.parse(Settings)).toEqual(everyConnectionSetting);
  expect(Object.keys(JSON.parse(Settings)).sort()).toEqual(Object.keys(settingsSchema.shape).sort());
});

test('a secret is named by its ARN, and the function may read exactly this one and its key', () => {
  const { billing } = apps.prod;
  const { properties, resource } = only(ofType(billing, type));
  expect(properties).toMatchObject({ Name: 'payments', Token: secretArn, Adopt: 'true', Status: 'inactive' });
  const policy = only(ofType(billing, 'AWS::IAM::ManagedPolicy'));
  expect(resource.DependsOn).toEqual([policy.id]);
  expect(policy.properties.PolicyDocument.Statement).toEqual([
    { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: secretArn },
    { Action: 'kms:Decrypt', Effect: 'Allow', Resource: 'arn:aws:kms:eu-central-1:123456789012:key/k1' },
  ]);
});

test('what a connection does not say has the defaults, and its secret needs no key of KMS', () => {
  const { archive } = apps.prod;
  const { ServiceToken: _, ...properties } = only(ofType(archive, type)).properties;
  expect(properties).toEqual({
    ...{
      ServiceTimeout: '600',
      Name: 'returns',
      Provider: 'generic',
      Settings: '{}',
      Status: 'active',
      Adopt: 'false',
    },
    Token: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:returns-AbCdEf',
  });
  const policy = only(ofType(archive, 'AWS::IAM::ManagedPolicy'));
  expect(policy.properties.PolicyDocument.Statement).toEqual([
    {
      Action: 'secretsmanager:GetSecretValue',
      Effect: 'Allow',
      // The other one is that of the destination beside it.
      Resource: ['arn:aws:secretsmanager:eu-central-1:123456789012:secret:chat-AbCdEf', properties.Token],
    },
  ]);
});

test('a connection stays when it is removed from prod, and goes in dev or if the template says so', () => {
  const policiesOf = (stage: 'dev' | 'prod') =>
    [apps[stage].shop, apps[stage].billing].map((template) => only(ofType(template, type)).resource.DeletionPolicy);
  expect(policiesOf('prod')).toEqual(['RetainExceptOnCreate', 'Delete']);
  expect(policiesOf('dev')).toEqual(['Delete', 'Delete']);
});

test('a connection that another name replaces is deleted in every stage, so its URL does not stay open', () => {
  for (const stage of ['dev', 'prod'] as const)
    for (const template of [apps[stage].shop, apps[stage].billing])
      expect(only(ofType(template, type)).resource.UpdateReplacePolicy).toBe('Delete');
});

test('when the last connection of another stack goes, the stack of the gateway stays as it is, with what it exports', async () => {
  const { shop, billing } = await theOwnApp('prod', 'payments');
  expect(Object.keys(billing.Resources)).toEqual(['Rest']);
  const exported = ({ Outputs = {} }: Template) => Object.keys(Outputs).filter((id) => id.startsWith('ExportsOutput'));
  expect(exported(shop)).toEqual(exported(apps.prod.shop));
  expect(exported(shop)).toHaveLength(2);
  expect(Object.keys(shop.Resources)).toEqual(Object.keys(apps.prod.shop.Resources));
});

test('the outputs of the gateway are what another app needs to name it', () => {
  const { Outputs = {} } = apps.prod.shop;
  const arnOf = (prefix: string) =>
    Object.entries(Outputs).flatMap(([id, { Value }]) =>
      id.startsWith(`WebhooksManageConnection${prefix}`) ? [Value] : [],
    );
  const [id = ''] = [...functionNames(apps.prod.shop)].find(([, name]) => name === 'manage-connection') ?? [];
  const role = ofType(apps.prod.shop, 'AWS::Lambda::Function').find((found) => found.id === id)?.properties.Role;
  expect(arnOf('FunctionArn')).toEqual([{ 'Fn::GetAtt': [id, 'Arn'] }]);
  expect(arnOf('RoleArn')).toEqual([role]);
});

test('the function may do to connections, destinations and routes what an admin can, name the deployment, and nothing else', () => {
  const { shop } = apps.prod;
  const [id = ''] = [...functionNames(shop)].find(([, name]) => name === 'manage-connection') ?? [];
  const role = ofType(shop, 'AWS::Lambda::Function').find((found) => found.id === id)?.properties.Role['Fn::GetAtt'][0];
  const [, { Statement: statements }] = only(policiesIn(shop).filter(([id]) => id === role));
  const keysOf = (keys: string[]) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } });
  expect(statements.map(({ Action, Condition }: Record<string, unknown>) => [Action, Condition])).toEqual([
    ['dynamodb:GetItem', keysOf(['connection#*', 'destination#*', 'routes#*', 'deployment', 'route-use#*'])],
    ['dynamodb:PutItem', keysOf(['connection#*', 'destination#*', 'routes#*', 'deployment'])],
    ['dynamodb:UpdateItem', keysOf(['route-use#*'])],
    ['dynamodb:DeleteItem', keysOf(['connection#*', 'destination#*'])],
    [
      [
        ...'CreateSecret DescribeSecret GetSecretValue PutSecretValue TagResource UpdateSecretVersionStage'.split(' '),
      ].map((action) => `secretsmanager:${action}`),
      undefined,
    ],
    // Expressions of routes are checked.
    ['lambda:InvokeFunction', undefined],
  ]);
  const [secrets, transform] = statements.slice(-2);
  expect(secrets.Resource.map(textOf)).toEqual([
    'arn:{AWS::Partition}:secretsmanager:{AWS::Region}:{AWS::AccountId}:secret:hooklatch/prod/destination/*',
    'arn:{AWS::Partition}:secretsmanager:{AWS::Region}:{AWS::AccountId}:secret:hooklatch/prod/endpoint/*',
  ]);
  expect(functionNames(shop).get(transform.Resource['Fn::GetAtt'][0])).toBe('dry-run-transform');
});

test('the function has two minutes, because it repeats what fails for half a minute', () => {
  const { shop } = apps.prod;
  const [id] = [...functionNames(shop)].find(([, name]) => name === 'manage-connection') ?? [];
  const { properties } = only(ofType(shop, 'AWS::Lambda::Function').filter((found) => found.id === id));
  expect([properties.Timeout, properties.MemorySize]).toEqual([120, 256]);
});

test('only a gateway that manages connections has the function', async () => {
  const { prod } = await theTemplates();
  const names = [...functionNames(prod).values()];
  expect(names).toContain('api-endpoint');
  expect(names).not.toContain('manage-connection');
  expect([...functionNames(apps.prod.shop).values()].sort()).toEqual([...names, 'manage-connection'].sort());
});

describe('the gateway', () => {
  test('publishes to a bus that exists, and makes none', () => {
    const { shop } = apps.prod;
    const { id } = only(ofType(shop, 'AWS::Events::EventBus'));
    const buses = ofType(shop, 'AWS::Lambda::Function').map(
      ({ properties }) => properties.Environment?.Variables.EVENT_BUS,
    );
    expect(buses.filter(Boolean)).toEqual(Array(4).fill({ Ref: id }));
  });

  test('sends its alarms to the topic', () => {
    const alarms = ofType(apps.prod.shop, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties.AlarmActions);
    expect(alarms).toHaveLength(10);
    expect(new Set(alarms.map((actions) => JSON.stringify(actions)))).toEqual(
      new Set(['["arn:aws:sns:eu-central-1:123456789012:on-call"]']),
    );
  });

  test.each([
    { stage: 'dev', keepsData: true },
    { stage: 'prod', keepsData: false },
  ] as const)('keeps its data as its removal policy says, whatever the stage is ($stage)', ({ stage, keepsData }) => {
    const { archive } = apps[stage];
    const stored = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret'].flatMap((each) =>
      ofType(archive, each).map(({ id, resource }) => [
        id.replace(/^Webhooks(.*?)(Table|Bucket)?[0-9A-F]{8}$/, '$1'),
        resource.DeletionPolicy,
      ]),
    );
    const [table, other] = keepsData ? ['Retain', 'RetainExceptOnCreate'] : ['Delete', 'Delete'];
    expect(Object.fromEntries(stored)).toEqual({
      State: table,
      Events: table,
      Journal: table,
      Deliveries: table,
      Bodies: other,
      Failures: other,
      SecretsBootstrap: other,
    });
    const protection = ofType(archive, 'AWS::DynamoDB::Table').map(
      ({ properties }) => properties.DeletionProtectionEnabled,
    );
    expect(protection).toEqual([keepsData, keepsData, keepsData, keepsData]);
  });

  test('serves no console if it is left out, and keeps the page that describes the API', () => {
    const served = (template: Template) =>
      ofType(template, 'AWS::Lambda::Function').flatMap(
        ({ properties }) => properties.Environment?.Variables.SITES ?? [],
      );
    expect(served(apps.prod.archive)).toEqual(['docs']);
    expect(served(apps.prod.shop)).toEqual(['console,docs']);
  });

  test('takes the rate of senders', () => {
    const { properties } = only(ofType(apps.prod.shop, 'AWS::ApiGatewayV2::Stage'));
    const limits = Object.entries<{ ThrottlingRateLimit: number }>(properties.RouteSettings);
    const ofSenders = limits.filter(([key]) => key.includes('/hooks/')).map(([, limit]) => limit.ThrottlingRateLimit);
    expect(ofSenders.length).toBeGreaterThan(0);
    expect(new Set(ofSenders)).toEqual(new Set([20]));
  });
});

test.each(['dev', 'prod'] as const)('cdk-nag finds nothing in %s', (stage) => {
  const report = JSON.parse(readFileSync(join(apps[stage].folder, 'validation-report.json'), 'utf8'));
  expect(report.pluginReports.length).toBeGreaterThan(0);
  expect(report.pluginReports.flatMap(({ violations }: { violations: unknown[] }) => violations)).toEqual([]);
});

test('no template and no output names a value of a token', () => {
  const { shop, billing } = apps.prod;
  const outputs = Object.values({ ...shop.Outputs, ...billing.Outputs }).map(({ Value }) => JSON.stringify(Value));
  expect(outputs).toContain('{"Fn::GetAtt":["Payments130453D3","Url"]}');
  expect(outputs.join()).not.toContain('Token');
  const text = JSON.stringify([shop, billing]);
  expect(text).toContain('Custom::HooklatchConnection');
  expect(text).not.toContain('resolve:secretsmanager');
});
