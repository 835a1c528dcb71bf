import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readCloudAssembly } from '../../../local/cloudformation/cloud-assembly.ts';
import type { Runtime } from '../../../local/runtime.ts';
import { startRuntime } from '../../../local/runtime.ts';
import { echo, type Fixture, givenAssembly, givenRuntime, temporaryFolder } from '../assembly-fixture.ts';
import { send } from '../http-client.ts';

async function using<T>(starting: Promise<Runtime>, use: (runtime: Runtime) => T): Promise<T> {
  const runtime = await starting;
  try {
    return use(runtime);
  } finally {
    await runtime.close();
  }
}

/** The value of an output with this expression. */
async function output(value: unknown, fixture: Fixture = {}): Promise<unknown> {
  const sections = { ...fixture.sections, Outputs: { Subject: { Value: value } } };
  return using(givenRuntime({ ...fixture, sections }), ({ outputs }) => outputs['Subject']);
}

const starting = (fixture: Fixture): Promise<unknown> => using(givenRuntime(fixture), () => 'started');

const table = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  },
};

describe('an expression in the template', () => {
  const sub = (name: string): string => `\${${name}}`;
  const conditions = {
    Yes: { 'Fn::Equals': ['a', 'a'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Both: { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] },
    Either: { 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] },
  };
  const sections = {
    Conditions: conditions,
    Parameters: { Size: { Type: 'Number', Default: 7 } },
    Mappings: { Regions: { 'us-east-1': { short: 'use1' } } },
  };

  test.each([
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ Ref: 'AWS::AccountId' }, '000000000000'],
    [{ Ref: 'AWS::Partition' }, 'aws'],
    [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    [{ Ref: 'AWS::StackName' }, 'Fixture'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }, 'Fixture'],
    [{ Ref: 'Size' }, '7'],
    [{ Ref: 'Data' }, 'Fixture-Data'],
    [{ 'Fn::GetAtt': ['Data', 'Arn'] }, 'arn:aws:dynamodb:us-east-1:000000000000:table/Fixture-Data'],
    [{ 'Fn::GetAtt': 'Echo.Arn' }, 'arn:aws:lambda:us-east-1:000000000000:function:Fixture-Echo'],
    [{ 'Fn::GetAtt': ['EchoRole', 'Arn'] }, 'arn:aws:iam::000000000000:role/Fixture-EchoRole'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Size' }, 'b']] }, 'a-7-b'],
    [
      { 'Fn::Sub': `${sub('AWS::Region')}/${sub('Data')}/${sub('Data.Arn')}/${sub('!kept')}` },
      expect.stringMatching(/^us-east-1\/Fixture-Data\/arn:.*\/\$\{kept\}$/),
    ],
    [{ 'Fn::Sub': [sub('Own'), { Own: { Ref: 'Size' } }] }, '7'],
    [{ 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'short'] }, 'use1'],
    [{ 'Fn::If': ['Yes', 'then', { Ref: 'Nowhere' }] }, 'then'],
    [{ 'Fn::If': ['No', 'then', 'else'] }, 'else'],
    [{ 'Fn::If': ['Both', 'then', 'else'] }, 'else'],
    [{ 'Fn::If': ['Either', 'then', 'else'] }, 'then'],
    [{ 'Fn::Join': [',', ['a', { Ref: 'AWS::NoValue' }, { 'Fn::If': ['No', 'b', { Ref: 'AWS::NoValue' }] }]] }, 'a'],
  ])('%j is resolved', async (value, expected) => {
    expect(await output(value, { functions: { Echo: echo }, resources: { Data: table }, sections })).toEqual(expected);
  });

  test.each([
    [{ 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, ''],
    [
      { 'Fn::Join': ['', ['https://', { Ref: 'Api' }, '.execute-api.us-east-1.', { Ref: 'AWS::URLSuffix' }, '/']] },
      '/',
    ],
    [{ 'Fn::Sub': `https://${sub('Api')}.execute-api.${sub('AWS::Region')}.amazonaws.com/v1` }, '/v1'],
  ])('%j is the local address of the API', async (value, rest) => {
    const given = givenRuntime({ sections: { Outputs: { Url: { Value: value } } } });
    await using(given, ({ outputs, url }) => expect(outputs['Url']).toBe(`${url}${rest}`));
  });

  test.each([
    [{ 'Fn::ImportValue': 'x' }, /Fn::ImportValue/],
    [{ Ref: 'Nowhere' }, /Ref Nowhere: no such resource/],
    [{ Ref: 'Unset' }, /parameter Unset \(String\) has no value/],
    [{ Ref: 'Version' }, /parameter Version \(AWS::SSM::Parameter::Value<String>\)/],
    [{ 'Fn::GetAtt': ['Data', 'StreamArn'] }, /Data\.StreamArn: .* AWS::DynamoDB::Table/],
    ['{{resolve:ssm:/a}}', /dynamic references/],
    [{ 'Fn::Select': [3, ['a']] }, /no element 3/],
    [{ 'Fn::If': ['Unknown', 1, 2] }, /condition Unknown/],
  ])('%j is refused with a clear error', async (value, message) => {
    const ssm = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/version' };
    const unclear = { Parameters: { Unset: { Type: 'String' }, Version: ssm } };
    await expect(output(value, { resources: { Data: table }, sections: unclear })).rejects.toThrow(message);
  });
});

describe('a template', () => {
  test('with unsupported resource types is refused, and the error lists all of them', async () => {
    const resources = {
      Stream: { Type: 'AWS::Kinesis::Stream' },
      Machine: { Type: 'AWS::StepFunctions::StateMachine' },
      Logs: { Type: 'AWS::Logs::LogGroup' },
      Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
      Metadata: { Type: 'AWS::CDK::Metadata' },
    };
    await expect(starting({ resources })).rejects.toThrow(
      /:\n {2}Stream \(AWS::Kinesis::Stream\)\n {2}Machine \(AWS::StepFunctions::StateMachine\)\n.* move it to another stack/,
    );
  });

  test('is used without the resources and outputs whose condition is false', async () => {
    const given = givenRuntime({
      resources: { Stream: { Type: 'AWS::Kinesis::Stream', Condition: 'Never' } },
      sections: {
        Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
        Outputs: { Gone: { Value: { Ref: 'Stream' }, Condition: 'Never' }, Here: { Value: 'x' } },
      },
    });
    expect(await using(given, ({ outputs }) => outputs)).toEqual({ Here: 'x' });
  });

  test('can have the rules and parameters that CDK adds for deployments', async () => {
    const sections = {
      Rules: { CheckBootstrapVersion: {} },
      Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/x' } },
    };
    expect(await starting({ sections })).toBe('started');
  });

  test('with an unsupported section is refused', async () => {
    await expect(starting({ sections: { Transform: 'AWS::Serverless-2016-10-31' } })).rejects.toThrow(/Transform/);
  });

  test.each<[string, Fixture, RegExp]>([
    ['a function with layers', { functionProperties: { Echo: { Layers: ['x'] } } }, /Echo .*Layers is not supported/],
    ['a runtime that is not Node.js', { functionProperties: { Echo: { Runtime: 'python3.13' } } }, /Echo .*Runtime/],
    ['inline code', { functionProperties: { Echo: { Code: { ZipFile: 'x' } } } }, /Echo .* use Code\.fromAsset/],
    [
      'an authorizer with a cache',
      { authorizerProperties: { Echo: { AuthorizerResultTtlInSeconds: 300 } } },
      /EchoAuthorizer .*AuthorizerResultTtlInSeconds/,
    ],
    [
      'an authorizer that answers with policies',
      { authorizerProperties: { Echo: { EnableSimpleResponses: false } } },
      /EnableSimpleResponses/,
    ],
    [
      'an unsupported kind of identity source',
      { authorizerProperties: { Echo: { IdentitySource: ['$context.path'] } } },
      /IdentitySource/,
    ],
    ['a named stage', { stage: { StageName: 'prod' } }, /Stage .*StageName/],
    [
      'settings for a missing route',
      { stage: { RouteSettings: { 'GET /other': { ThrottlingRateLimit: 1 } } } },
      /Stage has settings for the route GET \/other/,
    ],
    [
      'the same route twice',
      { routes: [1, 2].map(() => ({ key: 'GET /', to: 'Echo' })) },
      /route GET \/ is in the template twice/,
    ],
    [
      'an environment variable that Lambda reserves',
      { functionProperties: { Echo: { Environment: { Variables: { AWS_REGION: 'x' } } } } },
      /Echo sets the variable AWS_REGION/,
    ],
    ['a stage without automatic deployment', { stage: { AutoDeploy: false } }, /AutoDeploy/],
    [
      'CORS',
      {
        resources: {
          Api: {
            Type: 'AWS::ApiGatewayV2::Api',
            Properties: { Name: 'a', ProtocolType: 'HTTP', CorsConfiguration: {} },
          },
        },
      },
      /Api .*CorsConfiguration is not supported/,
    ],
    [
      'a managed policy',
      {
        resources: {
          EchoRole: {
            Type: 'AWS::IAM::Role',
            Properties: {
              AssumeRolePolicyDocument: {},
              ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
            },
          },
        },
      },
      /EchoRole .* managed policies.*AdministratorAccess/,
    ],
    [
      'a table with another billing mode',
      { resources: { T: { ...table, Properties: { ...table.Properties, BillingMode: 'PROVISIONED' } } } },
      /Fixture-T/,
    ],
    [
      'a second API',
      { resources: { Other: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'b', ProtocolType: 'HTTP' } } } },
      /exactly one AWS::ApiGatewayV2::Api; it has Api, Other\. .* another stack/,
    ],
    [
      'a role from outside the template',
      { functionProperties: { Echo: { Role: 'arn:aws:iam::1:role/x' } } },
      /Echo .*: its role is not in the template/,
    ],
    [
      'a missing handler',
      { functionProperties: { Echo: { Handler: 'main.handler' } } },
      /main\.handler of Fixture-Echo is missing/,
    ],
    [
      'code that is not an asset',
      { functionProperties: { Echo: { Code: { S3Bucket: 'b', S3Key: 'other.zip' } } } },
      /Echo .*: its code \(other\.zip\)/,
    ],
  ])('with %s is refused', async (_, fixture, message) => {
    const given = { functions: { Echo: echo }, routes: [{ key: 'GET /', to: 'Echo', by: 'Echo' }], ...fixture };
    await expect(starting(given)).rejects.toThrow(message);
  });

  const rule = (more: object) => ({
    Type: 'AWS::Events::Rule',
    Properties: { EventPattern: { source: ['a'] }, ...more },
  });
  const inVariable = (value: unknown) => ({
    functionProperties: { Echo: { Environment: { Variables: { VALUE: value } } } },
  });

  test.each<[string, string, string, Fixture]>([
    ['a value of another stack', 'Echo', 'AWS::Lambda::Function', inVariable({ 'Fn::ImportValue': 'x' })],
    ['a secret as a value', 'Echo', 'AWS::Lambda::Function', inVariable('{{resolve:secretsmanager:a}}')],
    [
      'a parameter without a value',
      'Echo',
      'AWS::Lambda::Function',
      { ...inVariable({ Ref: 'Size' }), sections: { Parameters: { Size: { Type: 'Number' } } } },
    ],
    [
      'a rule for another service',
      'Rule',
      'AWS::Events::Rule',
      { resources: { Rule: rule({ Targets: [{ Id: 'a', Arn: 'arn:aws:sqs:us-east-1:1:q' }] }) } },
    ],
    [
      'a rule of a bus elsewhere',
      'Rule',
      'AWS::Events::Rule',
      { resources: { Rule: rule({ EventBusName: 'other' }) } },
    ],
    [
      'a rule whose pattern is not known',
      'Rule',
      'AWS::Events::Rule',
      { resources: { Rule: rule({ EventPattern: { source: [{ odd: 1 }] } }) } },
    ],
    [
      'a table with another billing mode',
      'Data',
      'AWS::DynamoDB::Table',
      { resources: { Data: { ...table, Properties: { ...table.Properties, BillingMode: 'PROVISIONED' } } } },
    ],
    [
      'a bucket that is a website',
      'Pages',
      'AWS::S3::Bucket',
      { resources: { Pages: { Type: 'AWS::S3::Bucket', Properties: { WebsiteConfiguration: {} } } } },
    ],
    [
      'a secret of another kind',
      'Password',
      'AWS::SecretsManager::Secret',
      { resources: { Password: { Type: 'AWS::SecretsManager::Secret', Properties: { Odd: 1 } } } },
    ],
    [
      'a function in Python',
      'Echo',
      'AWS::Lambda::Function',
      { functionProperties: { Echo: { Runtime: 'python3.13' } } },
    ],
  ])('with %s is refused, and the error names the resource, its type and a way out', async (_, id, type, fixture) => {
    const message = new RegExp(
      `^The local runtime can't run ${id} \\(${type}\\): [^]*move it to another stack of your app`,
    );
    await expect(starting({ functions: { Echo: echo }, ...fixture })).rejects.toThrow(message);
  });

  test('with the managed policy that only writes logs is accepted', async () => {
    const ManagedPolicyArns = ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'];
    const EchoRole = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, ManagedPolicyArns } };
    expect(await starting({ functions: { Echo: echo }, resources: { EchoRole } })).toBe('started');
  });
});

test('a function has the variables of the template and those of Lambda, and no others', async () => {
  const telling = 'exports.handler = async () => ({ statusCode: 200, body: JSON.stringify(process.env) });';
  const runtime = await givenRuntime({
    functions: { Telling: telling },
    functionProperties: { Telling: { MemorySize: 192, Environment: { Variables: { TABLE: 'orders' } } } },
    routes: [{ key: 'GET /', to: 'Telling' }],
  });
  expect((await send(runtime.url)).json()).toEqual({
    TABLE: 'orders',
    // Lambda's clock is UTC, wherever the developer is.
    TZ: ':UTC',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
    AWS_SECRET_ACCESS_KEY: expect.stringMatching(/^[\w+/]{40}$/),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: 'Fixture-Telling',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '192',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    _HANDLER: 'index.handler',
    AWS_ENDPOINT_URL: runtime.aws.url,
  });
});

describe('an assembly', () => {
  const start = (assembly: string): Promise<Runtime> => startRuntime({ assembly, dataDir: temporaryFolder() });

  test('without a manifest is refused', async () => {
    await expect(start(temporaryFolder())).rejects.toThrow(/manifest\.json can't be read/);
  });

  test("without an asset's folder is refused, and the error names the folder", async () => {
    const assembly = givenAssembly({ functions: { Echo: echo } });
    rmSync(join(assembly, 'asset.Echo'), { recursive: true });
    await expect(start(assembly)).rejects.toThrow(/asset folder .*asset\.Echo is missing/);
  });

  test('with a damaged file is refused, and the error names the file', async () => {
    const assembly = givenAssembly({});
    writeFileSync(join(assembly, 'template.json'), '{');
    await expect(start(assembly)).rejects.toThrow(/template\.json is not valid JSON/);
  });

  test.each([
    ['no stack', {}, /exactly one stack, .*; it contains: none/],
    [
      'two stacks',
      { a: { type: 'aws:cloudformation:stack' }, b: { type: 'aws:cloudformation:stack' } },
      /exactly one stack, or --stack must name one of them; it contains: a, b/,
    ],
    [
      'a nested assembly',
      { a: { type: 'aws:cloudformation:stack' }, c: { type: 'cdk:cloud-assembly' } },
      /it contains: a, c/,
    ],
  ])('with %s is refused', async (_, artifacts, message) => {
    const assembly = temporaryFolder();
    writeFileSync(join(assembly, 'manifest.json'), JSON.stringify({ artifacts }));
    await expect(start(assembly)).rejects.toThrow(message);
  });

  test('with several stacks runs the one that is named, by its name or by its id in the app', async () => {
    const folder = temporaryFolder();
    const stack = (name: string) => ({
      type: 'aws:cloudformation:stack',
      properties: { templateFile: `${name}.json`, stackName: `${name}-dev` },
    });
    const artifacts = { One: stack('one'), Two: stack('two'), Nested: { type: 'cdk:cloud-assembly' } };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
    for (const name of ['one', 'two']) {
      const Outputs = { Name: { Value: `the output of ${name}` } };
      writeFileSync(join(folder, `${name}.json`), JSON.stringify({ Resources: {}, Outputs }));
    }
    const templateOf = (name: string) => readCloudAssembly(folder, name).template.Outputs?.['Name']?.Value;
    expect(['two-dev', 'Two', 'one-dev'].map(templateOf)).toEqual([
      'the output of two',
      'the output of two',
      'the output of one',
    ]);
    expect(() => readCloudAssembly(folder, 'three')).toThrow(
      `The assembly ${folder} has no stack three; it contains: one-dev, two-dev, Nested`,
    );
  });
});
