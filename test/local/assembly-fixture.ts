import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import type { RuntimeOptions } from '../../local/runtime-options.ts';

type Json = Record<string, unknown>;

export interface FixtureRoute {
  key: string;
  /** The logical id of the integration's function. */
  to: string;
  /** The logical id of the authorizer's function. */
  by?: string;
  timeout?: number;
}

export interface Fixture {
  /** The code of `index.js`, by logical id. */
  functions?: Record<string, string>;
  /** Properties to add to a function. */
  functionProperties?: Record<string, Json>;
  /** Metadata of a function, by logical id. */
  functionMetadata?: Record<string, Json>;
  routes?: FixtureRoute[];
  stage?: Json;
  /** Properties to add to an authorizer, by its function's logical id. */
  authorizerProperties?: Record<string, Json>;
  /** Resources and sections to add to the template, or to replace in it. */
  resources?: Json;
  sections?: Json;
}

/** A function that answers with its own event. */
export const echo = 'exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });';

export const stackName = 'Fixture';

const folders: string[] = [];
const runtimes: Runtime[] = [];

afterAll(async () => {
  await Promise.all(runtimes.map((runtime) => runtime.close()));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed when the test file ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-'));
  folders.push(folder);
  return folder;
}

/** Writes a cloud assembly as `cdk synth` does, and returns its folder. */
export function givenAssembly(fixture: Fixture): string {
  const folder = temporaryFolder();
  const files: Json = {};
  for (const [id, code] of Object.entries(fixture.functions ?? {})) {
    mkdirSync(join(folder, `asset.${id}`));
    writeFileSync(join(folder, `asset.${id}`, 'index.js'), code);
    const destinations = { here: { bucketName: 'assets', objectKey: `${id}.zip` } };
    files[id] = { source: { path: `asset.${id}`, packaging: 'zip' }, destinations };
  }
  const write = (name: string, value: unknown): void => writeFileSync(join(folder, name), JSON.stringify(value));
  write('manifest.json', {
    artifacts: {
      assets: { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
      stack: { type: 'aws:cloudformation:stack', properties: { templateFile: 'template.json', stackName } },
    },
  });
  write('assets.json', { files });
  write('template.json', { Resources: { ...resourcesOf(fixture), ...fixture.resources }, ...fixture.sections });
  return folder;
}

/** Starts the runtime on a test's assembly, in a new data folder. It is closed when the test file ends. */
export async function givenRuntime(fixture: Fixture, options: Partial<RuntimeOptions> = {}): Promise<Runtime> {
  const runtime = await startRuntime({ assembly: givenAssembly(fixture), dataDir: temporaryFolder(), ...options });
  runtimes.push(runtime);
  return runtime;
}

function resourcesOf({
  functions = {},
  functionProperties = {},
  functionMetadata = {},
  routes = [],
  stage,
  authorizerProperties = {},
}: Fixture): Json {
  const resources: Json = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'fixture', ProtocolType: 'HTTP' } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true, ...stage },
    },
  };
  for (const id of Object.keys(functions)) {
    Object.assign(resources, functionResources(id, functionProperties[id], functionMetadata[id]));
  }
  for (const [index, route] of routes.entries()) Object.assign(resources, routeResources(index, route));
  for (const by of new Set(routes.map((route) => route.by))) {
    if (by) Object.assign(resources, authorizerResources(by, authorizerProperties[by]));
  }
  return resources;
}

function functionResources(id: string, properties: Json = {}, metadata?: Json): Json {
  const trust = {
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
  };
  return {
    [`${id}Role`]: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
    [id]: {
      Type: 'AWS::Lambda::Function',
      ...(metadata && { Metadata: metadata }),
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { S3Bucket: { 'Fn::Join': ['-', ['assets', { Ref: 'AWS::AccountId' }]] }, S3Key: `${id}.zip` },
        Role: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
        MemorySize: 256,
        Timeout: 20,
        ...properties,
      },
    },
  };
}

function routeResources(index: number, { key, to, by, timeout }: FixtureRoute): Json {
  const path = key.split(' ')[1] ?? '';
  const authorization = by && { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: `${by}Authorizer` } };
  return {
    [`Integration${index}`]: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': [to, 'Arn'] },
        PayloadFormatVersion: '2.0',
        ...(timeout && { TimeoutInMillis: timeout }),
      },
    },
    [`Route${index}`]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: key,
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: `Integration${index}` }]] },
        ...authorization,
      },
    },
    [`Permission${index}`]: permission(to, `/*/*${path}`),
  };
}

function authorizerResources(by: string, properties: Json = {}): Json {
  const uri = [
    '',
    ['arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/', { 'Fn::GetAtt': [by, 'Arn'] }, '/invocations'],
  ];
  return {
    [`${by}Authorizer`]: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: { Ref: 'Api' },
        Name: by,
        AuthorizerType: 'REQUEST',
        AuthorizerPayloadFormatVersion: '2.0',
        EnableSimpleResponses: true,
        AuthorizerResultTtlInSeconds: 0,
        AuthorizerUri: { 'Fn::Join': uri },
        ...properties,
      },
    },
    [`${by}Permission`]: permission(by, '/authorizers/', { Ref: `${by}Authorizer` }),
  };
}

/** The permission for API Gateway to invoke the function, for the source whose ARN ends in `parts`. */
export function permission(to: string, ...parts: unknown[]): Json {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [to, 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Join': ['', ['arn:aws:execute-api:us-east-1:000000000000:', { Ref: 'Api' }, ...parts]] },
    },
  };
}
