/** The tables of the synthesized template in memory, without HTTP, and the records of their streams. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { ServiceError } from '../../../local/aws/aws-service.ts';
import type { Template } from '../../../local/cloudformation/template.ts';
import { startDynamoDb } from '../../../local/dynamodb/dynamodb-service.ts';
import { ofType } from '../../infra/given-template.ts';

export const tableNames = ['State', 'Events', 'Journal', 'Deliveries'] as const;
export type TableName = (typeof tableNames)[number];

type Item = Record<string, unknown>;

/** Bytes as JSON has them, in base64, and back. */
const toJson = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toJson(each)]));
};
const fromJson = (value: unknown, name = ''): unknown => {
  if (name === 'B' && typeof value === 'string') return Uint8Array.from(Buffer.from(value, 'base64'));
  if (Array.isArray(value)) return value.map((each) => fromJson(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fromJson(each, key)]));
};

/** Hears of each write of an item that may be in a stream. */
export type Follow = (table: TableName, record: DynamoDBRecord) => Promise<void>;

/** The tables of one world. `items` has what is stored, as text. */
export async function givenTables(template: Template, now: () => Date, follow: Follow) {
  const folder = mkdtempSync(join(tmpdir(), 'two-worlds-'));
  const service = await startDynamoDb(folder, { region: 'eu-central-1', accountId: '123456789012', now });
  const keys = new Map<string, string[]>();
  for (const { id, properties } of ofType(template, 'AWS::DynamoDB::Table')) {
    const TableName = tableNames.find((name) => id.startsWith(name));
    if (!TableName) throw new Error(`the template has another table: ${id}`);
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode } = properties;
    await service.createTable({ TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode });
    keys.set(
      TableName,
      KeySchema.map(({ AttributeName }: { AttributeName: string }) => AttributeName),
    );
  }
  let sequence = 0;

  async function run(operation: string, input: object): Promise<Item> {
    try {
      return (await service.prepare(operation, input).run()) as unknown as Item;
    } catch (error) {
      const { type = 'Error', message, body } = error as ServiceError & { type?: string; body?: Item };
      const name = type.slice(type.indexOf('#') + 1);
      const known = { message, $metadata: {}, ...(fromJson(body) as object) };
      throw name === ConditionalCheckFailedException.name
        ? new ConditionalCheckFailedException(known)
        : Object.assign(new Error(message), { name });
    }
  }

  /** Runs a write, and says what it has changed. */
  async function written(operation: string, input: Item): Promise<Item> {
    const TableName = input['TableName'] as TableName;
    const all = (input['Item'] ?? input['Key']) as Item;
    const key = Object.fromEntries((keys.get(TableName) ?? []).map((name) => [name, all[name]]));
    const read = async () => (await run('GetItem', { TableName, Key: key, ConsistentRead: true }))['Item'];
    const before = await read();
    const answer = await run(operation, input);
    const after = await read();
    const eventName = before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT';
    if (JSON.stringify(before) === JSON.stringify(after)) return answer;
    sequence += 1;
    const times = { SequenceNumber: `${sequence}`, ApproximateCreationDateTime: now().getTime() / 1000 };
    const images = { ...(before ? { OldImage: before } : {}), ...(after ? { NewImage: after } : {}) };
    await follow(TableName, { eventName, dynamodb: { Keys: key, ...times, ...images } } as DynamoDBRecord);
    return answer;
  }

  const client = {
    async send(command: { constructor: { name: string }; input: object }) {
      const operation = command.constructor.name.replace(/Command$/, '');
      const input = toJson(command.input) as Item;
      const isStreamed = ['State', 'Events'].includes(`${input['TableName']}`);
      const isWrite = /^(Put|Update|Delete)Item$/.test(operation);
      return fromJson(await (isStreamed && isWrite ? written(operation, input) : run(operation, input)));
    },
  } as unknown as DynamoDBClient;

  return {
    client,
    items: async (TableName: TableName) => (await run('Scan', { TableName }))['Items'] as Item[],
    put: async (TableName: TableName, Item: Item) => void (await run('PutItem', { TableName, Item })),
    async close(): Promise<void> {
      await service.close();
      rmSync(folder, { recursive: true });
    },
  };
}
export type GivenTables = Awaited<ReturnType<typeof givenTables>>;
