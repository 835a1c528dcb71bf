import { z } from 'zod';
import { cannotRun } from './cannot-run.ts';
import { namingResource, type Stack } from './physical-ids.ts';

/** A property without effect on a laptop: tags, descriptions, tracing, access logs. */
export const inert = z.unknown().optional();
const none = z.array(z.never()).optional();

const throttle = z.strictObject({
  ThrottlingBurstLimit: z.number().optional(),
  ThrottlingRateLimit: z.number().optional(),
  DetailedMetricsEnabled: inert,
  DataTraceEnabled: inert,
  LoggingLevel: inert,
});

const environment = z.object({
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).default({}) }).optional(),
});

/**
 * The supported properties by resource type. Any other property could change how the deployed resource behaves, so it
 * is refused instead of ignored. The stack reads the deferred ones when they are used.
 */
const schemas = {
  'AWS::ApiGatewayV2::Api': z.strictObject({
    Name: z.string(),
    ProtocolType: z.literal('HTTP'),
    Description: inert,
    DisableExecuteApiEndpoint: z.literal(false).optional(),
    IpAddressType: inert,
    Tags: inert,
  }),
  'AWS::ApiGatewayV2::Stage': z.strictObject({
    ApiId: z.string(),
    StageName: z.literal('$default'),
    AutoDeploy: z.literal(true),
    DefaultRouteSettings: throttle.optional(),
    RouteSettings: z.record(z.string(), throttle).optional(),
    StageVariables: z.record(z.string(), z.string()).optional(),
    AccessLogSettings: inert,
    Description: inert,
    Tags: inert,
  }),
  'AWS::ApiGatewayV2::Route': z.strictObject({
    ApiId: z.string(),
    RouteKey: z.string(),
    Target: z.string(),
    AuthorizationType: z.enum(['NONE', 'CUSTOM']).default('NONE'),
    AuthorizerId: z.string().optional(),
    AuthorizationScopes: none,
    ApiKeyRequired: z.literal(false).optional(),
    OperationName: inert,
  }),
  'AWS::ApiGatewayV2::Integration': z.strictObject({
    ApiId: z.string(),
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0'),
    TimeoutInMillis: z.number().min(50).max(30_000).default(30_000),
    ConnectionType: z.literal('INTERNET').optional(),
    /** Without effect: Lambda functions are always invoked by POST. */
    IntegrationMethod: inert,
    Description: inert,
  }),
  'AWS::ApiGatewayV2::Authorizer': z.strictObject({
    ApiId: z.string(),
    Name: z.string(),
    AuthorizerType: z.literal('REQUEST'),
    AuthorizerUri: z.string(),
    AuthorizerPayloadFormatVersion: z.literal('2.0'),
    EnableSimpleResponses: z.literal(true),
    /** Only 0: this runtime does not cache the results of authorizers. */
    AuthorizerResultTtlInSeconds: z.literal(0).optional(),
    IdentitySource: z.array(z.string().regex(/^\$request\.(header|querystring)\./)).default([]),
  }),
  'AWS::Lambda::Function': z.strictObject({
    FunctionName: z.string().optional(),
    Runtime: z.string().startsWith('nodejs'),
    Handler: z.string().regex(/^[\w./-]+\.[\w$]+$/),
    Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
    Role: z.string(),
    MemorySize: z.number().default(128),
    Timeout: z.number().default(3),
    ReservedConcurrentExecutions: z.number().optional(),
    PackageType: z.literal('Zip').optional(),
    LoggingConfig: z
      .strictObject({
        LogFormat: inert,
        LogGroup: inert,
        SystemLogLevel: inert,
        ApplicationLogLevel: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']).optional(),
      })
      .optional(),
    Architectures: inert,
    Description: inert,
    EphemeralStorage: inert,
    RecursiveLoop: inert,
    RuntimeManagementConfig: inert,
    Tags: inert,
    TracingConfig: inert,
  }),
  /** Of the calls for which nobody waits. */
  'AWS::Lambda::EventInvokeConfig': z.strictObject({
    FunctionName: z.string(),
    Qualifier: z.literal('$LATEST'),
    MaximumRetryAttempts: z.int().min(0).max(2).optional(),
    MaximumEventAgeInSeconds: z.int().min(60).max(21_600).optional(),
  }),
  'AWS::Lambda::Permission': z.strictObject({
    Action: z.string(),
    FunctionName: z.string(),
    Principal: z.string(),
    SourceArn: z.string().optional(),
    SourceAccount: z.string().optional(),
  }),
  'AWS::Events::EventBus': z.strictObject({
    Name: z.string(),
    Description: inert,
    Tags: inert,
  }),
  'AWS::Events::Rule': z.strictObject({
    Name: z.string().optional(),
    EventBusName: z.string().default('default'),
    EventPattern: z.unknown().optional(),
    ScheduleExpression: z.string().optional(),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Targets: z
      .array(
        z.strictObject({
          Arn: z.string(),
          Id: z.string(),
          Input: z.string().optional(),
          /** EventBridge's own defaults: 185 times within a day. */
          RetryPolicy: z
            .strictObject({
              MaximumRetryAttempts: z.int().min(0).max(185).default(185),
              MaximumEventAgeInSeconds: z.int().min(60).max(86_400).default(86_400),
            })
            .prefault({}),
          /** For what does not reach the target. Events that a function failed on don't go there on AWS either. */
          DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
        }),
      )
      .default([]),
    Description: inert,
    Tags: inert,
  }),
  'AWS::Logs::ResourcePolicy': z.strictObject({
    PolicyName: z.string(),
    PolicyDocument: z.string(),
  }),
  'AWS::IAM::Role': z.strictObject({
    AssumeRolePolicyDocument: z.looseObject({}),
    ManagedPolicyArns: z.array(z.string()).default([]),
    RoleName: inert,
    Description: inert,
    MaxSessionDuration: inert,
    Path: z.literal('/').optional(),
    Tags: inert,
  }),
  'AWS::S3::BucketPolicy': z.strictObject({
    Bucket: z.string(),
    PolicyDocument: z.looseObject({ Statement: z.array(z.looseObject({})) }),
  }),
  'AWS::SQS::QueuePolicy': z.strictObject({
    Queues: z.array(z.string()),
    PolicyDocument: z.looseObject({ Statement: z.array(z.looseObject({})) }),
  }),
  'Custom::S3AutoDeleteObjects': z.strictObject({ ServiceToken: z.string(), BucketName: z.string() }),
  'AWS::IAM::Policy': z.strictObject({
    PolicyName: inert,
    Roles: z.array(z.string()).default([]),
    Users: none,
    Groups: none,
  }),
  'AWS::IAM::ManagedPolicy': z.strictObject({
    ManagedPolicyName: inert,
    Description: inert,
    Path: z.literal('/').optional(),
    Roles: z.array(z.string()).default([]),
    Users: none,
    Groups: none,
  }),
};

export type ResourceType = keyof typeof schemas;
export type ResourceProperties<T extends ResourceType> = z.infer<(typeof schemas)[T]>;

/** A resource of the stack with its resolved and validated properties. */
export interface Declared<Properties> {
  id: string;
  properties: Properties;
}

export type DeclaredResource<T extends ResourceType> = Declared<ResourceProperties<T>>;

/**
 * The stack's resources of one type.
 * @throws StartError that names the resource and each unsupported property
 */
export function resourcesOfType<T extends ResourceType>(stack: Stack, type: T): DeclaredResource<T>[] {
  return declarationsOf(stack, type).map(({ id, properties }) => ({
    id,
    properties: understand(id, type, schemas[type], properties) as ResourceProperties<T>,
  }));
}

/**
 * The variables that the template gives a function.
 * @throws StartError that names the function, also while they refer to a custom resource that does not exist
 */
export function variablesOf(stack: Stack, id: string): Record<string, string> {
  const type = 'AWS::Lambda::Function';
  const Environment = namingResource(id, type, () => stack.resolve(stack.deferred(id)));
  return understand(id, type, environment, { Environment }).Environment?.Variables ?? {};
}

/**
 * Resolves what is read when it is used, once all custom resources are made.
 * @throws StartError that names a resource which refers to something that no custom resource has
 */
export function checkDeferredProperties(stack: Stack): void {
  for (const [id, { Type }] of Object.entries(stack.resources))
    namingResource(id, Type, () => stack.resolve(stack.deferred(id)));
}

/** The stack's resources of one type, with their properties as they are. */
export function declarationsOf(stack: Stack, type: string): Declared<Record<string, unknown>>[] {
  return Object.entries(stack.resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id]) => ({ id, properties: stack.properties(id) }));
}

/** @throws StartError that names the resource and each unsupported property */
export function understand<S extends z.ZodType>(id: string, type: string, schema: S, properties: unknown): z.infer<S> {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  if (hasInlineCode(properties))
    throw cannotRun(id, type, 'its code is in the template; use Code.fromAsset with a folder');
  const problems = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${[...issue.path, key].join('.')} is not supported`)
      : [`${issue.path.join('.')}: ${issue.message}`],
  );
  throw cannotRun(id, type, problems.join('; '));
}

/** Whether the properties are those of a function whose code is a text of the template: CDK's `Code.fromInline`. */
const hasInlineCode = (properties: unknown): boolean =>
  z.object({ Code: z.object({ ZipFile: z.string() }) }).safeParse(properties).success;
