/** What a deployment of Hooklatch itself would lose, on templates that the app really makes. */
import { beforeAll, expect, test } from '@jest/globals';
import { lastingTypes } from '../../../../clients/cli/deploy-check/lasting-types.ts';
import { lostResources, type Resources } from '../../../../clients/cli/deploy-check/lost-resources.ts';
import { edgeTemplate, theOwnApp, theTemplate, theTemplates, type Variant } from '../../../infra/given-template.ts';

const resourcesOf = async (variant: Variant): Promise<Resources> => (await theTemplate(variant)).template.Resources;
const found = (deployed: Resources, next: Resources) =>
  lostResources(deployed, next).map(({ type, name, how }) => [type, name, how]);

let prod: Resources;
beforeAll(async () => {
  prod = await resourcesOf('prod');
});

test('a domain that is left out once is told', async () => {
  expect(found(await resourcesOf('edge'), prod)).toEqual([
    ['AWS::ApiGatewayV2::DomainName', 'api.example.com', 'removed'],
  ]);
});

test('an address or a topic of the alarms that is left out once is told', async () => {
  expect(found(await resourcesOf('alarmEmail'), prod)).toEqual([
    ['AWS::SNS::Topic', 'hooklatch-prod-alarms', 'removed'],
  ]);
  const [silenced, ...more] = lostResources(await resourcesOf('alarmTopic'), prod);
  expect([silenced?.id, more]).toEqual(['arn:aws:sns:eu-central-1:123456789012:on-call', []]);
});

test('an example queue that is left out is told, and an example log is not', async () => {
  const queue = ['AWS::SQS::Queue', undefined, 'removed'];
  // The queue, and the one for its dead letters.
  expect(found(await resourcesOf('queueRule'), prod)).toEqual([queue, queue]);
  expect(found(await resourcesOf('logRule'), prod)).toEqual([]);
});

test('the account and the region in the file of a stage change nothing that lasts', async () => {
  const pinned = await resourcesOf('pinned');
  expect(pinned).not.toEqual(prod);
  expect(found(prod, pinned)).toEqual([]);
  expect(found(prod, prod)).toEqual([]);
});

/** The types that hold nothing, so they can be made anew at any time. A new type belongs here or into `lastingTypes`. */
const passing = [
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::OriginRequestPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::ResourcePolicy',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::WAFv2::WebACL',
  'Custom::S3AutoDeleteObjects',
];

test('each type of our templates either lasts or holds nothing', async () => {
  const variants = ['prod', 'bothRules', 'alarmEmail', 'edge', 'mtls', 'settings'] as const;
  const own = await theOwnApp('prod');
  const templates = [
    ...(await Promise.all(variants.map(resourcesOf))),
    ...[(await theTemplates()).dev, own.shop, own.billing, await edgeTemplate()].map(({ Resources }) => Resources),
  ];
  const types = new Set(templates.flatMap((resources) => Object.values(resources).map(({ Type }) => Type)));
  expect([...types].filter((type) => !Object.hasOwn(lastingTypes, type)).sort()).toEqual(passing);
});
