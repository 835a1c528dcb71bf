/**
 * The policies of docs/workflows for a stage that shares its account: evaluated as IAM does, on the template of the stage. They must
 * permit everything that a deployment of dev needs, and nothing of what prod has by name.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { evaluatePolicies, type PolicyRequest, type PolicyStatement } from '../../local/aws/policy-evaluation.ts';
import type { Template } from '../../local/cloudformation/template.ts';
import { policiesIn, theTemplate } from '../infra/given-template.ts';
import { parseCloudFormation } from '../support/cloudformation-yaml.ts';
import { filled } from '../support/filled.ts';

const values: Record<string, string> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': '123456789012',
  Stage: 'dev',
  Qualifier: 'hookdev',
  ProtectedApi: 'prodapi123',
  DomainName: 'none',
  Stack: 'hooklatch-dev',
};
const substituted = (text: string): string => text.replace(/\$\{([\w:]+)\}/g, (_, name) => values[name] ?? `?${name}`);

const { Resources: confined } = parseCloudFormation(readFileSync('docs/workflows/confined-policies.yaml', 'utf8'));
const { Resources: pipeline } = parseCloudFormation(readFileSync('docs/workflows/deploy-role.yaml', 'utf8'));
const statementsOf = (policy: string): PolicyStatement[] =>
  JSON.parse(substituted(confined[policy].Properties.PolicyDocument)).Statement;
const execution = statementsOf('Execution');
const boundary = statementsOf('Boundary');
const boundaryArn = 'arn:aws:iam::123456789012:policy/hooklatch-dev-boundary-eu-central-1';

let template: Template;
beforeAll(async () => {
  ({ template } = await theTemplate('confined'));
});

/** Type → its ARN, from a generated name. The names of a type that has another form are below. */
const arns: Record<string, (name: string) => string> = {
  'AWS::ApiGatewayV2::Api': () => 'arn:aws:apigateway:eu-central-1::/apis/devapi4567',
  'AWS::CloudWatch::Alarm': (name) => `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${name}`,
  'AWS::DynamoDB::Table': (name) => `arn:aws:dynamodb:eu-central-1:123456789012:table/${name}`,
  'AWS::Events::EventBus': (name) => `arn:aws:events:eu-central-1:123456789012:event-bus/${name}`,
  'AWS::Events::Rule': (name) => `arn:aws:events:eu-central-1:123456789012:rule/${name}`,
  'AWS::IAM::Role': (name) => `arn:aws:iam::123456789012:role/${name}`,
  'AWS::Lambda::Function': (name) => `arn:aws:lambda:eu-central-1:123456789012:function:${name}`,
  'AWS::Logs::LogGroup': (name) => `arn:aws:logs:eu-central-1:123456789012:log-group:${name}:*`,
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name.toLowerCase()}`,
  'AWS::SNS::Topic': (name) => `arn:aws:sns:eu-central-1:123456789012:${name}`,
  'AWS::SQS::Queue': (name) => `arn:aws:sqs:eu-central-1:123456789012:${name}`,
  'AWS::SecretsManager::Secret': (name) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`,
};

/** As CloudFormation names it: by its own name, or by the names of the stack and the resource. */
function arnOf(id: string): string {
  const { Type = '', Properties = {} } = template.Resources[id] ?? {};
  const own = ['Name', 'TopicName', 'LogGroupName']
    .map((key) => Properties[key])
    .find((name) => typeof name === 'string');
  const name = Type === 'AWS::ApiGatewayV2::Api' ? '' : String(own ?? `hooklatch-dev-${id}-1A2B3C`);
  return arns[Type]?.(name) ?? `no ARN for ${Type}`;
}

/** What an intrinsic function in a resource of a policy stands for. */
function resolved(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name = '', argument] = []] = Object.entries(value as object) as [string, unknown][];
  if (name === 'Fn::Join') return (argument as [string, unknown[]])[1].map(resolved).join('');
  if (name === 'Fn::GetAtt') {
    const [id = '', attribute] = argument as string[];
    return attribute === 'StreamArn' ? `${arnOf(id)}/stream/2026-01-01T00:00:00.000` : arnOf(id);
  }
  return arnOf(String(argument));
}

const rolesWith = (conditions: Record<string, string[]>) => (actions: string) =>
  actions.split(' ').map((action) => ({ action: `iam:${action}`, conditions }));
const plain = (service: string, actions: string) =>
  actions.split(' ').map((action) => ({ action: `${service}:${action}` }));

/**
 * Type → the calls that CloudFormation makes to create, read, update and delete it, by the handlers' permissions in the registry of
 * CloudFormation: those that the properties of our template need. `on` says on which resource, if it is not the type's own ARN.
 */
interface Calls {
  calls: Pick<PolicyRequest, 'action' | 'conditions'>[];
  on?: (properties: Record<string, unknown>) => string;
}
const api = (path: string): Calls => ({
  calls: plain('apigateway', 'POST GET PATCH DELETE'),
  on: () => `arn:aws:apigateway:eu-central-1::/apis/devapi4567${path}`,
});
const needed: Record<string, Calls> = {
  'AWS::ApiGatewayV2::Api': api(''),
  'AWS::ApiGatewayV2::Authorizer': api('/authorizers'),
  'AWS::ApiGatewayV2::Integration': api('/integrations'),
  'AWS::ApiGatewayV2::Route': api('/routes/abc'),
  'AWS::ApiGatewayV2::Stage': api('/stages/$default'),
  'AWS::CloudWatch::Alarm': {
    calls: plain('cloudwatch', 'PutMetricAlarm DeleteAlarms DescribeAlarms ListTagsForResource TagResource'),
  },
  'AWS::DynamoDB::Table': {
    calls: plain(
      'dynamodb',
      'CreateTable DescribeTable DescribeContinuousBackups DescribeTimeToLive UpdateTable UpdateTimeToLive UpdateContinuousBackups DeleteTable ListTagsOfResource TagResource',
    ),
  },
  'AWS::Events::EventBus': {
    calls: plain('events', 'CreateEventBus DescribeEventBus UpdateEventBus DeleteEventBus TagResource'),
  },
  'AWS::Events::Rule': {
    calls: plain('events', 'PutRule DescribeRule DeleteRule PutTargets RemoveTargets ListTargetsByRule TagResource'),
  },
  'AWS::IAM::Policy': {
    calls: rolesWith({ 'iam:PermissionsBoundary': [boundaryArn] })('PutRolePolicy DeleteRolePolicy GetRolePolicy'),
    on: ({ Roles }) => resolved((Roles as unknown[])[0]),
  },
  'AWS::IAM::Role': {
    calls: rolesWith({ 'iam:PermissionsBoundary': [boundaryArn] })(
      'CreateRole AttachRolePolicy DetachRolePolicy PutRolePolicy DeleteRolePolicy GetRolePolicy PutRolePermissionsBoundary GetRole DeleteRole UpdateRole UpdateAssumeRolePolicy TagRole ListAttachedRolePolicies ListRolePolicies',
    ),
  },
  'AWS::Lambda::EventInvokeConfig': {
    calls: plain(
      'lambda',
      'PutFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig GetFunctionEventInvokeConfig DeleteFunctionEventInvokeConfig',
    ),
    on: ({ FunctionName }) => resolved(FunctionName),
  },
  'AWS::Lambda::EventSourceMapping': {
    calls: plain(
      'lambda',
      'CreateEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping GetEventSourceMapping',
    ).map((call) => ({
      ...call,
      conditions: {
        'lambda:FunctionArn': ['arn:aws:lambda:eu-central-1:123456789012:function:hooklatch-dev-relay-1A2B3C'],
      },
    })),
    on: () => '*',
  },
  'AWS::Lambda::Function': {
    calls: plain(
      'lambda',
      'CreateFunction GetFunction UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction PutFunctionConcurrency TagResource',
    ),
  },
  'AWS::SQS::Queue': {
    calls: plain('sqs', 'CreateQueue GetQueueAttributes SetQueueAttributes DeleteQueue ListQueueTags TagQueue'),
  },
  'AWS::SQS::QueuePolicy': {
    calls: plain('sqs', 'SetQueueAttributes'),
    on: ({ Queues }) => resolved((Queues as unknown[])[0]),
  },
  'AWS::Lambda::Permission': {
    calls: plain('lambda', 'AddPermission RemovePermission GetPolicy'),
    on: ({ FunctionName }) => resolved(FunctionName),
  },
  'AWS::Logs::LogGroup': {
    calls: plain(
      'logs',
      'CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy ListTagsForResource TagResource',
    ),
  },
  'AWS::Logs::MetricFilter': {
    calls: plain('logs', 'PutMetricFilter DeleteMetricFilter DescribeMetricFilters'),
    on: ({ LogGroupName }) => resolved(LogGroupName),
  },
  'AWS::S3::Bucket': {
    calls: plain(
      's3',
      'CreateBucket DeleteBucket PutEncryptionConfiguration PutLifecycleConfiguration PutBucketPublicAccessBlock PutBucketOwnershipControls PutBucketTagging ListBucket',
    ),
  },
  'AWS::S3::BucketPolicy': {
    calls: plain('s3', 'PutBucketPolicy GetBucketPolicy DeleteBucketPolicy'),
    on: ({ Bucket }) => resolved(Bucket),
  },
  'AWS::SNS::Subscription': {
    calls: plain('sns', 'Subscribe GetSubscriptionAttributes Unsubscribe'),
    on: ({ TopicArn }) => resolved(TopicArn),
  },
  'AWS::SNS::Topic': {
    calls: plain('sns', 'CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes Subscribe TagResource'),
  },
  'AWS::SNS::TopicPolicy': {
    calls: plain('sns', 'SetTopicAttributes'),
    on: ({ Topics }) => resolved((Topics as unknown[])[0]),
  },
  'AWS::SecretsManager::Secret': {
    calls: plain('secretsmanager', 'CreateSecret DescribeSecret UpdateSecret DeleteSecret TagResource'),
  },
  // It invokes CDK's function, whose own role does the work.
  'Custom::S3AutoDeleteObjects': {
    calls: plain('lambda', 'InvokeFunction'),
    on: ({ ServiceToken }) => resolved(ServiceToken),
  },
};

/** What a deployment asks for besides the calls on its resources. */
const besides: PolicyRequest[] = [
  { action: 's3:GetObject', resource: 'arn:aws:s3:::cdk-hookdev-assets-123456789012-eu-central-1/abc.zip' },
  {
    action: 'ssm:GetParameters',
    resource: 'arn:aws:ssm:eu-central-1:123456789012:parameter/cdk-bootstrap/hookdev/version',
  },
  { action: 'secretsmanager:GetRandomPassword', resource: '*' },
  { action: 'logs:CreateLogDelivery', resource: '*' },
  { action: 'apigateway:POST', resource: 'arn:aws:apigateway:eu-central-1::/apis' },
  {
    action: 'iam:PassRole',
    resource: 'arn:aws:iam::123456789012:role/hooklatch-dev-relay-1A2B3C',
    conditions: { 'iam:PassedToService': ['lambda.amazonaws.com'] },
  },
];

const deployment = (): PolicyRequest[] =>
  Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    const { calls, on } = needed[Type] ?? { calls: plain('not', `listed:${Type}`) };
    return calls.map((call) => ({ ...call, resource: on?.(Properties) ?? arnOf(id) }));
  });

/** The calls that the roles of the functions allow. */
const functionsCalls = (): PolicyRequest[] =>
  policiesIn(template).flatMap(([, { Statement }]) =>
    Statement.flatMap(({ Action, Resource }: Record<string, unknown>) =>
      [Action]
        .flat()
        .flatMap((action) =>
          [Resource].flat().map((resource) => ({ action: String(action), resource: resolved(resource) })),
        ),
    ),
  );

/** The same call on what prod has. */
const ofProd = ({ action, resource, conditions }: PolicyRequest): PolicyRequest => ({
  action,
  resource: resource
    .replace(/hooklatch([-/])dev/g, 'hooklatch$1prod')
    .replace('devapi4567', 'prodapi123')
    .replace('hookdev', 'hookprod'),
  ...(conditions && {
    conditions: Object.fromEntries(
      Object.entries(conditions).map(([key, list]) => [
        key,
        list.map((value) => value.replace('hooklatch-dev', 'hooklatch-prod')),
      ]),
    ),
  }),
});

const isAllowed = (policy: readonly PolicyStatement[], request: PolicyRequest): boolean =>
  evaluatePolicies(policy, request).allowed;
const refusedBy = (policy: readonly PolicyStatement[], requests: readonly PolicyRequest[]) =>
  filled(requests).filter((request) => !isAllowed(policy, request));
const allowedBy = (policy: readonly PolicyStatement[], requests: readonly PolicyRequest[]) =>
  filled(requests).filter((request) => isAllowed(policy, request));

/** Calls that name nothing: a list, or what a service knows no resource for. */
const nameless = ({ resource, conditions }: PolicyRequest): boolean => resource === '*' && conditions === undefined;

describe('the execution policy of dev', () => {
  test('permits every call that a deployment of dev makes', () => {
    expect(refusedBy(execution, [...deployment(), ...besides])).toEqual([]);
  });

  test('permits none of these calls on what prod has by name', () => {
    const calls = [...deployment(), ...besides].filter((call) => !nameless(call)).map(ofProd);
    const known = [
      'cloudwatch:DescribeAlarms',
      'lambda:GetEventSourceMapping',
      'lambda:TagResource',
      'lambda:ListTags',
    ];
    const others = calls.filter(({ action, resource }) => !known.includes(action) && !resource.endsWith('::/apis'));
    expect(allowedBy(execution, others)).toEqual([]);
    expect(others.length).toBeGreaterThan(500);
  });

  const role = (name: string, action: string, boundaries: string[] | undefined): PolicyRequest => ({
    action: `iam:${action}`,
    resource: `arn:aws:iam::123456789012:role/${name}`,
    conditions: { 'iam:PermissionsBoundary': boundaries ?? [] },
  });
  const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const passed = (name: string, service: string): PolicyRequest => ({
    action: 'iam:PassRole',
    resource: `arn:aws:iam::123456789012:role/${name}`,
    conditions: { 'iam:PassedToService': [service] },
  });

  test.each<[string, PolicyRequest]>([
    ['a role without the boundary', role('hooklatch-dev-x', 'CreateRole', undefined)],
    ['a role with another boundary', role('hooklatch-dev-x', 'CreateRole', [administrator])],
    ['another boundary for a role', role('hooklatch-dev-x', 'PutRolePermissionsBoundary', [administrator])],
    ['a role without its boundary', role('hooklatch-dev-x', 'DeleteRolePermissionsBoundary', [boundaryArn])],
    ['a role of any name', role('x', 'CreateRole', [boundaryArn])],
    ['a policy for a role without the boundary', role('hooklatch-dev-x', 'PutRolePolicy', undefined)],
    [
      'a policy for the deploy role',
      role('cdk-hookdev-deploy-role-123456789012-eu-central-1', 'PutRolePolicy', [boundaryArn]),
    ],
    ['another version of its own boundary', { action: 'iam:CreatePolicyVersion', resource: boundaryArn }],
    ['a user', { action: 'iam:CreateUser', resource: 'arn:aws:iam::123456789012:user/hooklatch-dev-x' }],
    ['a role of prod for a function', passed('hooklatch-prod-relay-1', 'lambda.amazonaws.com')],
    ['its own role for another service', passed('hooklatch-dev-relay-1', 'ec2.amazonaws.com')],
    [
      'the code of prod',
      { action: 's3:GetObject', resource: 'arn:aws:s3:::cdk-hookprod-assets-123456789012-eu-central-1/a.zip' },
    ],
    [
      'other code in the place of its own',
      { action: 's3:PutObject', resource: 'arn:aws:s3:::cdk-hookdev-assets-123456789012-eu-central-1/a.zip' },
    ],
    [
      'the domain of prod',
      { action: 'apigateway:PATCH', resource: 'arn:aws:apigateway:eu-central-1::/domainnames/hooks.example.com' },
    ],
    [
      'a route of prod',
      { action: 'apigateway:DELETE', resource: 'arn:aws:apigateway:eu-central-1::/apis/prodapi123/routes/a' },
    ],
    [
      'the tags of the API of prod',
      {
        action: 'apigateway:POST',
        resource:
          'arn:aws:apigateway:eu-central-1::/tags/arn%3Aaws%3Aapigateway%3Aeu-central-1%3A%3A%2Fapis%2Fprodapi123',
      },
    ],
    [
      'the stack of prod',
      {
        action: 'cloudformation:UpdateStack',
        resource: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/hooklatch-prod/1',
      },
    ],
  ])('does not permit %s', (_, request) => {
    expect(evaluatePolicies(execution, request)).toMatchObject({ allowed: false });
  });
});

describe('the boundary of the roles of dev', () => {
  test('leaves the functions every right that they have', () => {
    expect(refusedBy(boundary, functionsCalls())).toEqual([]);
    const logs = 'arn:aws:logs:eu-central-1:123456789012:log-group:hooklatch-dev-BackgroundLog-1A2B3C:log-stream:a';
    expect(refusedBy(boundary, [{ action: 'logs:PutLogEvents', resource: logs }])).toEqual([]);
    expect(functionsCalls().length).toBeGreaterThan(80);
  });

  test('lets no role reach what prod has by name, nor gain a right', () => {
    const calls = functionsCalls()
      .filter((call) => !nameless(call))
      .map(ofProd);
    expect(allowedBy(boundary, calls)).toEqual([]);
    const gains = [
      'iam:CreateRole',
      'iam:PutRolePolicy',
      'sts:AssumeRole',
      'lambda:UpdateFunctionCode',
      'cloudformation:UpdateStack',
    ];
    expect(
      allowedBy(
        boundary,
        gains.map((action) => ({ action, resource: 'arn:aws:iam::123456789012:role/hooklatch-dev-x' })),
      ),
    ).toEqual([]);
  });
});

describe('the deploy role of a bootstrap', () => {
  /** The statements of the template of cdk bootstrap that have no condition on another service. */
  const bootstrap = parseCloudFormation(
    readFileSync('node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml', 'utf8'),
  );
  const given: PolicyStatement[] =
    bootstrap.Resources.DeploymentActionRole.Properties.Policies[0].PolicyDocument.Statement.filter(
      ({ Resource }: PolicyStatement) => Resource === '*',
    ).filter(({ Condition }: PolicyStatement) => Condition === undefined);
  const oneStack: PolicyStatement[] = JSON.parse(
    substituted(JSON.stringify(pipeline.OneStack.Properties.PolicyDocument)),
  ).Statement;
  const stack = (name: string) => `arn:aws:cloudformation:eu-central-1:123456789012:stack/${name}/0000`;
  const changes =
    'CreateChangeSet ExecuteChangeSet DeleteChangeSet CreateStack UpdateStack DeleteStack RollbackStack ContinueUpdateRollback UpdateTerminationProtection'
      .split(' ')
      .map((action) => `cloudformation:${action}`);

  test.each(changes)('may call %s on every stack, and with our policy only on that of dev', (action) => {
    expect(isAllowed(given, { action, resource: stack('hooklatch-prod') })).toBe(true);
    expect(isAllowed([...given, ...oneStack], { action, resource: stack('hooklatch-prod') })).toBe(false);
    expect(isAllowed([...given, ...oneStack], { action, resource: stack('hooklatch-dev') })).toBe(true);
  });

  test('may still read', () => {
    const read = { action: 'cloudformation:GetTemplate', resource: stack('hooklatch-prod') };
    const reading: PolicyStatement = { Effect: 'Allow', Action: 'cloudformation:GetTemplate', Resource: '*' };
    expect(isAllowed([...given, ...oneStack, reading], read)).toBe(true);
  });
});

test('the policies fit into a managed policy, whose limit is 6,144 characters', () => {
  const lengthOf = (policy: string): number =>
    JSON.stringify(JSON.parse(substituted(confined[policy].Properties.PolicyDocument))).length;
  expect(lengthOf('Execution')).toBeLessThan(6144);
  expect(lengthOf('Boundary')).toBeLessThan(6144);
});
