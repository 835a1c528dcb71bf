import { z } from 'zod';
import { isCustomResource } from '../custom-resources/custom-resource.ts';
import { StartError } from '../start/start-error.ts';
import { wayOut } from './cannot-run.ts';

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).optional(),
  Metadata: z.record(z.string(), z.unknown()).optional(),
  Condition: z.string().optional(),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

/** The supported sections of a template. Any other section is refused. */
export const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.string().optional(),
  Description: z.string().optional(),
  Metadata: z.unknown().optional(),
  /** CDK's check that the AWS account was bootstrapped. The check does not apply to a laptop. */
  Rules: z.unknown().optional(),
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: z.unknown().optional() })).optional(),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).optional(),
  Conditions: z.record(z.string(), z.unknown()).optional(),
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown(), Condition: z.string().optional() })).optional(),
});

export type Template = z.infer<typeof templateSchema>;
export type Resource = z.infer<typeof resource>;

/** The resource types that the runtime runs. */
const runnable = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Stage',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::DynamoDB::Table',
  'AWS::SecretsManager::Secret',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::Logs::ResourcePolicy',
]);

/**
 * The resource types without effect on a laptop: they monitor, store logs, send notifications or need a DNS name. CDK's custom resource
 * empties a bucket when its stack is deleted, which never happens here.
 */
const inert = new Set([
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::CloudWatch::Alarm',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SNS::Subscription',
  'AWS::CDK::Metadata',
  'Custom::S3AutoDeleteObjects',
]);

/** How a user names a resource: by its construct in the stack, or by its logical id. */
export function nameOf(id: string, { Metadata }: Resource): string {
  const path = Metadata?.['aws:cdk:path'];
  const inStack = typeof path === 'string' ? path.split('/').slice(1) : [];
  return inStack.join('/').replace(/\/(Resource|Default)$/, '') || id;
}

const canRun = (type: string): boolean => runnable.has(type) || inert.has(type) || isCustomResource(type);

/**
 * Refuses a template with a resource that can't run here, so that nothing is silently skipped.
 * @throws StartError that lists each logical id with its type, and says what to do
 */
export function checkResourceTypes(resources: Template['Resources']): void {
  const unknown = Object.entries(resources).filter(([, { Type }]) => !canRun(Type));
  if (unknown.length === 0) return;
  const list = unknown.map(([id, { Type }]) => `  ${id} (${Type})`).join('\n');
  const names = unknown.map(([id, resource]) => nameOf(id, resource));
  throw new StartError(`The local runtime can't run these resources of the template:\n${list}\n${wayOut(names)}`);
}
