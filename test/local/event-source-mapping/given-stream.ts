/** Steps for tests of streams: a table, and a function that gets the records of its changes. */
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach } from '@jest/globals';
import type { DynamoDbStreamRecord } from '../../../local/dynamodb/dynamodb-stream-record.ts';
import { type Runtime, startRuntime } from '../../../local/runtime.ts';
import type { RuntimeOptions } from '../../../local/runtime-options.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { type Fixture, givenAssembly, temporaryFolder } from '../assembly-fixture.ts';

type Json = Record<string, unknown>;

export interface StreamFixture {
  /** What the function does with `Records` after it has logged them. */
  code?: string;
  /** Properties to add to the mapping, or to replace in it. */
  mapping?: Json;
  functionProperties?: Json;
  tableProperties?: Json;
  /** The actions on the stream that the function's role allows. */
  actions?: string[];
  /** Statements to add to the role. */
  statements?: Json[];
  more?: Fixture;
}

export interface Consumed {
  runtime: Runtime;
  dataDir: string;
  client: DynamoDBClient;
  /** The batches that the function got, one for each call. */
  batches(functionId?: string): DynamoDbStreamRecord[][];
  /** The batches, as the ids of their items. */
  ids(functionId?: string): string[][];
  /** The log lines of the pollers. */
  notes(): string[];
  put(...ids: string[]): Promise<void>;
}

export const streamArn = { 'Fn::GetAtt': ['Data', 'StreamArn'] };
export const streamActions = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'];

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

export function consumerCode(code = ''): string {
  return `let calls = 0; exports.handler = async ({ Records }) => {
    const ids = Records.map(({ dynamodb }) => dynamodb.Keys.id.S);
    calls += 1; console.log({ Records });
    ${code}
  };`;
}

export function allow(to: string, actions: string[], resource: unknown): Json {
  const Statement = actions.map((action) => ({ Effect: 'Allow', Action: action, Resource: resource }));
  return {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: `${to}Policy`, PolicyDocument: { Statement }, Roles: [{ Ref: `${to}Role` }] },
  };
}

export function mappingOf(to: string, properties: Json = {}): Json {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: streamArn,
      FunctionName: { Ref: to },
      StartingPosition: 'TRIM_HORIZON',
      ...properties,
    },
  };
}

export function streamFixture(given: StreamFixture = {}): Fixture {
  const { code, mapping, functionProperties = {}, tableProperties, actions = streamActions, more = {} } = given;
  const policy = allow(
    'Consumer',
    actions.map((action) => `dynamodb:${action}`),
    streamArn,
  );
  const document = (policy['Properties'] as Json)['PolicyDocument'] as { Statement: Json[] };
  document.Statement.push(...(given.statements ?? []));
  return {
    ...more,
    functions: { Consumer: consumerCode(code), ...more.functions },
    functionProperties: { Consumer: functionProperties, ...more.functionProperties },
    resources: {
      Data: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
          ...tableProperties,
        },
      },
      ConsumerPolicy: policy,
      Mapping: mappingOf('Consumer', mapping),
      ...more.resources,
    },
  };
}

/** The fixture's runtime. It is closed after the test. */
export async function aConsumer(given: StreamFixture = {}, options: Partial<RuntimeOptions> = {}): Promise<Consumed> {
  const lines: { name: string; message: unknown }[] = [];
  const onLog = (name: string, line: string) => {
    lines.push({ name, message: JSON.parse(line).message });
    options.onLog?.(name, line);
  };
  const dataDir = options.dataDir ?? temporaryFolder();
  const runtime = await startRuntime({ assembly: givenAssembly(streamFixture(given)), ...options, dataDir, onLog });
  const { url: endpoint, region, administrator: credentials } = runtime.aws;
  const client = new DynamoDBClient({ endpoint, region, credentials });
  endings.push(async () => {
    client.destroy();
    await runtime.close();
  });
  const messages = (wanted: string) => lines.filter(({ name }) => name === wanted).map(({ message }) => message);
  const batches = (functionId = 'Consumer') =>
    messages(`Fixture-${functionId}`).flatMap((message) => {
      const { Records } = message as { Records?: DynamoDbStreamRecord[] };
      return Records ? [Records] : [];
    });
  return {
    runtime,
    dataDir,
    client,
    batches,
    ids: (functionId) => batches(functionId).map((records) => records.map(({ dynamodb }) => idOf(dynamodb.Keys))),
    notes: () => messages('local-stream').map(String),
    put: async (...ids) => {
      for (const id of ids) {
        await client.send(new PutItemCommand({ TableName: 'Fixture-Data', Item: { id: { S: id } } }));
      }
    },
  };
}

/** A data folder whose stream contains the inserts of these items, none of them processed. */
export async function aFullStream(...ids: string[]): Promise<string> {
  const { runtime, put, dataDir } = await aConsumer({ mapping: { Enabled: false } });
  await put(...ids);
  await runtime.close();
  return dataDir;
}

export function idOf(item: Record<string, Json> | undefined): string {
  return String(item?.['id']?.['S']);
}

/** Resolves when the condition is true. @throws after a minute */
export const until = (holds: () => boolean): Promise<void> => waitUntil(String(holds), holds, 5);
