/**
 * Deployments of two stages in two regions of one account, side by side. A name that two of them share would make the second one
 * fail, or take over what belongs to the first.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Template } from '../../local/cloudformation/template.ts';
import { every } from '../support/full-counts.ts';
import { theFolder } from './given-template.ts';

/** Type → where its physical name is. A resource without one gets a name from CloudFormation, which begins with that of its stack. */
const namedBy: Record<string, string> = {
  'AWS::ApiGatewayV2::Api': 'Name',
  'AWS::CloudFront::CachePolicy': 'CachePolicyConfig.Name',
  'AWS::CloudFront::OriginRequestPolicy': 'OriginRequestPolicyConfig.Name',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Logs::MetricFilter': 'MetricTransformations.0.MetricNamespace',
  'AWS::Logs::ResourcePolicy': 'PolicyName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::WAFv2::WebACL': 'Name',
};

/** Names of these types are unique in the account, in all regions together. */
const isGlobal = (type: string): boolean => /^AWS::(CloudFront|IAM|S3)::/.test(type);

// biome-ignore lint/suspicious/noExplicitAny: a template's properties have no type here.
const valueAt = (properties: any, path: string): unknown =>
  path.split('.').reduce((value, key) => value?.[key], properties);

/** Each name in a stack, with the region in which it must be unique. */
function namesIn(stack: string, region: string, template: Template): string[] {
  const names = Object.values(template.Resources).flatMap(({ Type, Properties }) => {
    const name = valueAt(Properties, namedBy[Type] ?? 'none');
    const firewall =
      Type === 'AWS::WAFv2::WebACL' ? [`${region} metric ${valueAt(Properties, 'VisibilityConfig.MetricName')}`] : [];
    return [...(name === undefined ? [] : [`${isGlobal(Type) ? 'global' : region} ${Type} ${name}`]), ...firewall];
  });
  const text = JSON.stringify(template);
  const secrets = [...text.matchAll(/\{\{resolve:secretsmanager:([^:]+):/g)].map(
    ([, name]) => `${region} secret ${name}`,
  );
  const outputs = Object.values(template.Outputs ?? {}) as { Export?: { Name: string } }[];
  const exports = outputs.flatMap(({ Export }) => (Export ? [`${region} export ${Export.Name}`] : []));
  return [...new Set([`${region} stack ${stack}`, ...names, ...secrets, ...exports])];
}

/** The names of all stacks of a deployment. */
function namesOf(folder: string, region: string): string[] {
  expect(existsSync(folder)).toBe(true);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) => {
      const stack = file.replace('.template.json', '');
      const template = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return namesIn(stack, stack.includes('-edge') ? 'us-east-1' : region, template);
    })
    .sort();
}

const deployments = {
  prodInFrankfurt: ['prod', 'eu-central-1', 'eucentral1'],
  prodInVirginia: ['prod', 'us-east-1', 'useast1'],
  devInFrankfurt: ['dev', 'eu-central-1', 'eucentral1'],
  devInVirginia: ['dev', 'us-east-1', 'useast1'],
} as const;
type Deployment = keyof typeof deployments;

/** In `npm test` two that differ in both, which have each part of a name in another place. `npm run test:full` has all four. */
const chosen = every(3, Object.entries(deployments));

let names: Record<string, string[]>;
beforeAll(async () => {
  const found = await Promise.all(
    chosen.map(async ([name, [, region]]) => [name, namesOf(await theFolder(name as Deployment), region)]),
  );
  names = Object.fromEntries(found);
});

test.each(chosen)('%s has these names, and no other', (deployment, [stage, region, flat]) => {
  const policy = (name: string) =>
    expect.stringMatching(
      new RegExp(`^global AWS::CloudFront::${name} hooklatch${stage}edge${flat}\\w+(-us-east-1)?$`),
    );
  const expected = [
    `${region} AWS::ApiGatewayV2::Api hooklatch-${stage}`,
    `${region} AWS::Events::EventBus hooklatch-${stage}`,
    `${region} AWS::Logs::LogGroup /aws/events/hooklatch-${stage}`,
    `${region} AWS::Logs::LogGroup /aws/vendedlogs/hooklatch-${stage}/access`,
    `${region} AWS::Logs::MetricFilter Hooklatch/${stage}`,
    `${region} AWS::Logs::ResourcePolicy hooklatch-${stage}-events-to-log`,
    `${region} AWS::SNS::Topic hooklatch-${stage}-alarms`,
    `${region} AWS::SecretsManager::Secret hooklatch/${stage}/operator/bootstrap`,
    `${region} stack hooklatch-${stage}`,
    policy('CachePolicy'),
    policy('OriginRequestPolicy'),
    `us-east-1 metric hooklatch-${stage}-${region}`,
    `us-east-1 secret hooklatch/${stage}/origin/${region}`,
    `us-east-1 stack hooklatch-${stage}-edge-${region}`,
  ];
  const found = names[deployment];
  expect(found).toHaveLength(expected.length);
  expect(found).toEqual(expect.arrayContaining(expected));
});

test('no two deployments share a name', () => {
  const all = Object.values(names).flat();
  expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([]);
  expect(all).toHaveLength(chosen.length * 14);
});

test.each(chosen)(
  '%s is in the account of its settings alone, with CloudFront in us-east-1',
  async (deployment, [stage, region]) => {
    const { artifacts } = JSON.parse(
      readFileSync(join(await theFolder(deployment as Deployment), 'manifest.json'), 'utf8'),
    );
    const stacks = Object.entries(artifacts as Record<string, { type: string; environment: string }>)
      .filter(([, { type }]) => type === 'aws:cloudformation:stack')
      .map(([name, { environment }]) => [name, environment]);
    expect(Object.fromEntries(stacks)).toEqual({
      [`hooklatch-${stage}`]: `aws://123456789012/${region}`,
      [`hooklatch-${stage}-edge-${region}`]: 'aws://123456789012/us-east-1',
    });
  },
);
