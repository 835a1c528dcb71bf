import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { Level } from 'level';
import type { LocalAws } from '../../../local/aws/local-aws.ts';
import { startDynamoDb } from '../../../local/dynamodb/dynamodb-service.ts';
import { filled } from '../../support/filled.ts';
import { aDataFolder, anAws, dynamoDb } from '../aws/given-aws.ts';
import { anEvent, eventsArn, eventsTable } from './events-by-id-table.ts';

const TableName = 'events';
const run = promisify(execFile);

const put = (aws: LocalAws, ...event: Parameters<typeof anEvent>) =>
  dynamoDb(aws).send(new PutItemCommand({ TableName, Item: anEvent(...event) }));
const get = async (aws: LocalAws, id: string) =>
  (await dynamoDb(aws).send(new GetItemCommand({ TableName, Key: { id: { S: id } }, ConsistentRead: true }))).Item;

/** The rows of the index, oldest first, as `id@time type`. */
async function listed(aws: LocalAws): Promise<string[]> {
  const query = new QueryCommand({
    TableName,
    IndexName: 'byTime',
    KeyConditionExpression: '#connection = :connection',
    ExpressionAttributeNames: { '#connection': 'connection' },
    ExpressionAttributeValues: { ':connection': { S: 'github' } },
  });
  const { Items = [] } = await dynamoDb(aws).send(query);
  return Items.map(({ id, time, type }) => `${id?.S}@${time?.N} ${type?.S}`);
}

/** The ids of the items that have a record in the stream. */
async function streamed(aws: LocalAws): Promise<string[]> {
  await aws.createTable(eventsTable);
  const stream = aws.stream(`${eventsArn}/stream/2026-01-01T00:00:00.000`);
  if (!stream) throw new Error('the table has no stream');
  const ids: string[] = [];
  for await (const { record } of stream.read('', stream.newest)) ids.push(String(record.dynamodb.Keys['id']?.['S']));
  return ids;
}

/** Opens the store directly, to put it into the state that a crash leaves. */
async function inTheStore(dataDir: string, act: (level: Level<string, unknown>) => Promise<void>): Promise<void> {
  const level = new Level<string, unknown>(join(dataDir, 'dynamodb'), { valueEncoding: 'json' });
  await act(level);
  await level.close();
}

async function entry(level: Level<string, unknown>, prefix: string): Promise<[string, unknown]> {
  const [first] = await level.iterator({ gte: prefix, lt: `${prefix}\x7f` }).all();
  if (!first) throw new Error(`the store has no key that begins with ${prefix}`);
  return first;
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a table', () => {
  test('supports every operation that the functions use', async () => {
    const aws = await anAws();
    expect(await aws.createTable(eventsTable)).toEqual({ name: 'events', arn: eventsArn });
    const client = dynamoDb(aws);
    const Key = { id: { S: '1' } };
    await client.send(
      new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: anEvent('1') } }] } }),
    );
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET #type = :type',
        ExpressionAttributeNames: { '#type': 'type' },
        ExpressionAttributeValues: { ':type': { S: 'issues' } },
      }),
    );
    const batch = await client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key] } } }));
    expect(batch.Responses?.[TableName]).toEqual([anEvent('1', 1, 'issues')]);
    expect((await client.send(new ScanCommand({ TableName }))).Items).toEqual([anEvent('1', 1, 'issues')]);
    expect(await listed(aws)).toEqual(['1@1 issues']);
    await client.send(new DeleteItemCommand({ TableName, Key }));
    expect(await listed(aws)).toEqual([]);
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({ TableStatus: 'ACTIVE', TableArn: eventsArn });
  });

  test("answers with DynamoDB's errors if it does not exist or the input is invalid", async () => {
    const aws = await anAws();
    await expect(get(aws, '1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const empty = new GetItemCommand({ TableName: 'x', Key: {} });
    await expect(dynamoDb(aws).send(empty)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('keeps its items after a restart', async () => {
    const dataDir = aDataFolder();
    const first = await anAws({ dataDir });
    await first.createTable(eventsTable);
    await put(first, '1');
    await first.close();
    const second = await anAws({ dataDir });
    expect(await second.createTable({ ...eventsTable, DeletionProtectionEnabled: true })).toEqual({
      name: 'events',
      arn: eventsArn,
    });
    expect(await get(second, '1')).toEqual(anEvent('1'));
    expect(second.repairedIndexRows).toBe(0);
  });

  test('can be warmed, with its index, which has no effect on a laptop', async () => {
    const aws = await anAws();
    const WarmThroughput = { WriteUnitsPerSecond: 15_000 };
    const GlobalSecondaryIndexes = eventsTable.GlobalSecondaryIndexes.map((index) => ({ ...index, WarmThroughput }));
    await aws.createTable({ ...eventsTable, WarmThroughput, GlobalSecondaryIndexes });
    await put(aws, '1');
    expect(await get(aws, '1')).toEqual(anEvent('1'));
  });

  test('is not replaced if a part of its schema has changed; the error names the data folder', async () => {
    const dataDir = aDataFolder();
    const aws = await anAws({ dataDir });
    await aws.createTable(eventsTable);
    const [id, connection, time] = eventsTable.AttributeDefinitions;
    const [byTime] = eventsTable.GlobalSecondaryIndexes;
    const ofIndex = (changed: object) => ({ GlobalSecondaryIndexes: [{ ...byTime, ...changed }] });
    const changes = [
      { AttributeDefinitions: [id], GlobalSecondaryIndexes: undefined },
      { AttributeDefinitions: [id, connection, { AttributeName: 'time', AttributeType: 'S' }] },
      { KeySchema: [{ AttributeName: 'connection', KeyType: 'HASH' }] },
      { KeySchema: [...eventsTable.KeySchema, { AttributeName: 'time', KeyType: 'RANGE' }] },
      { GlobalSecondaryIndexes: [byTime, { ...byTime, IndexName: 'byTimeToo' }] },
      ofIndex({ IndexName: 'byMinute' }),
      ofIndex({ KeySchema: byTime?.KeySchema.slice(0, 1) }),
      ofIndex({ Projection: { ProjectionType: 'ALL' } }),
      ofIndex({ Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['type', 'size'] } }),
    ];
    for (const change of changes)
      await expect(aws.createTable({ ...eventsTable, ...change })).rejects.toThrow(join(dataDir, 'dynamodb'));
    const inOtherOrder = {
      AttributeDefinitions: [time, connection, id],
      ...ofIndex({ KeySchema: byTime?.KeySchema.toReversed() }),
    };
    await expect(aws.createTable({ ...eventsTable, ...inOtherOrder })).resolves.toMatchObject({ name: 'events' });
  });

  test.each([
    ['an unknown property', { ImportSourceSpecification: {} }, 'ImportSourceSpecification of table events'],
    ['another billing mode', { BillingMode: 'PROVISIONED' }, 'PAY_PER_REQUEST'],
    ['no name', { TableName: undefined }, 'no TableName'],
    [
      'an unknown property of an index',
      { GlobalSecondaryIndexes: [{ ...eventsTable.GlobalSecondaryIndexes[0], ContributorInsightsSpecification: {} }] },
      'ContributorInsightsSpecification of an index of table events',
    ],
  ])('with %s is refused', async (_, properties, message) => {
    const aws = await anAws();
    await expect(aws.createTable({ ...eventsTable, ...properties })).rejects.toThrow(message);
  });
});

describe('a crash between writing an index row and writing its item', () => {
  test('leaves neither of them if the item is new', async () => {
    const dataDir = aDataFolder();
    const first = await anAws({ dataDir });
    await first.createTable(eventsTable);
    await put(first, '1', 1);
    await first.close();
    await killedWhilePutting(dataDir, '2', 2);
    const second = await anAws({ dataDir });
    expect(second.repairedIndexRows).toBe(1);
    expect(await listed(second)).toEqual(['1@1 push']);
    expect(await get(second, '2')).toBeUndefined();
    expect(await streamed(second)).toEqual(['1']);
  });

  test('leaves the old item and its old row if the item moves in the index', async () => {
    const dataDir = aDataFolder();
    const first = await anAws({ dataDir });
    await first.createTable(eventsTable);
    await put(first, '1', 1);
    await first.close();
    await killedWhilePutting(dataDir, '1', 7);
    const second = await anAws({ dataDir });
    // The row with the new time is removed, and the row with the old time is restored.
    expect(second.repairedIndexRows).toBe(2);
    expect(await listed(second)).toEqual(['1@1 push']);
    expect(await get(second, '1')).toEqual(anEvent('1', 1));
    await second.close();
    expect((await anAws({ dataDir })).repairedIndexRows).toBe(0);
  });

  async function killedWhilePutting(dataDir: string, id: string, time: number): Promise<void> {
    const script = join(import.meta.dirname, 'crash-between-writes.ts');
    await expect(run(process.execPath, [script, dataDir, id, String(time)])).rejects.toMatchObject({
      signal: 'SIGKILL',
    });
  }
});

test('a missing or outdated index row is repaired at the start', async () => {
  const dataDir = aDataFolder();
  const first = await anAws({ dataDir });
  await first.createTable(eventsTable);
  await put(first, '1', 1);
  await put(first, '2', 2);
  await first.close();
  await inTheStore(dataDir, async (level) => {
    const [missing] = await entry(level, 'index-global~events~byTime~');
    await level.del(missing);
    const [older, row] = await entry(level, 'index-global~events~byTime~');
    await level.put(older, { ...(row as object), type: { S: 'old' } });
  });
  const second = await anAws({ dataDir });
  expect(second.repairedIndexRows).toBe(2);
  expect(await listed(second)).toEqual(['1@1 push', '2@2 push']);
});

test('a table whose creation was interrupted by a crash is completed at the start', async () => {
  const dataDir = aDataFolder();
  const first = await anAws({ dataDir });
  await first.createTable(eventsTable);
  await first.close();
  await inTheStore(dataDir, async (level) => {
    const [key, table] = await entry(level, 'table~');
    await level.put(key, { ...(table as object), TableStatus: 'CREATING' });
  });
  const second = await anAws({ dataDir });
  await put(second, '1');
  expect(await listed(second)).toEqual(['1@1 push']);
});

test('every write is on disk before it is acknowledged', async () => {
  const writes = (['_put', '_del', '_batch'] as const).map((name) => jest.spyOn(levelWrites(), name));
  const aws = await anAws();
  await aws.createTable(eventsTable);
  await put(aws, '1', 1);
  await put(aws, '1', 2);
  await dynamoDb(aws).send(new DeleteItemCommand({ TableName, Key: { id: { S: '1' } } }));
  const calls = writes.map(({ mock }) => mock.calls.map((call) => call.at(-1)));
  expect(calls.map((options) => options.length > 0)).toEqual([true, true, true]);
  expect(calls.flat().every((options) => (options as { sync?: boolean }).sync === true)).toBe(true);
});

test("a store that can't write answers 500, and the process keeps running", async () => {
  const dataDir = aDataFolder();
  const aws = await anAws({ dataDir });
  await aws.createTable(eventsTable);
  await put(aws, '1');
  // Without its folder the store fails as on a full disk. It fails when it needs another file, after 4 MB.
  rmSync(join(dataDir, 'dynamodb'), { recursive: true });
  const large = { ...anEvent('2'), body: { B: Buffer.alloc(300_000) } };
  const puts = Array.from({ length: 30 }, () => dynamoDb(aws).send(new PutItemCommand({ TableName, Item: large })));
  const failures = (await Promise.allSettled(puts)).filter(({ status }) => status === 'rejected');
  expect(failures.length).toBeGreaterThan(0);
  for (const { reason } of failures as PromiseRejectedResult[]) {
    expect(reason).toMatchObject({ name: 'InternalServerError', $metadata: { httpStatusCode: 500 } });
    expect(reason.message).toContain(join(dataDir, 'dynamodb'));
  }
  expect(await get(aws, '1')).toEqual(anEvent('1'));
});

describe('a data folder', () => {
  test('that is damaged is refused with its name and with what to do', async () => {
    const dataDir = await aFolderWithEvents();
    damage(dataDir, (file) => file.startsWith('MANIFEST'));
    await expect(anAws({ dataDir })).rejects.toThrow(
      `The data folder ${join(dataDir, 'dynamodb')} can't be read (LEVEL_CORRUPTION): its files are damaged, or not ` +
        "Hooklatch's. Restore it from a backup, or move it away to start with an empty one.",
    );
  });

  test('with damaged items is refused', async () => {
    const dataDir = await aFolderWithEvents();
    await (await anAws({ dataDir })).close();
    damage(dataDir, (file) => file.endsWith('.ldb'));
    await expect(anAws({ dataDir })).rejects.toThrow(`The data folder ${join(dataDir, 'dynamodb')} can't be read`);
  });

  test('whose last writes are damaged is refused once, to report the loss, and then starts', async () => {
    const dataDir = await aFolderWithEvents();
    damage(dataDir, (file) => file.endsWith('.log'));
    await expect(anAws({ dataDir })).rejects.toThrow(/^The last writes in the data folder .* bytes are lost/);
    await anAws({ dataDir });
  });

  test('that another process uses is refused', async () => {
    const dataDir = aDataFolder();
    await anAws({ dataDir });
    await expect(anAws({ dataDir })).rejects.toThrow('is in use by another process');
  });

  async function aFolderWithEvents(): Promise<string> {
    const dataDir = aDataFolder();
    const aws = await anAws({ dataDir });
    await aws.createTable(eventsTable);
    for (let id = 0; id < 20; id++) await put(aws, String(id), id);
    await aws.close();
    return dataDir;
  }

  function damage(dataDir: string, isChosen: (file: string) => boolean): void {
    const folder = join(dataDir, 'dynamodb');
    const chosen = readdirSync(folder).filter(isChosen);
    expect(chosen).not.toHaveLength(0);
    for (const file of chosen.map((name) => join(folder, name))) writeFileSync(file, readFileSync(file).fill(0x5a, 40));
  }
});

function levelWrites(): Record<'_put' | '_del' | '_batch', (...args: unknown[]) => Promise<void>> {
  return Level.prototype as never;
}

test('calls end before the store closes, and a later call fails with 500', async () => {
  const place = { region: 'eu-central-1', accountId: '123456789012', now: () => new Date() };
  const service = await startDynamoDb(join(aDataFolder(), 'dynamodb'), place);
  await service.createTable(eventsTable);
  const query = () =>
    service.prepare('Query', {
      TableName,
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: 'one' } },
    });
  await service.prepare('PutItem', { TableName, Item: anEvent('one') }).run();
  const calls = Array.from({ length: 20 }, () => query().run());
  const late = query();
  await service.close();
  for (const call of filled(calls)) expect(await call).toMatchObject({ Items: [anEvent('one')], Count: 1 });
  await expect(late.run()).rejects.toMatchObject({ status: 500, message: 'The local store is being closed.' });
});
