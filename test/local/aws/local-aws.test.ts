import { connect } from 'node:net';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, GetRandomPasswordCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, jest, test } from '@jest/globals';
import type { InjectedFault, PermittedCall } from '../../../local/aws/injected-fault.ts';
import type { AwsCall, LocalAws } from '../../../local/aws/local-aws.ts';
import type { PolicyStatement } from '../../../local/aws/policy-evaluation.ts';
import { anEvent, eventsArn, eventsTable } from '../dynamodb/events-by-id-table.ts';
import { anAws, dynamoDb, secretsManager } from './given-aws.ts';

const getEvent = () => new GetItemCommand({ TableName: 'events', Key: { id: { S: '1' } }, ConsistentRead: true });
const putEvent = (id = '1') =>
  new PutItemCommand({ TableName: 'events', Item: anEvent(id), ConditionExpression: 'attribute_not_exists(id)' });
const queryEvents = () =>
  new QueryCommand({
    TableName: 'events',
    IndexName: 'byTime',
    KeyConditionExpression: '#c = :c',
    ExpressionAttributeNames: { '#c': 'connection' },
    ExpressionAttributeValues: { ':c': { S: 'github' } },
  });

const mayCall = (aws: LocalAws, Action: string, Resource: string, rest: Partial<PolicyStatement> = {}) =>
  aws.addPrincipal('ingest', 'IngestRole', () => [{ Effect: 'Allow', Action, Resource, ...rest }]);

describe('a permission', () => {
  test("that is missing is denied with AWS's message, which is also reported to the runtime", async () => {
    const denials: string[] = [];
    const aws = await anAws({ onDenied: (message) => denials.push(message) });
    await aws.createTable(eventsTable);
    const message =
      'User: arn:aws:sts::123456789012:assumed-role/IngestRole/ingest is not authorized to perform: dynamodb:GetItem on ' +
      `resource: ${eventsArn} because no identity-based policy allows the dynamodb:GetItem action`;
    const client = dynamoDb(aws, mayCall(aws, 'dynamodb:PutItem', eventsArn));
    await client.send(putEvent());
    await expect(client.send(getEvent())).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message,
      $metadata: { httpStatusCode: 400 },
    });
    expect(denials).toEqual([message]);
  });

  test('to tag is needed too for a secret that is created with tags', async () => {
    const aws = await anAws();
    const secrets = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:a/*';
    const tagged = new CreateSecretCommand({ Name: 'a/b', SecretString: 'x', Tags: [{ Key: 'team', Value: 'hooks' }] });
    const creating = secretsManager(aws, mayCall(aws, 'secretsmanager:CreateSecret', secrets));
    await expect(creating.send(tagged)).rejects.toThrow('not authorized to perform: secretsmanager:TagResource on');
    await creating.send(new CreateSecretCommand({ Name: 'a/c', SecretString: 'x' }));
    const allowed = aws.addPrincipal('ingest', 'IngestRole', () => [
      { Effect: 'Allow', Action: ['secretsmanager:CreateSecret', 'secretsmanager:TagResource'], Resource: secrets },
    ]);
    await expect(secretsManager(aws, allowed).send(tagged)).resolves.toMatchObject({ Name: 'a/b' });
  });

  test('for an index must name the index, not its table', async () => {
    const aws = await anAws();
    await aws.createTable(eventsTable);
    const onTable = dynamoDb(aws, mayCall(aws, 'dynamodb:Query', eventsArn));
    await expect(onTable.send(queryEvents())).rejects.toThrow(`on resource: ${eventsArn}/index/byTime because`);
    const onIndex = dynamoDb(aws, mayCall(aws, 'dynamodb:Query', `${eventsArn}/index/*`));
    await expect(onIndex.send(queryEvents())).resolves.toMatchObject({ Count: 0 });
  });

  test('can be limited to partition keys', async () => {
    const aws = await anAws();
    await aws.createTable(eventsTable);
    const Condition = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['1', 'github'] } };
    const client = dynamoDb(aws, mayCall(aws, 'dynamodb:*', `${eventsArn}*`, { Condition }));
    await client.send(putEvent('1'));
    await expect(client.send(queryEvents())).resolves.toMatchObject({ Count: 1 });
    const [TableName, keyOf] = ['events', (id: string) => ({ id: { S: id } })];
    const write = (...requests: WriteRequest[]) =>
      client.send(new BatchWriteItemCommand({ RequestItems: { events: requests } }));
    const operations: ((id: string) => Promise<unknown>)[] = [
      (id) => client.send(new PutItemCommand({ TableName, Item: anEvent(id) })),
      (id) => client.send(new GetItemCommand({ TableName, Key: keyOf(id) })),
      (id) => client.send(new UpdateItemCommand({ TableName, Key: keyOf(id) })),
      (id) => client.send(new BatchGetItemCommand({ RequestItems: { events: { Keys: [keyOf('1'), keyOf(id)] } } })),
      (id) => write({ PutRequest: { Item: anEvent(id) } }),
      (id) => write({ DeleteRequest: { Key: keyOf(id) } }),
      (id) => client.send(new DeleteItemCommand({ TableName, Key: keyOf(id) })),
    ];
    for (const operation of operations)
      await expect(operation('2')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    // A batch may not name an item twice.
    for (const operation of operations.filter((_, at) => at !== 3)) await operation('1');
  });

  test('for a secret must match its full ARN', async () => {
    const aws = await anAws();
    const { arn } = await aws.ensureSecret({ Name: 'a/b', SecretString: 'hidden' });
    const get = (Resource: string, SecretId: string) =>
      secretsManager(aws, mayCall(aws, 'secretsmanager:GetSecretValue', Resource)).send(
        new GetSecretValueCommand({ SecretId }),
      );
    await expect(get(arn.replace(/.{6}$/, '??????'), 'a/b')).resolves.toMatchObject({ SecretString: 'hidden' });
    await expect(get(arn.replace(/-.{6}$/, ''), 'a/b')).rejects.toThrow(`on resource: ${arn} because`);
  });

  test('with an unsupported condition is denied, and the reason is reported', async () => {
    const denials: string[] = [];
    const aws = await anAws({ onDenied: (message) => denials.push(message) });
    const Condition = { NumericEquals: { 'dynamodb:LeadingKeys': '1' } };
    const client = dynamoDb(aws, mayCall(aws, 'dynamodb:*', '*', { Condition }));
    await expect(client.send(getEvent())).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(denials[0]).toContain('the condition operator NumericEquals is not known');
  });
});

describe('a signature', () => {
  test('by an unknown key is refused', async () => {
    const aws = await anAws();
    const stranger = { accessKeyId: 'ASIAUNKNOWN', secretAccessKey: 'x' };
    const refusal = {
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    };
    await expect(dynamoDb(aws, stranger).send(getEvent())).rejects.toMatchObject(refusal);
    const get = new GetSecretValueCommand({ SecretId: 'a' });
    await expect(secretsManager(aws, stranger).send(get)).rejects.toMatchObject(refusal);
  });

  test('by a known key with another secret is refused', async () => {
    const aws = await anAws();
    const forged = { ...aws.administrator, secretAccessKey: 'x' };
    await expect(dynamoDb(aws, forged).send(getEvent())).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message: expect.stringContaining('The request signature we calculated does not match'),
    });
  });

  test('that is missing is refused', async () => {
    const aws = await anAws();
    const response = await fetch(aws.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' },
      body: '{}',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      __type: 'com.amazon.coral.service#MissingAuthenticationTokenException',
    });
  });

  test('by a clock that is an hour off is refused, and the client corrects its clock from the answer', async () => {
    const aws = await anAws({ now: () => new Date(Date.now() + 3_600_000) });
    await aws.createTable(eventsTable);
    const client = dynamoDb(aws);
    await expect(client.send(getEvent())).rejects.toThrow('Signature expired');
    await expect(client.send(getEvent())).resolves.not.toHaveProperty('Item');
  });
});

test('an unsupported operation or service is refused and reported', async () => {
  const denials: string[] = [];
  const aws = await anAws({ onDenied: (message) => denials.push(message) });
  await expect(dynamoDb(aws).send(new ListTablesCommand())).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
  const drawn = secretsManager(aws).send(new GetRandomPasswordCommand());
  await expect(drawn).rejects.toMatchObject({ name: 'UnknownOperationException' });
  const response = await fetch(aws.url, { method: 'POST', headers: { 'x-amz-target': 'Kinesis_20131202.PutRecord' } });
  expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
  expect(denials).toEqual([
    expect.stringContaining('ListTables'),
    expect.stringContaining('GetRandomPassword'),
    expect.stringContaining('Kinesis_20131202'),
  ]);
});

test('each permitted call is reported with its details and the permissions that it needed, even if it failed', async () => {
  const calls: AwsCall[] = [];
  const aws = await anAws({ onCall: (call) => calls.push(call) });
  await aws.createTable(eventsTable);
  await aws.ensureSecret({ Name: 'a/b' });
  const ingest = dynamoDb(aws, mayCall(aws, 'dynamodb:PutItem', eventsArn));
  await ingest.send(putEvent());
  await expect(ingest.send(putEvent())).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  await expect(ingest.send(getEvent())).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await dynamoDb(aws).send(getEvent());
  await dynamoDb(aws).send(queryEvents());
  await expect(secretsManager(aws).send(new GetSecretValueCommand({ SecretId: 'a/b' }))).rejects.toThrow('AWSCURRENT');

  const common = { service: 'dynamodb', table: 'events' };
  const put = { ...common, operation: 'PutItem', principal: 'ingest', consistentRead: false, conditional: true };
  const read = { ...common, principal: 'administrator', conditional: false, status: 200 };
  const needs = (action: string, resource: unknown) => [expect.objectContaining({ action, resource })];
  const putting = needs('dynamodb:PutItem', eventsArn);
  const getting = needs('dynamodb:GetItem', eventsArn);
  const querying = needs('dynamodb:Query', `${eventsArn}/index/byTime`);
  const secret = { service: 'secretsmanager', operation: 'GetSecretValue', principal: 'administrator', status: 400 };
  expect(calls).toEqual([
    { ...put, permissions: putting, status: 200 },
    { ...put, permissions: putting, status: 400 },
    { ...read, operation: 'GetItem', permissions: getting, consistentRead: true },
    { ...read, operation: 'Query', permissions: querying, index: 'byTime', consistentRead: false },
    { ...secret, permissions: needs('secretsmanager:GetSecretValue', expect.stringContaining(':secret:a/b-')) },
  ]);
});

describe('an injected fault', () => {
  const update = () =>
    new UpdateItemCommand({
      TableName: 'events',
      Key: { id: { S: '1' } },
      UpdateExpression: 'ADD replays :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
  const replays = async (aws: LocalAws) => (await dynamoDb(aws).send(getEvent())).Item?.['replays']?.N;

  test.each<[InjectedFault, object, number, string | undefined]>([
    ['error-before', { name: 'InternalServerError' }, 500, undefined],
    ['error-after', { name: 'InternalServerError' }, 500, '1'],
    ['throttle', { name: 'ProvisionedThroughputExceededException' }, 400, undefined],
    ['lost-answer', { message: expect.stringContaining('socket hang up') }, 200, '1'],
  ])('%s makes the call fail', async (fault, error, status, after) => {
    const faults = [fault];
    const asked: PermittedCall[] = [];
    const calls: AwsCall[] = [];
    const aws = await anAws({
      fault: (call) => {
        asked.push(call);
        return faults.shift();
      },
      onCall: (call) => calls.push(call),
    });
    await aws.createTable(eventsTable);
    await expect(dynamoDb(aws).send(update())).rejects.toMatchObject(error);
    const call = { service: 'dynamodb', operation: 'UpdateItem', principal: 'administrator', table: 'events' };
    expect(asked).toEqual([expect.objectContaining(call)]);
    expect(calls).toEqual([expect.objectContaining({ ...call, status })]);
    await expect(replays(aws)).resolves.toBe(after);
  });

  test('has the error name of the service', async () => {
    const faults: InjectedFault[] = ['error-before', 'throttle'];
    const aws = await anAws({ fault: () => faults.shift() });
    const { arn } = await aws.ensureSecret({ Name: 'a/b', SecretString: 'hidden' });
    const get = () => secretsManager(aws).send(new GetSecretValueCommand({ SecretId: arn }));
    await expect(get()).rejects.toMatchObject({ name: 'InternalServiceError', $metadata: { httpStatusCode: 500 } });
    await expect(get()).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
    await expect(get()).resolves.toMatchObject({ SecretString: 'hidden' });
  });

  test('does not apply to a call that is denied', async () => {
    const aws = await anAws({ fault: () => 'error-before' });
    await aws.createTable(eventsTable);
    const client = dynamoDb(aws, mayCall(aws, 'dynamodb:PutItem', eventsArn));
    await expect(client.send(getEvent())).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

test('the regular work of the services ends with them', async () => {
  jest.useFakeTimers({ doNotFake: ['Date', 'setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
  try {
    const aws = await anAws();
    await aws.createTable({ ...eventsTable, StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } });
    // The expiry of objects and of messages, and the sweep of the stream.
    expect(jest.getTimerCount()).toBe(3);
    await aws.close();
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

test('the server listens only on the loopback interface', async () => {
  const aws = await anAws();
  expect(aws.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('a body that is larger than any service accepts is refused', async () => {
  const aws = await anAws();
  const headers = { 'x-amz-target': 'secretsmanager.GetSecretValue' };
  const response = await fetch(aws.url, { method: 'POST', headers, body: Buffer.alloc(16 * 1024 * 1024 + 1) });
  expect(response.status).toBe(413);
});

test('a client that disconnects in the middle of a request does not stop the server', async () => {
  const aws = await anAws();
  await aws.createTable(eventsTable);
  const socket = connect(Number(new URL(aws.url).port), '127.0.0.1');
  await new Promise((resolve) =>
    socket.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{"half', resolve),
  );
  socket.destroy();
  await dynamoDb(aws).send(putEvent());
  await expect(dynamoDb(aws).send(getEvent())).resolves.toMatchObject({ Item: anEvent('1') });
});
