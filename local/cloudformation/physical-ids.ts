import { createHash } from 'node:crypto';
import { attributeText, type CustomResource, isCustomResource } from '../custom-resources/custom-resource.ts';
import { streamArn } from '../dynamodb/table-properties.ts';
import { StartError } from '../start/start-error.ts';
import { cannotRun } from './cannot-run.ts';
import { createResolver, type Resolver } from './intrinsic-functions.ts';
import type { Template } from './template.ts';

export const region = 'us-east-1';
export const accountId = '000000000000';

const maxBucketNameCharacters = 63;
const maxQueueNameCharacters = 80;

/** Values that exist only at run time: URLs, the random end of a secret's ARN, what functions answered. */
export interface RuntimeValues {
  /** The URL of the HTTP API, without a slash at its end. */
  url: string;
  /** ARNs by logical id. A secret can't be referenced before it is created. */
  secrets: ReadonlyMap<string, string>;
  /** URLs by logical id. A queue can't be referenced by its URL before it is created. */
  queues?: ReadonlyMap<string, string>;
  /** By logical id. A custom resource can't be referenced before it is created. */
  customResources?: ReadonlyMap<string, CustomResource>;
}

/** A stack's resources with their physical ids, ARNs and resolved properties. */
export interface Stack extends Resolver {
  /** The stack's resources whose condition is true. */
  resources: Template['Resources'];
  /** The name of a resource that the template does not name. */
  defaultName(logicalId: string): string;
  /**
   * The resolved properties of a resource, without the one that is read when it is used.
   * @throws StartError that names the resource if a property has a function or a name that is not known
   */
  properties(logicalId: string): Record<string, unknown>;
  /** The property of a resource that is read when it is used, as the template has it: it may refer to custom resources. */
  deferred(logicalId: string): unknown;
  /** The value of `Ref`, or of an attribute. */
  attribute(logicalId: string, name: string): string | undefined;
}

/**
 * The values of `Ref` and of the attributes of a resource type. `property` returns a resolved property of the resource.
 */
type AttributesOf = (
  name: string,
  id: string,
  url: string,
  property: (name: string) => unknown,
) => Readonly<Record<string, string>>;

const attributes: Readonly<Record<string, AttributesOf>> = {
  'AWS::ApiGatewayV2::Api': (_, id, url) => ({ Ref: id, ApiId: id, ApiEndpoint: url }),
  'AWS::ApiGatewayV2::Stage': (name) => ({ Ref: name }),
  'AWS::ApiGatewayV2::Route': (_, id) => ({ Ref: id, RouteId: id }),
  'AWS::ApiGatewayV2::Integration': (_, id) => ({ Ref: id, IntegrationId: id }),
  'AWS::ApiGatewayV2::Authorizer': (_, id) => ({ Ref: id, AuthorizerId: id }),
  'AWS::ApiGatewayV2::DomainName': (_, id, __, property) => ({
    Ref: String(property('DomainName')),
    RegionalDomainName: `${id.toLowerCase()}.execute-api.${region}.amazonaws.com`,
    RegionalHostedZoneId: 'Z000000000000',
  }),
  'AWS::ApiGatewayV2::ApiMapping': (_, id) => ({ Ref: id, ApiMappingId: id }),
  'AWS::Lambda::Function': (name) => ({ Ref: name, Arn: arn('lambda', `function:${name}`) }),
  'AWS::Lambda::Permission': (_, id) => ({ Ref: id, Id: id }),
  'AWS::IAM::Role': (name, id) => ({ Ref: name, Arn: `arn:aws:iam::${accountId}:role/${name}`, RoleId: id }),
  'AWS::IAM::Policy': (name, id) => ({ Ref: name, Id: id }),
  'AWS::IAM::ManagedPolicy': (name) => ({ Ref: `arn:aws:iam::${accountId}:policy/${name}` }),
  'AWS::S3::Bucket': (name) => ({
    Ref: name,
    Arn: `arn:aws:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
  }),
  'AWS::Lambda::EventSourceMapping': (name) => ({
    Ref: uuidOf(name),
    Id: uuidOf(name),
    EventSourceMappingArn: arn('lambda', `event-source-mapping:${uuidOf(name)}`),
  }),
  'AWS::DynamoDB::Table': (name) => ({
    Ref: name,
    Arn: arn('dynamodb', `table/${name}`),
    StreamArn: streamArn(arn('dynamodb', `table/${name}`)),
  }),
  'AWS::SQS::Queue': (name) => ({ Arn: arn('sqs', name), QueueName: name }),
  'AWS::Logs::LogGroup': (name) => ({ Ref: name, Arn: arn('logs', `log-group:${name}:*`) }),
  'AWS::Logs::ResourcePolicy': (name) => ({ Ref: name }),
  'AWS::Events::EventBus': (name) => ({ Ref: name, Name: name, Arn: arn('events', `event-bus/${name}`) }),
  'AWS::Events::Rule': (name, _, __, property) => ruleAttributes(name, property('EventBusName')),
  'AWS::SNS::Topic': (name) => ({ Ref: arn('sns', name), TopicArn: arn('sns', name), TopicName: name }),
  'AWS::CloudWatch::Alarm': (name) => ({ Ref: name, Arn: arn('cloudwatch', `alarm:${name}`) }),
};

/** The property that names a resource. Other resources are named by the stack's name and their logical id. */
const nameProperty: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Stage': 'StageName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::Policy': 'PolicyName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Logs::ResourcePolicy': 'PolicyName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
};

/**
 * The property of a type that may refer to custom resources. These are made last, by functions of the stack, so such a property is read
 * when it is used.
 */
const deferredProperty: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Environment',
  'AWS::IAM::Role': 'Policies',
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::IAM::ManagedPolicy': 'PolicyDocument',
};

/**
 * Creates a stack from a template. The names of the stack's resources are deterministic: the same template gives the
 * same names.
 */
export function createStack(stackName: string, template: Template, running: RuntimeValues): Stack {
  const stack: Stack = {
    ...createResolver({
      template,
      pseudo: pseudoParameters(stackName),
      attribute: (id, name) => stack.attribute(id, name),
      rewrite: (text) => rewriteEndpoints(text, stackName, template, running.url),
    }),
    resources: {},
    defaultName: (id) => {
      const name = `${stackName}-${id}`;
      const type = template.Resources[id]?.Type;
      if (type === 'AWS::S3::Bucket') return shortened(name, maxBucketNameCharacters).toLowerCase();
      return type === 'AWS::SQS::Queue' ? shortened(name, maxQueueNameCharacters) : name;
    },
    properties: (id) => {
      const { Type = '', Properties = {} } = template.Resources[id] ?? {};
      const { [deferredProperty[Type] ?? '']: _, ...read } = Properties;
      return namingResource(id, Type, () => stack.resolve(read)) as Record<string, unknown>;
    },
    deferred: (id) => {
      const { Type = '', Properties = {} } = template.Resources[id] ?? {};
      return Properties[deferredProperty[Type] ?? ''];
    },
    attribute: (id, name) => {
      const type = stack.resources[id]?.Type;
      if (type === 'AWS::SecretsManager::Secret') {
        return name === 'Ref' || name === 'Id' ? running.secrets.get(id) : undefined;
      }
      if (type === 'AWS::SQS::Queue' && (name === 'Ref' || name === 'QueueUrl')) return running.queues?.get(id);
      if (isCustomResource(type ?? '')) return customAttribute(running, id, name);
      // As on AWS, only a table with a stream has a StreamArn.
      if (name === 'StreamArn' && !template.Resources[id]?.Properties?.['StreamSpecification']) return undefined;
      const property = (own: string) => stack.resolve(template.Resources[id]?.Properties?.[own]);
      const all = attributes[type ?? '']?.(physicalName(id), physicalId(stackName, id), running.url, property);
      return all?.[name];
    },
  };
  const physicalName = (id: string): string => {
    const { Type = '', Properties = {} } = template.Resources[id] ?? {};
    const named = stack.resolve(Properties[nameProperty[Type] ?? '']);
    return named === undefined ? stack.defaultName(id) : String(named);
  };
  const present = Object.entries(template.Resources).filter(([, r]) => !r.Condition || stack.condition(r.Condition));
  stack.resources = Object.fromEntries(present);
  return stack;
}

/**
 * Resolves something of a resource.
 * @throws StartError that names the resource if a function or a name is not known
 */
export function namingResource<T>(id: string, type: string, resolve: () => T): T {
  try {
    return resolve();
  } catch (error) {
    throw error instanceof StartError ? cannotRun(id, type, error.message, error) : error;
  }
}

/** Cuts a name that is too long. A digest keeps such names distinct. */
function shortened(name: string, maxCharacters: number): string {
  if (name.length <= maxCharacters) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${name.slice(0, maxCharacters - digest.length - 1)}-${digest}`;
}

function customAttribute({ customResources, url }: RuntimeValues, id: string, name: string): string | undefined {
  const resource = customResources?.get(id);
  return name === 'Ref' ? resource?.physicalId : attributeText(resource?.attributes[name], url);
}

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

/** The names of the default bus's rules don't contain the bus. */
function ruleAttributes(name: string, bus: unknown): Readonly<Record<string, string>> {
  const busName = String(bus ?? 'default').replace(/^arn:.*:event-bus\//, '');
  if (busName === 'default') return { Ref: name, Arn: arn('events', `rule/${name}`) };
  return { Ref: `${busName}|${name}`, Arn: arn('events', `rule/${busName}/${name}`) };
}

/** Ten lower-case letters and digits, like API Gateway's ids. */
function physicalId(stackName: string, logicalId: string): string {
  const digest = createHash('sha256').update(`${stackName}/${logicalId}`).digest();
  return BigInt(`0x${digest.toString('hex')}`)
    .toString(36)
    .slice(0, 10);
}

function pseudoParameters(stackName: string): Record<string, string> {
  return {
    'AWS::Region': region,
    'AWS::AccountId': accountId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': arn('cloudformation', `stack/${stackName}/${uuidOf(stackName)}`),
  };
}

/** A UUID that is the same at each start. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');
}

/** Replaces the API's address on AWS (`https://<id>.execute-api.…`) in a template's texts by the local URL. */
function rewriteEndpoints(text: string, stackName: string, template: Template, url: string): string {
  if (!text.includes('.execute-api.')) return text;
  const apis = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Api');
  return apis.reduce((rewritten, [id]) => {
    const host = `${physicalId(stackName, id)}.execute-api.${region}.amazonaws.com`;
    return rewritten.replaceAll(`https://${host}`, url).replaceAll(host, url.replace(/^https?:\/\//, ''));
  }, text);
}
