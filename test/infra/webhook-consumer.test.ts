/** Code of an app that gets webhooks from the bus: its rules, dead letters, alarms and rights. The app is `webhook-consumer-app.ts`. */
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { appFlags } from '../../local/cloudformation/synthesis.ts';
import type { Template } from '../../local/cloudformation/template.ts';
import { type Found, ofType, only } from './given-template.ts';

/** Props of a consumer, beside a connection and a target that are right, and the error. */
const refused: [object, string][] = [
  [
    { connection: 'Orders' },
    'connection must be 2 to 48 characters: a letter, then letters, digits and dashes, all lower case',
  ],
  [{ connection: '{elsewhere}' }, 'connection is one of another gateway'],
  [{ type: '' }, 'type must have at least 1 character'],
  [{ type: [] }, 'type is an empty list; leave it out for webhooks of every type'],
  [{ type: ['paid', 'a**'] }, 'type has two * in a row, which wildcard does not allow'],
  [{ pattern: { data: { x: 1 } } }, 'pattern.data.x must be an array of the wanted values, or an object of fields'],
  [
    { pattern: { id: ['x'.repeat(2_040)] } },
    'pattern has 2051 characters as JSON, and EventBridge takes no rule of over 2048',
  ],
  [{ type: 'paid', pattern: { type: ['paid'] } }, 'type is in pattern too; say it once'],
  [{ target: '{fifo}' }, 'target is a FIFO queue; the bus keeps no order and repeats events, so use a standard queue'],
  [{ target: '{topic}' }, 'target must be a function of Lambda, a queue of SQS or a state machine of Step Functions'],
];
/** What only CloudFormation knows is not checked. */
const accepted: object[] = [{ connection: '{unknown}' }, { type: '{unknown}' }];

let templates: Record<StackName, Template>;
let errors: (string | null)[];
let ids: string[];
beforeAll(() => {
  const cases = [...refused.map(([props]) => props), ...accepted];
  const args = [...appFlags, 'test/infra/webhook-consumer-app.ts', JSON.stringify(cases)];
  const env = { ...process.env, CDK_VALIDATION: 'false' };
  const printed = execFileSync(process.execPath, args, { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  ({ templates, errors, ids } = JSON.parse(printed));
});

type StackName = 'hooks' | 'shop';

/** The resource of a consumer whose construct has this id. */
const partOf = (stack: StackName, type: string, consumer: string, part: string): Found =>
  only(ofType(templates[stack], type).filter(({ id }) => id.includes(`OnWebhook${consumer}${part}`)));
const ruleOf = (stack: StackName, consumer: string) => partOf(stack, 'AWS::Events::Rule', consumer, 'Rule');
const deadLettersOf = (stack: StackName, consumer: string) => partOf(stack, 'AWS::SQS::Queue', consumer, 'DeadLetters');

const consumers = [
  ['hooks', 'Ship', 'a function'],
  ['hooks', 'Bill', 'a queue'],
  ['hooks', 'Run', 'a state machine'],
  ['shop', 'ShipThere', 'a function'],
  ['shop', 'QueueThere', 'a queue'],
  ['shop', 'RunThere', 'a state machine'],
] as const;

describe.each(consumers)('in the stack %s, the consumer %s, %s', (stack, consumer, _kind) => {
  test('is tried for a day, and then the event goes to the dead-letter queue, as only this rule may send there', () => {
    const { id } = deadLettersOf(stack, consumer);
    const rule = ruleOf(stack, consumer);
    expect(rule.properties.Targets).toHaveLength(1);
    expect(rule.properties.Targets[0]).toMatchObject({
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [id, 'Arn'] } },
    });
    const policy = partOf(stack, 'AWS::SQS::QueuePolicy', consumer, 'DeadLettersPolicy');
    const resource = { 'Fn::GetAtt': [id, 'Arn'] };
    expect(policy.properties.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sqs:*',
        Resource: resource,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: expect.any(String),
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: resource,
        Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule.id, 'Arn'] } } },
      },
    ]);
  });

  test('has dead letters that are encrypted and stay for 14 days, with an alarm to the topic for warnings of the gateway', () => {
    const { id, properties } = deadLettersOf(stack, consumer);
    expect(properties).toEqual({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
    const alarm = partOf(stack, 'AWS::CloudWatch::Alarm', consumer, 'DeadLettersArrived');
    expect(alarm.properties).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [id, 'QueueName'] } }],
      Threshold: 1,
      TreatMissingData: 'notBreaching',
      AlarmActions: ['arn:aws:sns:eu-central-1:123456789012:team'],
      OKActions: ['arn:aws:sns:eu-central-1:123456789012:team'],
    });
  });
});

test.each([
  ['Ship', { source: ['hooklatch.orders'] }],
  ['Run', { source: ['hooklatch.github'], detail: { type: ['push'] } }],
  [
    'Bill',
    {
      source: ['hooklatch.stripe'],
      detail: { data: { livemode: [true] }, type: [{ wildcard: 'invoice.*' }, 'charge.refunded'] },
    },
  ],
])('%s gets what its rule on the bus of the gateway matches', (consumer, pattern) => {
  const { EventPattern, EventBusName } = ruleOf('hooks', consumer).properties;
  expect(EventPattern).toEqual(pattern);
  expect(EventBusName).toEqual({ Ref: only(ofType(templates.hooks, 'AWS::Events::EventBus')).id });
});

describe('the rights', () => {
  /** The statements of the role of a function. */
  const rightsOf = (stack: StackName, fn: string) =>
    ofType(templates[stack], 'AWS::IAM::Policy')
      .filter(({ id }) => id.startsWith(`${fn}ServiceRole`))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement);
  const bodies = (keys: unknown[]) => {
    const bucket = only(ofType(templates.hooks, 'AWS::S3::Bucket').filter(({ id }) => id.includes('Bodies'))).id;
    const [first, ...others] = keys;
    const Resource = { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, first, ...others]] };
    return [{ Action: 's3:GetObject', Effect: 'Allow', Resource }];
  };

  test('onWebhook lets its rule invoke the function, and gives the function nothing', () => {
    expect(rightsOf('hooks', 'Ship')).toEqual([]);
    const permission = partOf('hooks', 'AWS::Lambda::Permission', 'Ship', 'RuleAllow');
    expect(permission.properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [expect.stringMatching(/^Ship[0-9A-F]{8}$/), 'Arn'] },
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [ruleOf('hooks', 'Ship').id, 'Arn'] },
    });
  });

  /** Who may do what by a policy, and by which managed ones, beside the gateway's own functions. */
  const allRightsIn = (stack: StackName) => {
    const ofApp = ({ id }: Found) => !id.startsWith('Gateway') || id.includes('OnWebhook');
    const bare = (id: string) => id.replaceAll(/[0-9A-F]{8}/g, '');
    return [
      ...ofType(templates[stack], 'AWS::IAM::Policy')
        .filter(ofApp)
        .flatMap(({ id, properties }) =>
          properties.PolicyDocument.Statement.map(({ Action }: { Action: unknown }) => `${bare(id)}: ${Action}`),
        ),
      ...ofType(templates[stack], 'AWS::IAM::Role')
        .filter(ofApp)
        .flatMap(({ id, properties: { ManagedPolicyArns: arns = [], Policies = [] } }) =>
          [...arns, ...Policies].map((each) => `${bare(id)}: ${JSON.stringify(each).replace(/.*\/|"\].*/g, '')}`),
        ),
    ].sort();
  };

  test.each<[StackName, string[]]>([
    [
      'hooks',
      [
        // Without it, EventBridge could not start the machine.
        'MachineEventsRoleDefaultPolicy: states:StartExecution',
        'ReadsAllServiceRole: AWSLambdaBasicExecutionRole',
        'ReadsAllServiceRoleDefaultPolicy: s3:GetObject',
        'ReadsOrdersServiceRole: AWSLambdaBasicExecutionRole',
        'ReadsOrdersServiceRoleDefaultPolicy: s3:GetObject',
        'ReadsOthersServiceRole: AWSLambdaBasicExecutionRole',
        'ReadsOthersServiceRoleDefaultPolicy: s3:GetObject',
        'ShipServiceRole: AWSLambdaBasicExecutionRole',
      ],
    ],
    [
      'shop',
      [
        'MachineEventsRoleDefaultPolicy: states:StartExecution',
        'ShipServiceRole: AWSLambdaBasicExecutionRole',
        'ShipServiceRoleDefaultPolicy: s3:GetObject',
      ],
    ],
  ])(
    'of everything in the stack %s, beside the gateway, are these: onWebhook gives a function none',
    (stack, rights) => {
      expect(allRightsIn(stack)).toEqual(rights);
    },
  );

  test('grantReadBodies permits the bodies of one connection, or of all', () => {
    const { id } = only(ofType(templates.hooks, 'Custom::HooklatchConnection'));
    expect(rightsOf('hooks', 'ReadsOrders')).toEqual(bodies(['/keep-*/', { Ref: id }, '/*']));
    expect(rightsOf('hooks', 'ReadsOthers')).toEqual(bodies(['/keep-*/0a1b2c3d-0000-4000-8000-000000000001/*']));
    expect(rightsOf('hooks', 'ReadsAll')).toEqual(bodies(['/*']));
    expect(rightsOf('shop', 'Ship').map(({ Action }: { Action: unknown }) => Action)).toEqual(['s3:GetObject']);
  });

  test('what is no id of a connection would permit too much or nothing, so it is refused', () => {
    const error =
      'hooks/Gateway: connectionId must be the id of a connection, and not its name: hooklatch connections show prints it';
    expect(ids).toEqual([error, error, error, error]);
  });
});

test('only the stack of the targets depends on that of the gateway', () => {
  const imports = (stack: StackName) => JSON.stringify(templates[stack]).match(/"Fn::ImportValue"/g) ?? [];
  expect(imports('shop').length).toBeGreaterThan(0);
  expect(imports('hooks')).toEqual([]);
});

test.each(refused.map(([props, error], at) => [props, error, at] as const))('%j is refused: %s', (_, error, at) => {
  expect(errors[at]).toBe(`hooks/Gateway/Tried${at}: ${error}`);
});

test('what only CloudFormation knows is not checked', () => {
  expect(errors.slice(refused.length)).toEqual([null, null]);
});
