/** An option of the runtime reaches every part that it is for. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, expect, test } from '@jest/globals';
import type { Wait } from '../../local/eventbridge/abortable-wait.ts';
import type { Runtime } from '../../local/runtime.ts';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { readBusEvents } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { echo, type Fixture, givenAssembly, givenRuntime } from './assembly-fixture.ts';
import { allow, mappingOf, streamActions, streamArn } from './event-source-mapping/given-stream.ts';
import { aListener } from './forward/given-listener.ts';
import { send } from './http-client.ts';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const bucketArn = { 'Fn::GetAtt': ['Failures', 'Arn'] };
const closed = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];
const reading = allow(
  'Failing',
  streamActions.map((action) => `dynamodb:${action}`),
  streamArn,
);
const writing = allow('Failing', ['s3:PutObject', 's3:ListBucket'], '*');
const ruleOn = (trigger: object) => ({
  Type: 'AWS::Events::Rule',
  Properties: { ...trigger, Targets: [{ Arn: { 'Fn::GetAtt': ['Failing', 'Arn'] }, Id: 'Target0' }] },
});

/** A part for each option: an API, and a function that fails, which a stream, a rule and a schedule call. */
const fixture: Fixture = {
  functions: {
    Echo: echo,
    Failing: 'exports.handler = async (event) => { console.log({ got: event }); throw new Error("x"); };',
  },
  routes: [{ key: 'GET /', to: 'Echo' }],
  resources: {
    Data: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    },
    Failures: {
      Type: 'AWS::S3::Bucket',
      Properties: { PublicAccessBlockConfiguration: Object.fromEntries(closed.map((name) => [name, true])) },
    },
    Jobs: { Type: 'AWS::SQS::Queue' },
    Token: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } },
    Reading: reading,
    Writing: writing,
    Mapping: mappingOf('Failing', {
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: bucketArn } },
    }),
    Rule: ruleOn({ EventPattern: { source: ['shop'] } }),
    Hourly: ruleOn({ ScheduleExpression: 'rate(1 hour)' }),
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'Failing' },
        Principal: 'events.amazonaws.com',
      },
    },
  },
};

interface Running {
  runtime: Runtime;
  /** A client of a service of the runtime. */
  client<C>(Client: new (config: object) => C & { destroy(): void }): C;
  /** The events that the failing function has got, one for each call. */
  got(): Record<string, unknown>[];
}

async function running(options: Partial<RuntimeOptions>): Promise<Running> {
  const lines: string[] = [];
  const onLog = (name: string, line: string): void => void (name === 'Fixture-Failing' && lines.push(line));
  const runtime = await givenRuntime(fixture, { onLog, ...options });
  const { url: endpoint, region, administrator: credentials } = runtime.aws;
  endings.push(() => runtime.close());
  return {
    runtime,
    client(Client) {
      const made = new Client({ endpoint, region, credentials, forcePathStyle: true });
      endings.push(() => made.destroy());
      return made;
    },
    got: () => lines.flatMap((line) => JSON.parse(line).message.got ?? []),
  };
}

const putEvent = new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'order', Detail: '{}' }] });

test('the clock is that of the API, of each service, of streams and of schedules', async () => {
  const moment = '2031-05-06T07:08:09.000Z';
  const { runtime, client, got } = await running({
    now: () => new Date(moment),
    schedules: false,
    invokeRetryDelays: [],
  });
  await client(DynamoDBClient).send(new PutItemCommand({ TableName: 'Fixture-Data', Item: { id: { S: 'a' } } }));
  await runtime.settled();
  const [record] = got() as [{ Records: [{ dynamodb: { ApproximateCreationDateTime: number } }] }];
  const s3 = client(S3Client);
  const { Contents: [stored] = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'fixture-failures' }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'fixture-failures', Key: stored?.Key }));
  const [SecretId] = Object.values(runtime.secrets);
  const secret = await client(SecretsManagerClient).send(new DescribeSecretCommand({ SecretId }));
  const sqs = client(SQSClient);
  const QueueUrl = runtime.queues['Jobs'];
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  const received = new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['SentTimestamp'] });
  const [message] = (await sqs.send(received)).Messages ?? [];
  await client(EventBridgeClient).send(putEvent);
  await runtime.runSchedule('Hourly');
  const request = (await send(runtime.url)).json()['requestContext'] as { timeEpoch: number };
  const times = {
    service: (await fetch(runtime.aws.url)).headers.get('date'),
    table: record.Records[0].dynamodb.ApproximateCreationDateTime * 1000,
    object: stored?.LastModified,
    givenUp: JSON.parse((await Body?.transformToString()) ?? '').timestamp,
    folder: /\d{4}\/\d\d\/\d\d\/(.{10})/.exec(stored?.Key ?? '')?.[1],
    secret: secret.CreatedDate,
    message: Number(message?.Attributes?.SentTimestamp),
    bus: readBusEvents(runtime.dataDir)[0]?.['time'],
    schedule: got().find((event) => event['source'] === 'aws.events')?.['time'],
    api: request.timeEpoch,
  };
  const isoOf = (time: unknown): string => new Date(time as string).toISOString();
  const { folder, ...moments } = times;
  expect(Object.fromEntries(Object.entries(moments).map(([part, time]) => [part, isoOf(time)]))).toEqual(
    Object.fromEntries(Object.keys(moments).map((part) => [part, moment])),
  );
  expect(folder).toBe('2031-05-06');
});

test('the waits are those of rules, schedules, queues and forwarding, and the delays those of rules and asynchronous calls', async () => {
  const listener = await aListener(() => ({ status: 500 }));
  endings.push(() => listener.stop());
  const waits: number[] = [];
  /** What waits for a second or more goes on when the runtime stops. */
  const wait: Wait = async (milliseconds, signal) => {
    waits.push(milliseconds);
    if (milliseconds >= 500) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  };
  const forward = { url: listener.url, onStatus: () => undefined, random: () => 1 };
  const { client, got, runtime } = await running({ wait, forward, invokeRetryDelays: [11, 12] });
  // It ends with the runtime.
  const receiving = new ReceiveMessageCommand({ QueueUrl: runtime.queues['Jobs'], WaitTimeSeconds: 20 });
  void client(SQSClient)
    .send(receiving)
    .catch(() => undefined);
  await client(EventBridgeClient).send(putEvent);
  await waitUntil('the rule has called three times, and the event was posted', () => got().length + waits.length >= 8);
  // A wait until some time is shorter by what the clock has gone on meanwhile.
  const seen = waits.map((each) => (each < 1_000 ? each : Math.round(each / 1_000) * 1_000));
  expect(seen.toSorted((one, other) => one - other)).toEqual([11, 12, 1_000, 20_000, 3_600_000]);
  await client(LambdaClient).send(new InvokeCommand({ FunctionName: 'Fixture-Failing', InvocationType: 'Event' }));
  await waitUntil('the function was called three more times', () => got().length === 6);
});

test('the stack is that of the start and of the code that comes later', async () => {
  const answering = (text: string) => `exports.handler = async () => ({ statusCode: 200, body: '${text}' });`;
  const assemblyOf = (text: string, key: string): string => {
    const folder = givenAssembly({
      functions: { [key]: answering(text), Answer: answering(text) },
      functionProperties: { Answer: { Code: { S3Bucket: 'assets', S3Key: `${key}.zip` } } },
      routes: [{ key: 'GET /', to: 'Answer' }],
    });
    const file = join(folder, 'manifest.json');
    const { artifacts } = JSON.parse(readFileSync(file, 'utf8'));
    const other = { type: 'aws:cloudformation:stack', properties: { templateFile: 'gone.json', stackName: 'Other' } };
    writeFileSync(file, JSON.stringify({ artifacts: { other, ...artifacts } }));
    return folder;
  };
  const runtime = await givenRuntime({}, { assembly: assemblyOf('first', 'First'), stack: 'Fixture' });
  expect((await send(runtime.url)).text).toBe('first');
  await runtime.replaceCode(assemblyOf('second', 'Second'));
  expect((await send(runtime.url)).text).toBe('second');
});
