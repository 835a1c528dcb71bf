import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { checkResourceTypes, type Template } from '../../local/cloudformation/template.ts';
import { settlingMs } from '../../shared/events/event/ingest-timeout.ts';
import { defaultRoute } from '../../shared/operators/api/default-route.ts';
import { fallbackRoute, gatewayRoutes, hookRoutes } from '../../shared/operators/api/routes.ts';
import { filled } from '../support/filled.ts';
import { logGroupOf } from './alarms/given-alarms.ts';
import { isMatch } from './alarms/log-pattern.ts';
import {
  type Found,
  functionNames,
  functionsIn,
  ofType,
  only,
  policiesIn,
  type Stage,
  textOf,
  theTemplate,
  theTemplates,
  type Variant,
} from './given-template.ts';

let templates: Awaited<ReturnType<typeof theTemplates>>;
beforeAll(async () => {
  templates = await theTemplates();
});

const stages = ['dev', 'prod'] as const;

/** Route → function, authorizer. Written by hand: the stack must agree with this table. */
const api: Record<string, [string, 'Senders' | 'Operators' | 'NONE']> = {
  'GET /healthz': ['api-connections', 'NONE'],
  'GET /openapi.json': ['api-connections', 'NONE'],
  'GET /v1/providers': ['api-connections', 'Operators'],
  'GET /v1/providers/{id}': ['api-connections', 'Operators'],
  'ANY /v1/connections': ['api-connections', 'Operators'],
  'ANY /v1/connections/{name}': ['api-connections', 'Operators'],
  'DELETE /v1/connections/{name}': ['api-connections', 'Operators'],
  'ANY /v1/connections/{name}/endpoint': ['api-endpoint', 'Operators'],
  'ANY /v1/connections/{name}/endpoint/token': ['api-endpoint', 'Operators'],
  'DELETE /v1/connections/{name}/endpoint/token': ['api-endpoint', 'Operators'],
  'POST /v1/connections/{name}/endpoint/token/rotate': ['api-endpoint', 'Operators'],
  'DELETE /v1/connections/{name}/endpoint/token/previous': ['api-endpoint', 'Operators'],
  'POST /v1/connections/{name}/endpoint/activate': ['api-endpoint', 'Operators'],
  'POST /v1/connections/{name}/endpoint/deactivate': ['api-endpoint', 'Operators'],
  'POST /v1/connections/{name}/endpoint/hold': ['api-endpoint', 'Operators'],
  'POST /v1/connections/{name}/endpoint/release': ['api-endpoint', 'Operators'],
  'ANY /v1/connections/{name}/endpoint/handshake': ['api-endpoint', 'Operators'],
  'POST /v1/connections/{name}/endpoint/handshake/confirm': ['api-endpoint', 'Operators'],
  'POST /v1/connections/{name}/endpoint/test': ['api-self-test', 'Operators'],
  'GET /v1/connections/{name}/events': ['api-events', 'Operators'],
  'GET /v1/connections/{name}/events/{id}': ['api-events', 'Operators'],
  'GET /v1/connections/{name}/history': ['api-events', 'Operators'],
  'GET /v1/connections/{name}/rejections': ['api-events', 'Operators'],
  'GET /v1/connections/{name}/stats': ['api-events', 'Operators'],
  'GET /v1/stats': ['api-events', 'Operators'],
  'GET /v1/jobs': ['api-events', 'Operators'],
  'POST /v1/connections/{name}/events/{id}/replay': ['api-events', 'Operators'],
  'ANY /v1/connections/{name}/replays': ['api-events', 'Operators'],
  'GET /v1/connections/{name}/replays/{id}': ['api-events', 'Operators'],
  'DELETE /v1/connections/{name}/replays/{id}': ['api-events', 'Operators'],
  'ANY /v1/connections/{name}/routes': ['api-routes', 'Operators'],
  'POST /v1/connections/{name}/routes/test': ['api-routes', 'Operators'],
  'ANY /v1/destinations': ['api-destinations', 'Operators'],
  'ANY /v1/destinations/{name}': ['api-destinations', 'Operators'],
  'DELETE /v1/destinations/{name}': ['api-destinations', 'Operators'],
  'ANY /v1/destinations/{name}/{step}': ['api-destinations', 'Operators'],
  'GET /v1/destinations/{name}/secret': ['api-destinations', 'Operators'],
  'POST /v1/destinations/{name}/secret/rotate': ['api-destinations', 'Operators'],
  'GET /v1/destinations/{name}/history': ['api-destinations', 'Operators'],
  'POST /v1/connections/{name}/events/search': ['api-events', 'Operators'],
  'GET /v1/events/{id}': ['api-events', 'Operators'],
  'GET /v1/connections/{name}/events/{id}/timeline': ['api-events', 'Operators'],
  'GET /v1/connections/{name}/events/{id}/deliveries': ['api-deliveries', 'Operators'],
  'GET /v1/deliveries': ['api-deliveries', 'Operators'],
  'GET /v1/destinations/{name}/deliveries': ['api-deliveries', 'Operators'],
  'GET /v1/destinations/{name}/health': ['api-deliveries', 'Operators'],
  'ANY /v1/destinations/{name}/redeliveries': ['api-deliveries', 'Operators'],
  'GET /v1/destinations/{name}/redeliveries/{id}': ['api-deliveries', 'Operators'],
  'DELETE /v1/destinations/{name}/redeliveries/{id}': ['api-deliveries', 'Operators'],
  'GET /v1/deliveries/{id}': ['api-deliveries', 'Operators'],
  'ANY /v1/deliveries/{id}/{step}': ['api-deliveries', 'Operators'],
  'GET /v1/me': ['api-operators', 'Operators'],
  'ANY /v1/operators': ['api-operators', 'Operators'],
  'DELETE /v1/operators/{id}': ['api-operators', 'Operators'],
  'GET /v1/operators/names': ['api-operators', 'Operators'],
  'GET /v1/operators/history': ['api-operators', 'Operators'],
  'ANY /v1/{proxy+}': ['api-connections', 'Operators'],
  $default: ['serve-files', 'NONE'],
  'ANY /hooks/{connection}/{endpointId}': ['ingest', 'Senders'],
  'ANY /hooks/{connection}/{endpointId}/{rest+}': ['ingest', 'Senders'],
};

/** The permissions to read a table's stream, and to store records that could not be processed. */
const ofStream = (table: string) => [
  's3:PutObject on Failures/*',
  's3:ListBucket on Failures',
  ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
    (action) => `dynamodb:${action} on ${table}/stream`,
  ),
];

/** The permissions to read the messages of a queue. */
const ofQueue = (queue: string) =>
  ['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map((action) => `sqs:${action} on ${queue} queue`);

/** The permissions of the two functions that attempt deliveries. */
const ofAttempts = [
  'dynamodb:GetItem on State of destination#*, routes#*',
  'dynamodb:GetItem on Events',
  's3:GetObject on Bodies/*',
  's3:ListBucket on Bodies',
  'secretsmanager:GetSecretValue on destination/*',
  'dynamodb:GetItem on Deliveries',
  'dynamodb:PutItem on Deliveries',
  'lambda:InvokeFunction on transform',
  'dynamodb:UpdateItem on Journal of sent#*, active#*',
];

/**
 * Function → its permissions, one entry for each action. Also written by hand: one permission too many fails the test.
 */
const permissions: Record<string, string[]> = {
  authorize: [
    'dynamodb:GetItem on State of connection#*',
    'secretsmanager:GetSecretValue on endpoint/*',
    'dynamodb:UpdateItem on Journal of rejections#*, active#*',
  ],
  ingest: [
    'dynamodb:PutItem on Events',
    'dynamodb:GetItem on Events',
    's3:PutObject on Bodies/*',
    'secretsmanager:GetSecretValue on endpoint/*',
    'dynamodb:UpdateItem on Journal of rejections#*, duplicates#*, use#*, active#*',
    'lambda:InvokeFunction on storedeliveredsecret',
  ],
  'store-delivered-secret': [
    'dynamodb:GetItem on State of connection#*, deployment',
    'dynamodb:PutItem on State of connection#*, deployment',
    'secretsmanager:CreateSecret on endpoint/*',
    'secretsmanager:DescribeSecret on endpoint/*',
    'secretsmanager:PutSecretValue on endpoint/*',
    'secretsmanager:TagResource on endpoint/*',
    'secretsmanager:UpdateSecretVersionStage on endpoint/*',
  ],
  'authorize-operator': [
    'dynamodb:GetItem on State of operators',
    'dynamodb:PutItem on State of operators',
    'dynamodb:UpdateItem on Journal of operator_uses',
    'secretsmanager:GetSecretValue on Bootstrap',
  ],
  'api-connections': [
    'dynamodb:GetItem on State of connection#*',
    'dynamodb:PutItem on State of connection#*',
    'dynamodb:DeleteItem on State of connection#*',
    'dynamodb:Query on State/index/list',
    'dynamodb:Query on Journal of use#*, count#*, rejections#*, late, roll_up, alerts',
    'dynamodb:BatchGetItem on Journal of summary#*',
    'dynamodb:Query on Events/index/byConnection',
  ],
  'api-endpoint': [
    'dynamodb:GetItem on State of connection#*, deployment',
    'dynamodb:PutItem on State of connection#*, deployment',
    'dynamodb:Query on Events/index/byConnection',
    'secretsmanager:CreateSecret on endpoint/*',
    'secretsmanager:DescribeSecret on endpoint/*',
    'secretsmanager:GetSecretValue on endpoint/*',
    'secretsmanager:PutSecretValue on endpoint/*',
    'secretsmanager:TagResource on endpoint/*',
    'secretsmanager:UpdateSecretVersionStage on endpoint/*',
    'dynamodb:Query on Journal of use#*',
  ],
  'api-events': [
    'dynamodb:GetItem on State of connection#*',
    'dynamodb:Query on Events/index/byConnection',
    'dynamodb:GetItem on Events',
    'dynamodb:UpdateItem on Events',
    's3:GetObject on Bodies/*',
    's3:ListBucket on Bodies',
    'dynamodb:Query on Journal of history#*, actions#*, rejections#*, run#*, relay, count#*, duplicates#*, sent#*, sums#*, late, roll_up, runs, ended_runs, redeliveries, ended_redeliveries',
    'dynamodb:GetItem on Journal of runs, run#*, given_up#*',
    'dynamodb:PutItem on Journal of runs',
    'dynamodb:UpdateItem on Journal of runs',
    'dynamodb:Query on Deliveries',
    'dynamodb:Query on Deliveries/index/byState',
    'lambda:InvokeFunction on runreplayjobs',
  ],
  'run-replay-jobs': [
    'dynamodb:GetItem on State of connection#*',
    'dynamodb:Query on Events/index/byConnection',
    'dynamodb:GetItem on Events',
    'dynamodb:UpdateItem on Events',
    'dynamodb:Query on Journal of runs',
    'dynamodb:PutItem on Journal of run#*, ended_runs, actions#*',
    'dynamodb:UpdateItem on Journal of runs',
    'dynamodb:DeleteItem on Journal of runs',
    'lambda:InvokeFunction on runreplayjobs',
  ],
  'run-redelivery-jobs': [
    'dynamodb:GetItem on State of destination#*',
    'dynamodb:Query on Deliveries/index/byDestination',
    'dynamodb:Query on Deliveries/index/byState',
    'dynamodb:GetItem on Deliveries',
    'dynamodb:PutItem on Deliveries',
    'sqs:SendMessage on Dispatch queue',
    'dynamodb:Query on Journal of redeliveries',
    'dynamodb:PutItem on Journal of redelivery#*, ended_redeliveries, destination_actions#*',
    'dynamodb:UpdateItem on Journal of redeliveries',
    'dynamodb:DeleteItem on Journal of redeliveries',
    'lambda:InvokeFunction on runredeliveryjobs',
  ],
  'api-destinations': [
    'dynamodb:GetItem on State of destination#*, deployment, connection#*, routes#*, route-use#*',
    'dynamodb:PutItem on State of destination#*, deployment',
    'dynamodb:DeleteItem on State of destination#*',
    'dynamodb:Query on State/index/list of destination',
    'secretsmanager:CreateSecret on destination/*',
    'secretsmanager:DescribeSecret on destination/*',
    'secretsmanager:GetSecretValue on destination/*',
    'secretsmanager:PutSecretValue on destination/*',
    'secretsmanager:TagResource on destination/*',
    'secretsmanager:UpdateSecretVersionStage on destination/*',
    'dynamodb:Query on Journal of destination_history#*, destination_actions#*',
    'dynamodb:GetItem on Deliveries',
    'dynamodb:PutItem on Deliveries',
    'sqs:SendMessage on Lane queue',
  ],
  'api-routes': [
    'dynamodb:GetItem on State of connection#*, destination#*, routes#*',
    'dynamodb:PutItem on State of connection#*, routes#*',
    'dynamodb:UpdateItem on State of route-use#*',
    'dynamodb:GetItem on Events',
    's3:GetObject on Bodies/*',
    's3:ListBucket on Bodies',
    'lambda:InvokeFunction on dryruntransform',
  ],
  'sweep-secrets': [
    'dynamodb:GetItem on State of connection#*, destination#*, deployment',
    'dynamodb:PutItem on State of connection#*',
    'dynamodb:DeleteItem on State of destination#*',
    'dynamodb:Query on State/index/list',
    'secretsmanager:DeleteSecret on endpoint/*',
    'secretsmanager:DescribeSecret on endpoint/*',
    'secretsmanager:DeleteSecret on destination/*',
    'secretsmanager:DescribeSecret on destination/*',
    'secretsmanager:ListSecrets on *',
  ],
  'raise-alerts': [
    'dynamodb:Query on State/index/list',
    'dynamodb:Query on Journal of alerts, rejections#*, use#*',
    'dynamodb:PutItem on Journal of alerts',
    'dynamodb:DeleteItem on Journal of alerts',
    'events:PutEvents on Bus',
  ],
  'count-events': [
    'dynamodb:PutItem on Journal of actions#*, sums#*, summary#*, roll_up',
    'dynamodb:UpdateItem on Journal of count#*, use#*, late, active#*',
    'dynamodb:Query on Journal of count#*, duplicates#*, rejections#*, sent#*, use#*, late, active#*, sums#*, roll_up',
    ...ofStream('Events'),
  ],
  'follow-state-changes': [
    'dynamodb:PutItem on Journal of history#*, destination_history#*, operators, runs',
    'dynamodb:GetItem on Journal of runs, run#*',
    'lambda:InvokeFunction on runreplayjobs',
    'secretsmanager:DeleteSecret on endpoint/*',
    'secretsmanager:DescribeSecret on endpoint/*',
    'secretsmanager:DeleteSecret on destination/*',
    'secretsmanager:DescribeSecret on destination/*',
    'events:PutEvents on Bus',
    'dynamodb:GetItem on Deliveries',
    'dynamodb:PutItem on Deliveries',
    'dynamodb:Query on Deliveries/index/byState',
    'sqs:SendMessage on Lane queue',
    ...ofStream('State'),
  ],
  relay: [
    'dynamodb:GetItem on State of connection#*, destination#*, routes#*',
    'sqs:SendMessage on Dispatch queue',
    'dynamodb:GetItem on Deliveries',
    'dynamodb:PutItem on Deliveries',
    'dynamodb:Query on Journal of given_up#*',
    'dynamodb:UpdateItem on Journal of test#*, relay, given_up#*, count#*, active#*',
    'dynamodb:DeleteItem on Journal of relay, given_up#*',
    'events:PutEvents on Bus',
    ...ofStream('Events'),
  ],
  'api-self-test': [
    's3:GetObject on Bodies/*',
    's3:ListBucket on Bodies',
    'dynamodb:GetItem on State of connection#*',
    'dynamodb:PutItem on State of connection#*',
    'secretsmanager:GetSecretValue on endpoint/*',
    'dynamodb:GetItem on Events',
    'dynamodb:GetItem on Journal of test#*',
  ],
  'api-operators': [
    'dynamodb:GetItem on State of operators',
    'dynamodb:PutItem on State of operators',
    'dynamodb:Query on Journal of operators, operator_uses',
  ],
  dispatch: [
    ...ofAttempts,
    'dynamodb:DeleteItem on Deliveries',
    'sqs:SendMessage on Dispatch queue',
    'sqs:SendMessage on Overflow queue',
    ...ofQueue('Dispatch'),
  ],
  'park-deliveries': [
    'dynamodb:GetItem on State of destination#*',
    'dynamodb:GetItem on Deliveries',
    'dynamodb:PutItem on Deliveries',
    'sqs:SendMessage on Lane queue',
    ...ofQueue('Overflow'),
  ],
  'serve-lanes': [
    ...ofAttempts,
    'dynamodb:Query on Deliveries/index/byState',
    'dynamodb:DeleteItem on Deliveries',
    'events:PutEvents on Bus',
    'sqs:SendMessage on Dispatch queue',
    'sqs:SendMessage on Lane queue',
    ...ofQueue('Lane'),
  ],
  'sweep-deliveries': [
    'dynamodb:Query on Deliveries/index/byDue',
    'dynamodb:GetItem on Deliveries',
    'dynamodb:PutItem on Deliveries',
    'dynamodb:DeleteItem on Deliveries',
    'sqs:SendMessage on Dispatch queue',
    'sqs:SendMessage on Lane queue',
  ],
  'api-deliveries': [
    'dynamodb:GetItem on State of connection#*, destination#*, routes#*',
    'dynamodb:GetItem on Events',
    's3:GetObject on Bodies/*',
    's3:ListBucket on Bodies',
    'dynamodb:GetItem on Deliveries',
    'dynamodb:PutItem on Deliveries',
    'sqs:SendMessage on Dispatch queue',
    'sqs:SendMessage on Lane queue',
    'dynamodb:Query on Deliveries',
    'dynamodb:Query on Deliveries/index/byDestination',
    'dynamodb:Query on Deliveries/index/byState',
    'dynamodb:Query on Journal of redeliveries, redelivery#*',
    'dynamodb:GetItem on Journal of redeliveries, redelivery#*',
    'dynamodb:PutItem on Journal of redeliveries',
    'dynamodb:UpdateItem on Journal of redeliveries',
    'lambda:InvokeFunction on dryruntransform',
    'lambda:InvokeFunction on runredeliveryjobs',
  ],
  'serve-files': [],
  // Not even the logs of other functions, which the managed policy of all others allows.
  transform: ['logs:CreateLogStream on its log', 'logs:PutLogEvents on its log'],
  'dry-run-transform': ['logs:CreateLogStream on its log', 'logs:PutLogEvents on its log'],
};

/** Function → the log group to which it writes. */
const logs: Record<string, string> = {
  authorize: 'SendersLog',
  ingest: 'SendersLog',
  'authorize-operator': 'OperatorsLog',
  'api-connections': 'OperatorsLog',
  'api-deliveries': 'OperatorsLog',
  'api-destinations': 'OperatorsLog',
  'api-endpoint': 'OperatorsLog',
  'api-events': 'OperatorsLog',
  'api-operators': 'OperatorsLog',
  'api-routes': 'OperatorsLog',
  'api-self-test': 'OperatorsLog',
  'serve-files': 'OperatorsLog',
  'count-events': 'BackgroundLog',
  'store-delivered-secret': 'BackgroundLog',
  dispatch: 'BackgroundLog',
  'follow-state-changes': 'BackgroundLog',
  'park-deliveries': 'BackgroundLog',
  'raise-alerts': 'BackgroundLog',
  relay: 'BackgroundLog',
  'run-redelivery-jobs': 'BackgroundLog',
  'run-replay-jobs': 'BackgroundLog',
  'serve-lanes': 'BackgroundLog',
  'sweep-deliveries': 'BackgroundLog',
  'sweep-secrets': 'BackgroundLog',
  transform: 'transformLogs',
  'dry-run-transform': 'dryruntransformLogs',
};

/** Function → the table whose stream it reads, and the kinds of changes that it gets. */
const streams: Record<string, [table: string, changes: string[]]> = {
  'follow-state-changes': ['State', ['INSERT', 'MODIFY', 'REMOVE']],
  'count-events': ['Events', ['INSERT', 'MODIFY']],
  relay: ['Events', ['INSERT', 'MODIFY']],
};

/** Function → the queue that it reads, the most messages of a batch, and the most batches at a time. */
const queues: Record<string, [queue: string, messages: number, atOnce: number]> = {
  dispatch: ['Dispatch', 10, 5],
  'park-deliveries': ['Overflow', 10, 2],
  'serve-lanes': ['Lane', 1, 5],
};

/** Function → the maximum number of records in a batch, and for how many seconds Lambda may collect them. */
const batches: Record<string, [records: number, seconds: number]> = {
  'follow-state-changes': [100, 0],
  'count-events': [1_000, 2],
  relay: [100, 0],
};

/** Function → its timeout in seconds and its memory in megabytes. */
const sizes: Record<string, [seconds: number, megabytes: number]> = {
  authorize: [10, 512],
  ingest: [10, 512],
  'store-delivered-secret': [10, 256],
  transform: [3, 256],
  'dry-run-transform': [3, 256],
  dispatch: [60, 512],
  'park-deliveries': [60, 256],
  'serve-lanes': [120, 512],
  'sweep-deliveries': [55, 256],
  'api-deliveries': [28, 512],
  'authorize-operator': [10, 256],
  'api-connections': [10, 256],
  'api-destinations': [28, 256],
  'api-endpoint': [10, 256],
  'api-events': [10, 256],
  'api-self-test': [25, 256],
  'api-operators': [10, 256],
  'api-routes': [28, 256],
  'serve-files': [10, 256],
  'count-events': [60, 256],
  'follow-state-changes': [60, 256],
  'raise-alerts': [120, 256],
  'run-replay-jobs': [90, 1_024],
  'run-redelivery-jobs': [90, 1_024],
  'sweep-secrets': [300, 256],
  relay: [180, 512],
};

/** Table → the attribute that expires its items, and what its stream contains. */
const tables: Record<string, { expiry?: string; stream?: string }> = {
  State: { stream: 'NEW_AND_OLD_IMAGES' },
  Events: { expiry: 'expiresAt', stream: 'NEW_AND_OLD_IMAGES' },
  Journal: { expiry: 'expiresAt' },
  Deliveries: { expiry: 'expiresAt' },
};

/**
 * Function → the rate at which the schedule starts it, for how many seconds a call may wait for its beginning, and how often a call that
 * failed is repeated. Where the next call comes soon and does the work, none waits longer. Undefined is as AWS does: six hours, and twice.
 */
const schedules: Record<string, [rate: string, seconds: number | undefined, retries: number | undefined]> = {
  'sweep-secrets': ['rate(1 hour)', undefined, undefined],
  'raise-alerts': ['rate(5 minutes)', 300, 2],
  'run-replay-jobs': ['rate(1 minute)', 60, 0],
  'run-redelivery-jobs': ['rate(1 minute)', 60, 0],
  'count-events': ['rate(1 minute)', 60, 0],
  'sweep-deliveries': ['rate(1 minute)', 60, 0],
};

/** A resource's ARN pattern in the words of the permissions table. */
const wordFor = (resource: string, stage: Stage): string =>
  resource
    .replace(/^\{(State|Events|Journal|Deliveries)Table\w+\.Arn\}/, '$1')
    .replace(/^\{DeliveryQueues(Dispatch|Overflow|Lane)Queue\w+\.Arn\}$/, '$1 queue')
    .replace(/^\{(State|Events)Table\w+\.StreamArn\}$/, '$1/stream')
    .replace(/^\{(Bodies|Failures)Bucket\w+\.Arn\}/, '$1')
    .replace(/^\{Bus\w+\.Arn\}$/, 'Bus')
    .replace(
      /^\{(runreplayjobs|runredeliveryjobs|storedeliveredsecret|transform|dryruntransform)Function\w+\.Arn\}$/,
      '$1',
    )
    .replace(/^\{SecretsBootstrap\w+\}$/, 'Bootstrap')
    .replace(/^\{(transform|dryruntransform)Logs\w+\.Arn\}$/, 'its log')
    .replace(
      `arn:{AWS::Partition}:secretsmanager:{AWS::Region}:{AWS::AccountId}:secret:hooklatch/${stage}/endpoint/*`,
      'endpoint/*',
    )
    .replace(
      `arn:{AWS::Partition}:secretsmanager:{AWS::Region}:{AWS::AccountId}:secret:hooklatch/${stage}/destination/*`,
      'destination/*',
    );

/** The same table, with each list in alphabetical order. */
const sorted = (table: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(table).map(([name, rights]) => [name, rights.toSorted()]));

/** The partition keys that a statement is limited to. No other condition is expected. */
function keysIn(condition: unknown): string {
  if (condition === undefined) return '';
  const limited = condition as { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': string | string[] } };
  const keys = limited['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  const known = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } };
  if (JSON.stringify(condition) !== JSON.stringify(known))
    throw new Error(`${JSON.stringify(condition)} is not expected`);
  return ` of ${[keys].flat().join(', ')}`;
}

/** The mappings of streams, which are those with a position to start from. */
const streamMappings = (template: Template) =>
  ofType(template, 'AWS::Lambda::EventSourceMapping').filter(({ properties }) => properties.StartingPosition);

/** The permissions of an AWS service to call functions. */
const callersOf = (template: Template, service: string) =>
  ofType(template, 'AWS::Lambda::Permission').filter(
    ({ properties }) => properties.Principal === `${service}.amazonaws.com`,
  );

/** The filters that make this metric from a log. */
const metricFilters = (template: Template, name: string) =>
  ofType(template, 'AWS::Logs::MetricFilter').filter(
    ({ properties }) => properties.MetricTransformations[0].MetricName === name,
  );

/**
 * A line of the access log in this format. Each variable is replaced by its value, or by a hyphen as API Gateway does.
 */
const aLineOf = (format: string, values: Record<string, string>): Record<string, string> =>
  JSON.parse(format.replace(/\$context[\w.]+/g, (variable) => values[variable] ?? '-'));

test('the table of routes in this test has every route of the API, and no other', () => {
  expect(Object.keys(api).sort()).toEqual(
    [...gatewayRoutes().map(({ key }) => key), fallbackRoute, ...hookRoutes, defaultRoute].sort(),
  );
});

describe.each(stages)('the template of %s', (stage) => {
  test('has every route with its function and its authorizer', () => {
    const template = templates[stage];
    const names = functionNames(template);
    const integrations = new Map(
      filled(ofType(template, 'AWS::ApiGatewayV2::Integration')).map(({ id, properties }) => {
        expect(properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
        return [`integrations/{${id}}`, names.get(properties.IntegrationUri['Fn::GetAtt'][0])];
      }),
    );
    const authorizers = new Map(
      ofType(template, 'AWS::ApiGatewayV2::Authorizer').map(({ id, properties }) => [id, properties.Name]),
    );
    const found = ofType(template, 'AWS::ApiGatewayV2::Route').map(({ properties }) => {
      const { RouteKey, Target, AuthorizationType, AuthorizerId } = properties;
      const authorizer = AuthorizationType === 'CUSTOM' ? authorizers.get(AuthorizerId.Ref) : AuthorizationType;
      return [RouteKey, [integrations.get(textOf(Target)), authorizer]];
    });
    expect(Object.fromEntries(found)).toEqual(api);
    // One for each function. One for each route would bring the stack near CloudFormation's limit of 500 resources.
    expect([...integrations.values()].sort()).toEqual([...new Set(Object.values(api).map(([fn]) => fn))].sort());
  });

  test('calls an authorizer for every request, with no identity source and no cache', () => {
    const template = templates[stage];
    const names = functionNames(template);
    const found = ofType(template, 'AWS::ApiGatewayV2::Authorizer').map(({ properties }) => {
      expect(properties).toMatchObject({
        AuthorizerType: 'REQUEST',
        AuthorizerPayloadFormatVersion: '2.0',
        EnableSimpleResponses: true,
        AuthorizerResultTtlInSeconds: 0,
      });
      expect(properties.IdentitySource ?? []).toEqual([]);
      const [id = ''] = /\{(\w+)\.Arn\}/.exec(textOf(properties.AuthorizerUri))?.slice(1) ?? [];
      return [properties.Name, names.get(id)];
    });
    expect(Object.fromEntries(found)).toEqual({ Senders: 'authorize', Operators: 'authorize-operator' });
  });

  test('has one stage, which throttles every route and is made after all routes', () => {
    const { properties, resource } = only(ofType(templates[stage], 'AWS::ApiGatewayV2::Stage'));
    expect(properties).toMatchObject({ StageName: '$default', AutoDeploy: true });
    const isHook = (key: string) => key.includes('/hooks/');
    expect(properties.RouteSettings).toEqual(
      Object.fromEntries(
        Object.keys(api).map((key) => [
          key,
          isHook(key)
            ? { ThrottlingRateLimit: 2000, ThrottlingBurstLimit: 4000 }
            : api[key]?.[1] === 'NONE'
              ? { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 }
              : { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
        ]),
      ),
    );
    const routeIds = ofType(templates[stage], 'AWS::ApiGatewayV2::Route').map(({ id }) => id);
    expect(resource.DependsOn).toEqual(expect.arrayContaining(routeIds));
  });

  test('names the API after the stage, and puts the access log under /aws/vendedlogs', () => {
    const template = templates[stage];
    expect(only(ofType(template, 'AWS::ApiGatewayV2::Api')).properties.Name).toBe(`hooklatch-${stage}`);
    const { DestinationArn } = only(ofType(template, 'AWS::ApiGatewayV2::Stage')).properties.AccessLogSettings;
    const [id] = /(?<=\{)HttpApiAccessLog\w+/.exec(textOf(DestinationArn)) ?? [];
    const logGroup = only(ofType(template, 'AWS::Logs::LogGroup').filter((group) => group.id === id));
    expect(logGroup.properties.LogGroupName).toBe(`/aws/vendedlogs/hooklatch-${stage}/access`);
    expect(logGroup.resource).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  test('logs no path, query or header of a request', () => {
    const { properties } = only(ofType(templates[stage], 'AWS::ApiGatewayV2::Stage'));
    const format = String(properties.AccessLogSettings.Format);
    const logged = format.match(/\$[\w.]+/g) ?? [];
    expect(logged.sort()).toEqual([
      '$context.authorizer.error',
      '$context.httpMethod',
      '$context.identity.sourceIp',
      '$context.integrationErrorMessage',
      '$context.requestId',
      '$context.requestTime',
      '$context.responseLatency',
      '$context.responseLength',
      '$context.routeKey',
      '$context.status',
    ]);
  });

  test('allows each function exactly the permissions of the table, and only ListSecrets on all resources', () => {
    const template = templates[stage];
    const roles = new Map(
      functionsIn(template).map(({ id, properties }) => [
        properties.Role['Fn::GetAtt'][0],
        functionNames(template).get(id),
      ]),
    );
    const granted: Record<string, string[]> = Object.fromEntries([...roles.values()].map((name) => [name, []]));
    for (const [role, { Statement }] of policiesIn(template)) {
      const name = roles.get(role) ?? '';
      const rights = Statement.flatMap((statement: Record<string, unknown>) => {
        const { Action, Effect, Resource, Condition, ...more } = statement;
        expect([Effect, more]).toEqual(['Allow', {}]);
        const keys = keysIn(Condition);
        const resources = [Resource].flat().map((each) => wordFor(textOf(each), stage) + keys);
        return [Action].flat().flatMap((action) => resources.map((on) => `${action} on ${on}`));
      });
      granted[name] = [...(granted[name] ?? []), ...rights];
    }
    // The lists are sorted, because CDK merges and sorts the statements of a policy.
    expect(sorted(granted)).toEqual(sorted(permissions));
    const rights = Object.values(granted).flat();
    expect(rights.join('\n')).not.toMatch(/:\S*\* on /);
    // AWS has no narrower resource for listing secrets.
    expect(rights.filter((right) => right.endsWith(' on *'))).toEqual(['secretsmanager:ListSecrets on *']);
  });

  test('gives its roles one policy of their own, and the one that writes logs', () => {
    const template = templates[stage];
    for (const { id, properties } of ofType(template, 'AWS::IAM::Role')) {
      expect(properties.Policies?.length ?? 1).toBe(1);
      const basic = 'arn:{AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
      expect((properties.ManagedPolicyArns ?? []).map(textOf)).toEqual(
        /^(transform|dryruntransform)Role/.test(id) ? [] : [basic],
      );
    }
    // A policy in a role can't name the function of that role, because the function needs the role first.
    const apart = ofType(template, 'AWS::IAM::Policy').map(({ id }) => id.replace(/WakeItself.*/, ''));
    expect(apart.sort()).toEqual(['runredeliveryjobs', 'runreplayjobs']);
    expect(ofType(template, 'AWS::IAM::ManagedPolicy')).toEqual([]);
    // CDK's own function that empties a bucket also has a role. The bucket's policy gives it its permissions.
    const others = ofType(template, 'AWS::Lambda::Function').length - functionsIn(template).length;
    expect(others).toBe(stage === 'dev' ? 1 : 0);
    expect(ofType(template, 'AWS::IAM::Role')).toHaveLength(Object.keys(permissions).length + others);
  });

  test('lets API Gateway call a function for its own routes, each authorizer for itself, and serve-files for the default route', () => {
    const names = functionNames(templates[stage]);
    const found = callersOf(templates[stage], 'apigateway').map(({ properties }) => {
      expect(properties.Action).toBe('lambda:InvokeFunction');
      const name = names.get(properties.FunctionName['Fn::GetAtt'][0]) ?? '';
      return [
        name,
        textOf(properties.SourceArn).replace(/^.*\{HttpApi\w+\}\/(authorizers\/\{HttpApi[A-Z][a-z]+)?.*?/, '$1'),
      ];
    });
    const behindRoutes = [...new Set(Object.values(api).map(([fn]) => fn))].map((fn) => [
      fn,
      fn === 'serve-files' ? '*/$default' : '*/*/*',
    ]);
    expect(found.map(([name, on = '']) => [name, on.replace(/[0-9A-F]{8}\}$/, '')]).sort()).toEqual(
      [
        ...behindRoutes,
        ['authorize', 'authorizers/{HttpApiSenders'],
        ['authorize-operator', 'authorizers/{HttpApiOperators'],
      ].sort(),
    );
  });

  test('has a log for each audience, and one for each function that runs what operators write', () => {
    const template = templates[stage];
    const logOf = functionsIn(template).map(({ id, properties }) => [
      functionNames(template).get(id) ?? '',
      properties.LoggingConfig.LogGroup.Ref.replace(/[0-9A-F]{8}$/, ''),
    ]);
    expect(Object.fromEntries(logOf)).toEqual(logs);
    const named = functionsIn(template).map(({ properties }) => properties.Environment.Variables.FUNCTION_NAME);
    expect(named.sort()).toEqual(Object.keys(logs).sort());
  });

  test('runs every function on Node 24 and arm64, with a kept log in which Lambda says what failed', () => {
    const template = templates[stage];
    const groups = new Map(ofType(template, 'AWS::Logs::LogGroup').map((group) => [group.id, group.properties]));
    for (const { RetentionInDays } of groups.values()) expect(RetentionInDays).toBe(30);
    for (const { properties } of filled(functionsIn(template))) {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      // The alarm on failures reads Lambda's own lines. In the format of text they have other words.
      expect(properties.LoggingConfig).toMatchObject({ LogFormat: 'JSON', SystemLogLevel: 'WARN' });
      expect(groups.has(properties.LoggingConfig.LogGroup.Ref)).toBe(true);
    }
  });

  test('reads streams from the first record, retries failed records, and gives them up after 23 hours', () => {
    const template = templates[stage];
    const found = streamMappings(template).map(({ properties }) => {
      expect(properties).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        MaximumRecordAgeInSeconds: 82_800,
        DestinationConfig: {
          OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringMatching(/^Failures/), 'Arn'] } },
        },
      });
      // No limit by number of retries: ten retries would be used up within minutes.
      expect(properties.MaximumRetryAttempts ?? -1).toBe(-1);
      const [{ Pattern }] = properties.FilterCriteria.Filters;
      const table = wordFor(textOf(properties.EventSourceArn), stage).replace('/stream', '');
      return [functionNames(template).get(properties.FunctionName.Ref), [table, JSON.parse(Pattern).eventName]];
    });
    expect(Object.fromEntries(found)).toEqual(streams);
  });

  test('reads the queues of the table, and hides a message for six times as long as its function may take', () => {
    const template = templates[stage];
    const all = new Map(ofType(template, 'AWS::SQS::Queue').map(({ id, properties }) => [id, properties]));
    const found = ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap(({ properties }) => {
      if (properties.StartingPosition) return [];
      expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      const id = properties.EventSourceArn['Fn::GetAtt'][0];
      const queue = all.get(id);
      const name = functionNames(template).get(properties.FunctionName.Ref) ?? '';
      expect(queue?.VisibilityTimeout).toBe(6 * (sizes[name]?.[0] ?? 0));
      expect(queue?.MessageRetentionPeriod).toBe(14 * 86_400);
      expect(queue?.RedrivePolicy.maxReceiveCount).toBe(12);
      const deadLetters = all.get(queue?.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]);
      expect(deadLetters?.MessageRetentionPeriod).toBe(14 * 86_400);
      const { BatchSize, ScalingConfig } = properties;
      return [[name, [id.replace(/^DeliveryQueues(\w+?)Queue.*/, '$1'), BatchSize, ScalingConfig.MaximumConcurrency]]];
    });
    expect(Object.fromEntries(found)).toEqual(queues);
    for (const queue of filled([...all.values()])) expect(queue).toMatchObject({ SqsManagedSseEnabled: true });
  });

  test('gives each function the timeout and memory of the table', () => {
    const template = templates[stage];
    const found = functionsIn(template).map(({ id, properties }) => {
      const { Timeout, MemorySize } = properties;
      return [functionNames(template).get(id), [Timeout, MemorySize]];
    });
    expect(Object.fromEntries(found)).toEqual(sizes);
  });

  test('isolates only the function that runs what operators write', () => {
    const template = templates[stage];
    const isolated = functionsIn(template).filter(({ resource }) =>
      JSON.stringify(resource).includes('hooklatch:isolated'),
    );
    expect(isolated.map(({ id }) => functionNames(template).get(id)).toSorted()).toEqual([
      'dry-run-transform',
      'transform',
    ]);
  });

  test('gives ingest less time to store an event than lists allow for, so that no reader misses the event', () => {
    const template = templates[stage];
    const [ingest] = functionsIn(template).filter(({ id }) => functionNames(template).get(id) === 'ingest');
    // By hand: who changes one of the two has to think of the other. Five seconds are left for clocks and the index.
    expect([ingest?.properties.Timeout, settlingMs]).toEqual([10, 15_000]);
  });

  test('logs the messages of functions from level INFO as JSON', () => {
    for (const { properties } of filled(functionsIn(templates[stage]))) {
      expect(properties.LoggingConfig).toEqual({
        LogFormat: 'JSON',
        ApplicationLogLevel: 'INFO',
        // At INFO, Lambda would write three lines for each invocation, and AWS would bill them.
        SystemLogLevel: 'WARN',
        LogGroup: { Ref: expect.any(String) },
      });
    }
  });

  test('reads batches of the size in the table, one after another, and counts the records that are given up', () => {
    const template = templates[stage];
    const found = streamMappings(template).map(({ properties }) => {
      expect(properties.MetricsConfig).toEqual({ Metrics: ['EventCount'] });
      // Two batches of one shard at the same time could overtake each other.
      expect(properties.ParallelizationFactor ?? 1).toBe(1);
      expect([properties.Enabled ?? true, properties.TumblingWindowInSeconds ?? 0]).toEqual([true, 0]);
      const { BatchSize, MaximumBatchingWindowInSeconds } = properties;
      return [functionNames(template).get(properties.FunctionName.Ref), [BatchSize, MaximumBatchingWindowInSeconds]];
    });
    expect(Object.fromEntries(found)).toEqual(batches);
  });

  test('expires items by the attribute that the functions write, and streams the old and the new image of a change', () => {
    const found = ofType(templates[stage], 'AWS::DynamoDB::Table').map(({ id, properties }) => {
      const { TimeToLiveSpecification: expiry, StreamSpecification: stream } = properties;
      const table = {
        ...(expiry && { expiry: expiry.Enabled ? expiry.AttributeName : 'not enabled' }),
        ...(stream && { stream: stream.StreamViewType }),
      };
      return [id.replace(/Table.*/, ''), table];
    });
    expect(Object.fromEntries(found)).toEqual(tables);
  });

  test('has outputs that name what they say', () => {
    const { Outputs = {} } = templates[stage];
    const named = Object.entries(Outputs).map(([name, { Value }]) => [name, textOf(Value)]);
    expect(Object.fromEntries(named)).toMatchObject({
      PublicUrl: expect.stringContaining('HttpApi'),
      BodiesBucket: expect.stringMatching(/^\W*Bodies/),
      FailuresBucket: expect.stringMatching(/^\W*Failures/),
      BusName: expect.stringMatching(/^\W*Bus/),
      BootstrapSecret: expect.stringMatching(/^\W*SecretsBootstrap/),
    });
  });

  test('counts the 429 answers to operators in the access log, and no others', () => {
    const template = templates[stage];
    const { properties } = only(metricFilters(template, 'OperatorsThrottled'));
    const apiStage = only(ofType(template, 'AWS::ApiGatewayV2::Stage'));
    const { DestinationArn, Format } = apiStage.properties.AccessLogSettings;
    expect(textOf(DestinationArn)).toContain(properties.LogGroupName.Ref);
    const isCounted = (route: string, status: string) =>
      isMatch(properties.FilterPattern, aLineOf(Format, { '$context.routeKey': route, '$context.status': status }));
    const keys = ofType(template, 'AWS::ApiGatewayV2::Route').map(({ properties }) => String(properties.RouteKey));
    const counted = keys.filter((route) => isCounted(route, '429'));
    expect(counted.toSorted()).toEqual(keys.filter((route) => / \/v1\//.test(route)).toSorted());
    // Anybody opens these, and a flood on them does not keep an operator out.
    const open = ['$default', 'GET /healthz', 'GET /openapi.json'];
    for (const route of [...open, 'ANY /hooks/{connection}/{endpointId}'])
      expect([route, keys.includes(route), counted.includes(route)]).toEqual([route, true, false]);
    for (const mine of ['GET /v1/me', 'POST /v1/connections/{name}/endpoint/deactivate', 'ANY /v1/{proxy+}'])
      expect([mine, counted.includes(mine)]).toEqual([mine, true]);
    expect(keys.filter((route) => isCounted(route, '403'))).toEqual([]);
  });

  test('starts the functions of the table on a schedule, and lets no other rule call a function', () => {
    const template = templates[stage];
    const names = functionNames(template);
    const idOf = (value: unknown) => textOf(value).replace(/^\{(\w+)\.Arn\}$/, '$1');
    const callers = callersOf(template, 'events').map(({ properties }) => [
      idOf(properties.SourceArn),
      names.get(idOf(properties.FunctionName)),
    ]);
    const bounds = new Map(
      ofType(template, 'AWS::Lambda::EventInvokeConfig').map(({ properties }) => {
        expect(properties.Qualifier).toBe('$LATEST');
        return [names.get(properties.FunctionName.Ref) ?? '', properties];
      }),
    );
    const found = ofType(template, 'AWS::Events::Rule').flatMap(({ id, properties }) => {
      expect(properties.State).toBe('ENABLED');
      expect(properties.EventPattern).toBeUndefined();
      // EventBridge takes no more.
      expect(properties.Targets.length).toBeLessThanOrEqual(5);
      return filled(properties.Targets as { Arn: unknown; RetryPolicy?: object }[]).map(({ Arn, RetryPolicy }) => {
        const name = names.get(idOf(Arn));
        expect(callers).toContainEqual([id, name]);
        const { MaximumEventAgeInSeconds: seconds, MaximumRetryAttempts: retries } = bounds.get(name ?? '') ?? {};
        // Neither EventBridge keeps a call longer, before Lambda has it.
        expect(RetryPolicy).toEqual(seconds && { MaximumEventAgeInSeconds: seconds });
        return [name, [properties.ScheduleExpression, seconds, retries]];
      });
    });
    expect(Object.fromEntries(found)).toEqual(schedules);
    expect(callers).toHaveLength(found.length);
    expect(bounds.size).toBe(Object.values(schedules).filter(([, seconds]) => seconds).length);
    expect(ofType(template, 'AWS::Lambda::Permission')).toHaveLength(
      callers.length + callersOf(template, 'apigateway').length,
    );
  });

  test('has one bus, which has no rules', () => {
    const template = templates[stage];
    const { id, properties } = only(ofType(template, 'AWS::Events::EventBus'));
    expect(properties.Name).toBe(`hooklatch-${stage}`);
    expect(template.Outputs?.['BusName']?.Value).toEqual({ Ref: id });
    const onBus = ofType(template, 'AWS::Events::Rule').filter(({ properties }) => properties.EventBusName);
    expect(onBus).toEqual([]);
  });

  test('counts refused webhooks by reason, once, from the log of authorize and ingest', () => {
    const template = templates[stage];
    const { properties } = only(metricFilters(template, 'Refused'));
    expect(properties).toMatchObject({
      FilterPattern: '{ ($.message.outcome = "refused") && ($.message.reason != "challenged") }',
      MetricTransformations: [
        {
          MetricNamespace: `Hooklatch/${stage}`,
          MetricName: 'Refused',
          MetricValue: '1',
          Dimensions: [{ Key: 'reason', Value: '$.message.reason' }],
        },
      ],
    });
    for (const writer of ['authorize', 'ingest'])
      expect(logGroupOf(template, writer)).toBe(properties.LogGroupName.Ref);
  });

  test('makes the first operator token of letters and digits, as the authorizer of operators expects it', () => {
    const { properties } = only(ofType(templates[stage], 'AWS::SecretsManager::Secret'));
    expect(properties).toMatchObject({
      Name: `hooklatch/${stage}/operator/bootstrap`,
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
    });
  });

  test('retains and protects its tables only in prod', () => {
    const keep = stage === 'prod';
    const tables = ofType(templates[stage], 'AWS::DynamoDB::Table');
    expect(tables.map(({ id }) => id.replace(/Table.*/, '')).sort()).toEqual([
      'Deliveries',
      'Events',
      'Journal',
      'State',
    ]);
    for (const { properties, resource } of tables) {
      const policy = keep ? 'Retain' : 'Delete';
      expect(resource).toMatchObject({ DeletionPolicy: policy, UpdateReplacePolicy: policy });
      expect(properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: keep });
      expect(properties).toMatchObject({ DeletionProtectionEnabled: keep, BillingMode: 'PAY_PER_REQUEST' });
    }
  });
});

test.each(stages)('bodies are kept a day longer than their events (%s)', (stage) => {
  const buckets = ofType(templates[stage], 'AWS::S3::Bucket');
  const { properties, resource } = only(buckets.filter(({ id }) => id.startsWith('Bodies')));
  const rules = properties.LifecycleConfiguration.Rules.filter(({ Prefix }: { Prefix?: string }) => Prefix);
  expect(rules).toEqual(
    [1, 7, 30, 90, 365].map((days) => ({ ExpirationInDays: days + 1, Prefix: `keep-${days}/`, Status: 'Enabled' })),
  );
  expect(properties.VersioningConfiguration).toBeUndefined();
  expect(resource.DeletionPolicy).toBe(stage === 'prod' ? 'RetainExceptOnCreate' : 'Delete');
});

test.each(stages)(
  'buckets are closed to the public, encrypted, without access lists, and reached by TLS alone (%s)',
  (stage) => {
    const buckets = ofType(templates[stage], 'AWS::S3::Bucket');
    const policies = ofType(templates[stage], 'AWS::S3::BucketPolicy');
    for (const { id, properties } of filled(buckets)) {
      expect(properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
      const policy = only(policies.filter((each) => each.properties.Bucket.Ref === id));
      expect(policy.properties.PolicyDocument.Statement).toContainEqual({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        Resource: [{ 'Fn::GetAtt': [id, 'Arn'] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, '/*']] }],
      });
    }
  },
);

test.each(stages)('dead letters are kept for a year, and the parts of a failed upload for a day (%s)', (stage) => {
  const buckets = ofType(templates[stage], 'AWS::S3::Bucket');
  const kept = buckets.map(({ id, properties }) => {
    const rules: Record<string, unknown>[] = properties.LifecycleConfiguration.Rules;
    return [id.replace(/Bucket.*/, ''), rules.filter(({ Prefix }) => Prefix === undefined)];
  });
  const aDay = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' };
  expect(Object.fromEntries(kept)).toEqual({
    Bodies: [aDay],
    Failures: [{ ExpirationInDays: 365, Status: 'Enabled' }, aDay],
  });
});

test('cdk-nag finds no violation, and each suppression has a reason', async () => {
  // Both syntheses succeeded, or there would be no templates.
  for (const folder of filled(templates.folders)) {
    const { pluginReports } = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
    const report = only<Record<string, unknown>>(pluginReports);
    expect(report).toMatchObject({ pluginName: 'AwsSolutions', conclusion: 'success', violations: [] });
    for (const { reason } of filled(report['suppressedViolations'] as { reason: string }[]))
      expect(reason).toMatch(/\w+ .*\.$/);
  }
});

test.each<[string, Variant, string[], number]>([
  ['log', 'logRule', ['AWS::Logs::ResourcePolicy'], 1],
  ['queue', 'queueRule', [], 1],
  ['queue,log', 'bothRules', ['AWS::Logs::ResourcePolicy'], 2],
])(
  'the example rules %s match every webhook, and cdk-nag finds no violation in them',
  async (_, variant, types, rules) => {
    const { template, folder } = await theTemplate(variant);
    const found = ofType(template, 'AWS::Events::Rule').filter(({ properties }) => properties.EventPattern);
    for (const { properties } of found) {
      expect(properties).toMatchObject({ EventPattern: { source: [{ prefix: 'hooklatch.' }] }, State: 'ENABLED' });
      expect(properties.EventBusName.Ref).toMatch(/^Bus/);
    }
    expect(found).toHaveLength(rules);
    const known = new Set(Object.values(templates.prod.Resources).map(({ Type }) => Type));
    const added = Object.values(template.Resources).map(({ Type }) => Type);
    const isNew = (type: string) => !known.has(type) && type !== 'AWS::Events::Rule';
    expect([...new Set(added.filter(isNew))].sort()).toEqual(types);
    const { pluginReports } = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
    expect(only(pluginReports)).toMatchObject({ conclusion: 'success', violations: [] });
  },
);

/** The queues of the example rules. */
const exampleQueues = (template: Template) =>
  ofType(template, 'AWS::SQS::Queue').filter(({ id }) => id.startsWith('ExampleRules'));

test('the example queue and its dead-letter queue keep messages for 14 days, the maximum of SQS', async () => {
  const { template } = await theTemplate('queueRule');
  const queues = exampleQueues(template).map(({ properties }) => properties);
  expect(queues.map(({ MessageRetentionPeriod }) => MessageRetentionPeriod)).toEqual([1_209_600, 1_209_600]);
});

test('the example rules lead to the log group and to the queue, and a dead-letter queue takes what the queue refuses', async () => {
  const { template } = await theTemplate('bothRules');
  const rules = ofType(template, 'AWS::Events::Rule').filter(({ properties }) => properties.EventPattern);
  const targets = rules.map(({ properties: { Targets } }) => only<Found['properties']>(Targets));
  const queue = only(targets.filter(({ DeadLetterConfig }) => DeadLetterConfig));
  const log = only(targets.filter(({ DeadLetterConfig }) => !DeadLetterConfig));
  expect(textOf(log.Arn)).toMatch(/:log-group:\{ExampleRulesLog\w+\}$/);
  expect(textOf(queue.Arn)).toMatch(/^\{ExampleRulesQueue\w+\.Arn\}$/);
  expect(textOf(queue.DeadLetterConfig.Arn)).toMatch(/^\{ExampleRulesDeadLetters\w+\.Arn\}$/);
});

test('EventBridge may write to the log group of the example rule, and nobody else may', async () => {
  const { template } = await theTemplate('logRule');
  const { properties } = only(ofType(template, 'AWS::Logs::ResourcePolicy'));
  const { Statement } = JSON.parse(textOf(properties.PolicyDocument));
  expect(Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: { Service: ['delivery.logs.amazonaws.com', 'events.amazonaws.com'] },
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: expect.stringMatching(/^\{ExampleRulesLog\w+\.Arn\}$/),
    },
  ]);
});

test('the example queues are encrypted, and reached by TLS alone', async () => {
  const { template } = await theTemplate('queueRule');
  const policies = ofType(template, 'AWS::SQS::QueuePolicy');
  for (const { id, properties } of filled(exampleQueues(template))) {
    expect(properties.SqsManagedSseEnabled).toBe(true);
    const policy = only(policies.filter((each) => each.properties.Queues[0].Ref === id));
    expect(policy.properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  }
});

test('the example queue hides a message for a minute, and gives it up after five receives', async () => {
  const { template } = await theTemplate('queueRule');
  const queues = exampleQueues(template);
  const { properties } = only(queues.filter((queue) => queue.properties.RedrivePolicy));
  const { id } = only(queues.filter((queue) => !queue.properties.RedrivePolicy));
  expect(properties).toMatchObject({
    VisibilityTimeout: 60,
    RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: { 'Fn::GetAtt': [id, 'Arn'] } },
  });
});

/** The different actions of the alarms when they ring and when they end. */
const alarmActions = (template: Template): string[] => {
  const actions = ofType(template, 'AWS::CloudWatch::Alarm').map(({ properties }) => {
    const { AlarmActions, OKActions } = properties;
    return JSON.stringify([AlarmActions?.map(textOf), OKActions?.map(textOf)]);
  });
  return [...new Set(actions)];
};

test('by default, alarms notify nobody, and the synthesis warns about it', () => {
  for (const [at, stage] of stages.entries()) {
    expect(alarmActions(templates[stage])).toEqual(['[null,null]']);
    expect(ofType(templates[stage], 'AWS::SNS::Topic')).toEqual([]);
    const metadata = readFileSync(join(templates.folders[at] ?? '', `hooklatch-${stage}.metadata.json`), 'utf8');
    expect(metadata).toContain(
      'Alarms notify nobody: set alarmEmail, or alarmTopic with the ARN of an SNS topic, in the file of the stage.',
    );
  }
});

test('with alarmTopic, every alarm notifies that topic', async () => {
  const alarmTopic = 'arn:aws:sns:eu-central-1:123456789012:on-call';
  const { template } = await theTemplate('alarmTopic');
  expect(alarmActions(template)).toEqual([JSON.stringify([[alarmTopic], [alarmTopic]])]);
  expect(ofType(template, 'AWS::SNS::Topic')).toEqual([]);
});

/** The alarms for which somebody is woken, by the construct and the id. All others can wait. */
const urgent = ['HttpApiFailing', 'HttpApiOperatorsThrottled', 'RelayStalled', 'WebhooksLate'];

test('with a second receiver, only the alarms of this list notify the first, and one receiver that is down wakes nobody', async () => {
  const { template } = await theTemplate('largest');
  const topics = ofType(template, 'AWS::SNS::Topic');
  const found = ofType(template, 'AWS::CloudWatch::Alarm').map(
    ({ id, properties }) => [id.replace(/\w{8}$/, ''), properties] as const,
  );
  const namesOf = (name: string) => {
    const { id } = only(topics.filter(({ properties }) => properties.TopicName === name));
    const both = JSON.stringify([[{ Ref: id }], [{ Ref: id }]]);
    return found
      .filter(([, { AlarmActions, OKActions }]) => JSON.stringify([AlarmActions, OKActions]) === both)
      .map(([alarm]) => alarm);
  };
  expect(namesOf('hooklatch-dev-alarms').toSorted()).toEqual(urgent.toSorted());
  const warnings = namesOf('hooklatch-dev-warnings');
  expect(warnings).toHaveLength(found.length - urgent.length);
  expect(warnings).toEqual(expect.arrayContaining(['DestinationFailing', 'BackgroundFailing', 'AccountThrottled']));
});

test('with alarmEmail, every alarm notifies a topic that sends e-mail to that address', async () => {
  const { template, folder } = await theTemplate('alarmEmail');
  const { id, properties } = only(ofType(template, 'AWS::SNS::Topic'));
  expect(properties).toEqual({ TopicName: 'hooklatch-prod-alarms' });
  expect(alarmActions(template)).toEqual([JSON.stringify([[`{${id}}`], [`{${id}}`]])]);
  expect(only(ofType(template, 'AWS::SNS::Subscription')).properties).toEqual({
    Protocol: 'email',
    Endpoint: 'on-call@example.com',
    TopicArn: { Ref: id },
  });
  // The local runtime must accept a template with this topic.
  expect(() => checkResourceTypes(template.Resources)).not.toThrow();
  const { Statement } = only(ofType(template, 'AWS::SNS::TopicPolicy')).properties.PolicyDocument;
  expect(Statement).toHaveLength(2);
  expect(Statement).toContainEqual(
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  );
  expect(Statement).toContainEqual({
    Sid: 'AllowAlarms',
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: { Ref: id },
    Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  });
  const { pluginReports } = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
  expect(only(pluginReports)).toMatchObject({ conclusion: 'success', violations: [] });
});

describe('a deployment setting in the template', () => {
  const publicUrl = 'https://hooks.example.com/in';
  let template: Template;
  beforeAll(async () => {
    ({ template } = await theTemplate('settings'));
  });

  test('replayCeiling is an environment variable of the functions that start replays and redeliveries', () => {
    const ceilingsIn = (from: Template) =>
      ofType(from, 'AWS::Lambda::Function').flatMap(
        ({ properties }) => properties.Environment?.Variables.REPLAY_CEILING ?? [],
      );
    expect(ceilingsIn(template)).toEqual(['2000', '2000']);
    expect(ceilingsIn(templates.dev)).toEqual(['500', '500']);
  });

  test('tokenReminderDays is an environment variable of the function that raises alerts', () => {
    const days = functionsIn(template).flatMap(({ id, properties }) => {
      const value = properties.Environment?.Variables.TOKEN_REMINDER_DAYS;
      return value === undefined ? [] : [[functionNames(template).get(id), value]];
    });
    expect(days).toEqual([['raise-alerts', '365']]);
  });

  test('publicUrl is an environment variable of the functions that answer HTTP requests or a stack, and an output', () => {
    expect(template.Outputs?.['PublicUrl']?.Value).toBe(publicUrl);
    const urls = functionsIn(template).flatMap(({ id, properties }) => {
      const url = properties.Environment?.Variables.PUBLIC_URL;
      return url === undefined ? [] : [[functionNames(template).get(id), url]];
    });
    expect(Object.fromEntries(urls)).toEqual({
      'api-connections': publicUrl,
      'api-deliveries': publicUrl,
      'api-destinations': publicUrl,
      'api-endpoint': publicUrl,
      'api-events': publicUrl,
      'api-operators': publicUrl,
      'api-routes': publicUrl,
      'api-self-test': publicUrl,
      ingest: publicUrl,
      'serve-files': publicUrl,
      'manage-connection': publicUrl,
    });
  });

  test('the issuer and the roles of its tokens are an environment variable of the authorizer of operators alone', () => {
    const found = functionsIn(template).flatMap(({ id, properties }) => {
      const oidc = properties.Environment?.Variables.OIDC;
      return oidc === undefined ? [] : [[functionNames(template).get(id), JSON.parse(oidc)]];
    });
    const issuer = {
      issuer: 'https://id.example.com',
      audience: 'hooklatch',
      jwksUri: 'https://keys.example.com/jwks',
      roles: [
        { role: 'connection_admin', claim: 'groups', value: 'platform' },
        { role: 'flow_designer', claim: 'groups', value: 'support' },
      ],
    };
    expect(found).toEqual([['authorize-operator', issuer]]);
  });

  test('the days for which an admin of the issuer adds operators are known to their function alone', () => {
    const found = functionsIn(template).flatMap(({ id, properties }) => {
      const days = properties.Environment?.Variables.OIDC_OPERATOR_DAYS;
      return days === undefined ? [] : [[functionNames(template).get(id), days]];
    });
    expect(found).toEqual([['api-operators', '7']]);
  });

  test('senderRate and senderBurst throttle only the public routes', () => {
    const { properties } = only(ofType(template, 'AWS::ApiGatewayV2::Stage'));
    const limits = Object.entries<object>(properties.RouteSettings);
    const isHook = ([key]: [string, object]) => key.includes('/hooks/');
    const ofSenders = { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 30 };
    expect(limits.filter(isHook).map(([, limit]) => limit)).toEqual([ofSenders, ofSenders]);
    const others = limits.filter((each) => !isHook(each)).map(([, limit]) => limit);
    expect(others.length).toBeGreaterThan(20);
    expect(others).not.toContainEqual(ofSenders);
  });

  test('reservedConcurrency applies to authorize and ingest, and nothing is reserved without it', () => {
    const reservedIn = (from: Template) =>
      ofType(from, 'AWS::Lambda::Function').flatMap(({ id, properties }) => {
        const reserved = properties.ReservedConcurrentExecutions;
        return reserved === undefined ? [] : [`${functionNames(from).get(id)} ${reserved}`];
      });
    expect(reservedIn(template)).toEqual(['authorize 50', 'ingest 50']);
    expect(reservedIn(templates.dev)).toEqual([]);
    expect(reservedIn(templates.prod)).toEqual([]);
  });

  test('eventShards is an environment variable of the functions that write or read events', () => {
    const shardsIn = (from: Template) =>
      ofType(from, 'AWS::Lambda::Function').flatMap(({ id, properties }) => {
        const shards = properties.Environment?.Variables.EVENT_SHARDS;
        return shards === undefined ? [] : [`${functionNames(from).get(id)} ${shards}`];
      });
    expect(shardsIn(templates.dev)).toEqual([
      'run-replay-jobs 4',
      'ingest 4',
      'api-connections 4',
      'api-deliveries 4',
      'api-endpoint 4',
      'api-events 4',
      'api-routes 4',
      'api-self-test 4',
      'dispatch 4',
      'serve-lanes 4',
    ]);
    expect(shardsIn(template)).toEqual([
      'run-replay-jobs 8',
      'ingest 8',
      'api-connections 8',
      'api-deliveries 8',
      'api-endpoint 8',
      'api-events 8',
      'api-routes 8',
      'api-self-test 8',
      'dispatch 8',
      'serve-lanes 8',
    ]);
  });
});
