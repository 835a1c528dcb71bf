/**
 * The State table: connections and operators. Only operators' functions write to it.
 *
 * | pk                  | kind       | name   | version | requestId | record             |
 * |---------------------|------------|--------|---------|-----------|--------------------|
 * | `connection#<name>` | connection | <name> | n       | of writer | the record as JSON |
 * | `operators`         | –          | –      | n       | of writer | the roster as JSON |
 *
 * Index `list` (kind, name) lists connections. Every write is one conditional call on `version`. Each put also stores
 * its request id, because the SDK repeats a write whose answer was lost. If the condition of a repeated put fails, and
 * the record has the same request id, the first attempt succeeded.
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { type Connection, connectionSchema } from './connection.ts';
import { type Roster, rosterSchema } from './operator.ts';

export const stateIndex = 'list';

/** The result of a write. `lost` means that another write came first. */
export type WriteResult = 'written' | 'lost';

/** The reads of the State table. Separate, so that the authorizer's bundles contain no code that writes. */
export interface StateReader {
  /** A strongly consistent read, because a request must see every earlier change. */
  readConnection(name: string): Promise<Connection | undefined>;
  readRoster(): Promise<Roster>;
}

/** The operations on the State table. */
export interface StateTable extends Pick<StateReader, 'readConnection'> {
  /** `lost` if a connection of this name exists. */
  openConnection(connection: Connection, requestId: string): Promise<WriteResult>;
  /** Replaces the previous version. */
  replaceConnection(connection: Connection, requestId: string): Promise<WriteResult>;
  /** Removes exactly this version. */
  removeConnection(connection: Connection): Promise<WriteResult>;
  /** Lists connections by name, starting after `after`. Eventually consistent. */
  listConnections(limit: number, after?: string): Promise<{ connections: Connection[]; next: string | undefined }>;
}

const connectionKey = (name: string) => ({ pk: { S: `connection#${name}` } });

const parseConnection = (item: Record<string, AttributeValue> | undefined): Connection | undefined =>
  item?.['record']?.S === undefined ? undefined : connectionSchema.parse(JSON.parse(item['record'].S));

const connectionItem = (connection: Connection, requestId: string) => ({
  ...connectionKey(connection.name),
  kind: { S: 'connection' },
  name: { S: connection.name },
  version: { N: String(connection.version) },
  requestId: { S: requestId },
  record: { S: JSON.stringify(connection) },
});

const readItem = async (client: DynamoDBClient, table: string, pk: string) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: pk } }, ConsistentRead: true }))).Item;

export const stateReader = (client: DynamoDBClient, table: string): StateReader => ({
  readConnection: async (name) => parseConnection(await readItem(client, table, `connection#${name}`)),

  readRoster: async () => {
    const record = (await readItem(client, table, 'operators'))?.['record']?.S;
    return record === undefined ? { version: 0, operators: [] } : rosterSchema.parse(JSON.parse(record));
  },
});

export function stateTable(client: DynamoDBClient, table: string): StateTable {
  /** Whether an earlier attempt of this request already wrote the current record. Its answer was lost. */
  async function isOwn(connection: Connection, requestId: string): Promise<boolean> {
    const item = await readItem(client, table, `connection#${connection.name}`);
    return item?.['requestId']?.S === requestId && item['version']?.N === String(connection.version);
  }

  async function put(connection: Connection, requestId: string, condition: object): Promise<WriteResult> {
    try {
      await client.send(
        new PutItemCommand({ TableName: table, Item: connectionItem(connection, requestId), ...condition }),
      );
      return 'written';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return (await isOwn(connection, requestId)) ? 'written' : 'lost';
    }
  }

  return {
    readConnection: stateReader(client, table).readConnection,

    openConnection: (connection, requestId) =>
      put(connection, requestId, { ConditionExpression: 'attribute_not_exists(pk)' }),

    replaceConnection: (connection, requestId) =>
      put(connection, requestId, {
        ConditionExpression: '#version = :before',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':before': { N: String(connection.version - 1) } },
      }),

    async removeConnection({ name, version }) {
      try {
        await client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: connectionKey(name),
            // An absent record counts as success: an earlier attempt removed it, and its answer was lost.
            ConditionExpression: 'attribute_not_exists(pk) OR #version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': { N: String(version) } },
          }),
        );
        return 'written';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'lost';
        throw error;
      }
    },

    async listConnections(limit, after) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: stateIndex,
          KeyConditionExpression: after === undefined ? 'kind = :kind' : 'kind = :kind AND #name > :after',
          ...(after === undefined ? {} : { ExpressionAttributeNames: { '#name': 'name' } }),
          ExpressionAttributeValues: {
            ':kind': { S: 'connection' },
            ...(after === undefined ? {} : { ':after': { S: after } }),
          },
          Limit: limit,
        }),
      );
      const connections = Items.flatMap((item) => parseConnection(item) ?? []);
      return { connections, next: LastEvaluatedKey ? connections.at(-1)?.name : undefined };
    },
  };
}
