import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Template } from '../../local/template/template.ts';
import { fallbackRoute, hookRoutes, routes } from '../../shared/route.ts';
import {
  aSynthesis,
  functionNames,
  functionsIn,
  ofType,
  only,
  removeSyntheses,
  type Stage,
  textOf,
  theTemplates,
} from './given-template.ts';

let templates: Awaited<ReturnType<typeof theTemplates>>;
beforeAll(async () => {
  templates = await theTemplates();
});
afterAll(removeSyntheses);

const stages = ['dev', 'prod'] as const;

/** Route → function, authorizer. Written by hand: the stack and this table have to agree. */
const api: Record<string, [string, 'Senders' | 'Operators' | 'NONE']> = {
  'GET /healthz': ['connections', 'NONE'],
  'GET /v1/connections': ['connections', 'Operators'],
  'POST /v1/connections': ['connections', 'Operators'],
  'GET /v1/connections/{name}': ['connections', 'Operators'],
  'PATCH /v1/connections/{name}': ['connections', 'Operators'],
  'DELETE /v1/connections/{name}': ['connections', 'Operators'],
  'PUT /v1/connections/{name}/endpoint': ['lifecycle', 'Operators'],
  'DELETE /v1/connections/{name}/endpoint': ['lifecycle', 'Operators'],
  'POST /v1/connections/{name}/endpoint/token': ['lifecycle', 'Operators'],
  'GET /v1/connections/{name}/endpoint/token': ['lifecycle', 'Operators'],
  'DELETE /v1/connections/{name}/endpoint/token': ['lifecycle', 'Operators'],
  'POST /v1/connections/{name}/endpoint/token/rotate': ['lifecycle', 'Operators'],
  'DELETE /v1/connections/{name}/endpoint/token/previous': ['lifecycle', 'Operators'],
  'POST /v1/connections/{name}/endpoint/activate': ['lifecycle', 'Operators'],
  'POST /v1/connections/{name}/endpoint/deactivate': ['lifecycle', 'Operators'],
  'GET /v1/connections/{name}/events': ['events', 'Operators'],
  'GET /v1/connections/{name}/events/{id}': ['events', 'Operators'],
  'ANY /v1/{proxy+}': ['connections', 'Operators'],
  'ANY /hooks/{connection}/{endpointId}': ['ingest', 'Senders'],
  'ANY /hooks/{connection}/{endpointId}/{rest+}': ['ingest', 'Senders'],
};

/** Function → what it may do on what, one entry for each action. Written by hand too: a right more is a failing test. */
const permissions: Record<string, string[]> = {
  authorize: ['dynamodb:GetItem on State', 'secretsmanager:GetSecretValue on endpoint/*'],
  ingest: ['dynamodb:PutItem on Events', 'dynamodb:GetItem on Events', 's3:PutObject on Bodies/*'],
  'operator-authorize': ['dynamodb:GetItem on State', 'secretsmanager:GetSecretValue on Bootstrap'],
  connections: [
    'dynamodb:GetItem on State',
    'dynamodb:PutItem on State',
    'dynamodb:DeleteItem on State',
    'dynamodb:Query on State/index/list',
  ],
  lifecycle: [
    'dynamodb:GetItem on State',
    'dynamodb:PutItem on State',
    'secretsmanager:CreateSecret on endpoint/*',
    'secretsmanager:DescribeSecret on endpoint/*',
    'secretsmanager:GetSecretValue on endpoint/*',
    'secretsmanager:PutSecretValue on endpoint/*',
    'secretsmanager:UpdateSecretVersionStage on endpoint/*',
  ],
  events: [
    'dynamodb:GetItem on State',
    'dynamodb:GetItem on Events',
    'dynamodb:Query on Events/index/byConnection',
    's3:GetObject on Bodies/*',
    's3:ListBucket on Bodies',
  ],
};

/** Function → what its alarm says. */
const impacts: Record<string, string> = {
  authorize: 'Senders are answered 500 and have to repeat their webhooks: nobody can tell whether they may pass.',
  ingest: 'Senders are answered 500 and have to repeat their webhooks: events can not be stored.',
  'operator-authorize': 'Operators are locked out: their tokens can not be checked. Webhooks go on being accepted.',
  connections: 'Operators can not open, list, edit or delete connections. Webhooks go on being accepted.',
  lifecycle:
    'Operators can not configure, activate or deactivate endpoints or change tokens. Webhooks go on being accepted.',
  events: 'Operators can not see events. Webhooks go on being accepted and stored.',
};

/** A resource's ARN pattern in the words of the table above. */
const wordFor = (resource: string, stage: Stage): string =>
  resource
    .replace(/^\{(State|Events|Journal)Table\w+\.Arn\}/, '$1')
    .replace(/^\{(Bodies)Bucket\w+\.Arn\}/, '$1')
    .replace(/^\{SecretsBootstrap\w+\}$/, 'Bootstrap')
    .replace(
      `arn:{AWS::Partition}:secretsmanager:{AWS::Region}:{AWS::AccountId}:secret:hooklatch/${stage}/endpoint/*`,
      'endpoint/*',
    );

test('the table above has every route of the API, and no other', () => {
  expect(Object.keys(api).sort()).toEqual([...Object.keys(routes), fallbackRoute, ...hookRoutes].sort());
});

describe.each(stages)('the template of %s', (stage) => {
  test('has every route with its function and its authorizer', () => {
    const template = templates[stage];
    const names = functionNames(template);
    const integrations = new Map(
      ofType(template, 'AWS::ApiGatewayV2::Integration').map(({ id, properties }) => {
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
  });

  test('asks its authorizers for every request, with no identity source and no cache', () => {
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
    expect(Object.fromEntries(found)).toEqual({ Senders: 'authorize', Operators: 'operator-authorize' });
  });

  test('has one stage, which throttles every route and comes after all of them', () => {
    const { properties, resource } = only(ofType(templates[stage], 'AWS::ApiGatewayV2::Stage'));
    expect(properties).toMatchObject({ StageName: '$default', AutoDeploy: true });
    const isHook = (key: string) => key.includes('/hooks/');
    expect(properties.RouteSettings).toEqual(
      Object.fromEntries(
        Object.keys(api).map((key) => [
          key,
          isHook(key)
            ? { ThrottlingRateLimit: 2000, ThrottlingBurstLimit: 4000 }
            : { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
        ]),
      ),
    );
    const routeIds = ofType(templates[stage], 'AWS::ApiGatewayV2::Route').map(({ id }) => id);
    expect(resource.DependsOn).toEqual(expect.arrayContaining(routeIds));
  });

  test('logs of a request neither path nor query nor header', () => {
    const { properties } = only(ofType(templates[stage], 'AWS::ApiGatewayV2::Stage'));
    const format = String(properties.AccessLogSettings.Format);
    const logged = format.match(/\$[\w.]+/g) ?? [];
    expect(logged.sort()).toEqual([
      '$context.authorizer.error',
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

  test('allows each function exactly what it needs, and nothing on everything', () => {
    const template = templates[stage];
    const roles = new Map(
      functionsIn(template).map(({ id, properties }) => [
        properties.Role['Fn::GetAtt'][0],
        functionNames(template).get(id),
      ]),
    );
    const granted = ofType(template, 'AWS::IAM::Policy').map(({ properties }) => {
      const name = roles.get(only<{ Ref: string }>(properties.Roles).Ref);
      const rights = properties.PolicyDocument.Statement.flatMap((statement: Record<string, unknown>) => {
        expect(Object.keys(statement).sort()).toEqual(['Action', 'Effect', 'Resource']);
        expect(statement['Effect']).toBe('Allow');
        const resources = [statement['Resource']].flat().map((each) => wordFor(textOf(each), stage));
        return [statement['Action']].flat().flatMap((action) => resources.map((on) => `${action} on ${on}`));
      });
      return [name, rights];
    });
    expect(Object.fromEntries(granted)).toEqual(permissions);
    expect(Object.values(Object.fromEntries(granted)).flat().join('\n')).not.toMatch(/:\S*\* on | on \*$/m);
  });

  test('gives its roles no policy besides those, and the one that writes logs', () => {
    const template = templates[stage];
    for (const { properties } of ofType(template, 'AWS::IAM::Role')) {
      expect(properties.Policies).toBeUndefined();
      expect(properties.ManagedPolicyArns.map(textOf)).toEqual([
        'arn:{AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      ]);
    }
    expect(ofType(template, 'AWS::IAM::ManagedPolicy')).toEqual([]);
    // CDK's function that empties a bucket has a role too, and its rights from the bucket.
    const others = ofType(template, 'AWS::Lambda::Function').length - functionsIn(template).length;
    expect(others).toBe(stage === 'dev' ? 1 : 0);
    expect(ofType(template, 'AWS::IAM::Role')).toHaveLength(Object.keys(permissions).length + others);
  });

  test('lets API Gateway call a function for one route or authorizer at a time', () => {
    const callers = ofType(templates[stage], 'AWS::Lambda::Permission');
    for (const { properties } of callers) {
      expect(properties).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' });
      expect(textOf(properties.SourceArn)).toMatch(/\{HttpApi\w+\}\/(\*\/\*\/(hooks|v1|healthz)|authorizers\/\{)/);
    }
    expect(callers).toHaveLength(Object.keys(api).length + 2);
  });

  test('runs every function on Node 24 and arm64, with kept logs and an alarm that says what breaks', () => {
    const template = templates[stage];
    const alarms = ofType(template, 'AWS::CloudWatch::Alarm');
    const logs = new Map(ofType(template, 'AWS::Logs::LogGroup').map((group) => [group.id, group.properties]));
    for (const { RetentionInDays } of logs.values()) expect(RetentionInDays).toBe(30);
    const said = functionsIn(template).map(({ id, properties }) => {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(properties.LoggingConfig).toMatchObject({ LogFormat: 'JSON' });
      expect(logs.has(properties.LoggingConfig.LogGroup.Ref)).toBe(true);
      const isOfFunction = (alarm: (typeof alarms)[number]) => alarm.properties.Dimensions[0]?.Value.Ref === id;
      const alarm = only(alarms.filter(isOfFunction)).properties;
      expect(alarm).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors', Threshold: 1 });
      return [functionNames(template).get(id), alarm.AlarmDescription];
    });
    expect(Object.fromEntries(said)).toEqual(impacts);
  });

  test('keeps its tables as long as the stage says', () => {
    const keep = stage === 'prod';
    const tables = ofType(templates[stage], 'AWS::DynamoDB::Table');
    expect(tables.map(({ id }) => id.replace(/Table.*/, '')).sort()).toEqual(['Events', 'Journal', 'State']);
    for (const { properties, resource } of tables) {
      const policy = keep ? 'Retain' : 'Delete';
      expect(resource).toMatchObject({ DeletionPolicy: policy, UpdateReplacePolicy: policy });
      expect(properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: keep });
      expect(properties).toMatchObject({ DeletionProtectionEnabled: keep, BillingMode: 'PAY_PER_REQUEST' });
    }
  });
});

test.each(stages)('bodies are kept a day longer than the events that they belong to (%s)', (stage) => {
  const buckets = ofType(templates[stage], 'AWS::S3::Bucket');
  const { properties, resource } = only(buckets.filter(({ id }) => id.startsWith('Bodies')));
  const rules = properties.LifecycleConfiguration.Rules.filter(({ Prefix }: { Prefix?: string }) => Prefix);
  expect(rules).toEqual(
    [1, 7, 30, 90, 365].map((days) => ({ ExpirationInDays: days + 1, Prefix: `keep-${days}/`, Status: 'Enabled' })),
  );
  expect(properties.VersioningConfiguration).toBeUndefined();
  expect(resource.DeletionPolicy).toBe(stage === 'prod' ? 'Retain' : 'Delete');
});

test('cdk-nag finds nothing, and each exception says why', async () => {
  // The app ended well for both, or there were no templates.
  for (const folder of templates.folders) {
    const { pluginReports } = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
    const report = only<Record<string, unknown>>(pluginReports);
    expect(report).toMatchObject({ pluginName: 'AwsSolutions', conclusion: 'success', violations: [] });
    for (const { reason } of report['suppressedViolations'] as { reason: string }[])
      expect(reason).toMatch(/\w+ .*\.$/);
  }
});

test('a stage that is none ends the synthesis with those that are', async () => {
  const { exitCode, output } = await aSynthesis('staging');
  expect(exitCode).toBe(1);
  expect(output).toContain('-c stage=staging is no stage; use one of dev, prod');
});

test('a public URL that would make broken ones ends the synthesis with how to say it', async () => {
  for (const publicUrl of ['hooks.example.com', 'https://hooks.example.com/', 'https://hooks.example.com?a=1']) {
    const { exitCode, output } = await aSynthesis('dev', { publicUrl });
    expect(exitCode).toBe(1);
    expect(output).toContain(`-c publicUrl=${publicUrl} can not be used; say it like https://hooks.example.com`);
  }
});

test('a public URL is what the functions make URLs of, and the output', async () => {
  const publicUrl = 'https://hooks.example.com/in';
  const { exitCode, folder } = await aSynthesis('dev', { publicUrl });
  expect(exitCode).toBe(0);
  const template = JSON.parse(readFileSync(join(folder, 'hooklatch-dev.template.json'), 'utf8'));
  expect(template.Outputs.PublicUrl.Value).toBe(publicUrl);
  const urls = ofType(template, 'AWS::Lambda::Function').map(
    ({ properties }) => properties.Environment?.Variables.PUBLIC_URL,
  );
  expect(urls.filter((url) => url !== undefined)).toEqual([publicUrl, publicUrl]);
});

test('a number of shards that can not be ends the synthesis with how to say it', async () => {
  for (const eventShards of ['0', '65', '4.5', 'many']) {
    const { exitCode, output } = await aSynthesis('dev', { eventShards });
    expect(exitCode).toBe(1);
    expect(output).toContain(`-c eventShards=${eventShards} can not be used; say a whole number from 1 to 64`);
  }
});

test('the number of shards is told to those who write and who read events', async () => {
  const { exitCode, folder } = await aSynthesis('dev', { eventShards: '8' });
  expect(exitCode).toBe(0);
  const shardsIn = (template: Template) =>
    ofType(template, 'AWS::Lambda::Function').flatMap(({ id, properties }) => {
      const shards = properties.Environment?.Variables.EVENT_SHARDS;
      return shards === undefined ? [] : [`${functionNames(template).get(id)} ${shards}`];
    });
  expect(shardsIn(templates.dev)).toEqual(['ingest 4', 'events 4']);
  expect(shardsIn(JSON.parse(readFileSync(join(folder, 'hooklatch-dev.template.json'), 'utf8')))).toEqual([
    'ingest 8',
    'events 8',
  ]);
});
