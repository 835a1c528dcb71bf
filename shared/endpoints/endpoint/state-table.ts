/**
 * The State table: connections, destinations, routes, operators and the deployment's id. Only operators' functions write to it.
 *
 * | pk                   | kind        | name   | version | requestId | record             |
 * |----------------------|-------------|--------|---------|-----------|--------------------|
 * | `connection#<name>`  | connection  | <name> | n       | of writer | the record as JSON |
 * | `destination#<name>` | destination | <name> | n       | of writer | the record as JSON |
 * | `routes#<digest>`    | –           | –      | –       | –         | the list as JSON   |
 * | `route-use#<id>`     | –           | –      | –       | –         | –                  |
 * | `operators`          | –           | –      | n       | of writer | the roster as JSON |
 * | `deployment`         | –           | –      | 1       | the id    | the id as JSON     |
 *
 * Index `list` (kind, name) lists connections and destinations. `shared/aws/versioned-item.ts` writes the items,
 * `deployment-id.ts` the id, `shared/operator/roster-table.ts` the roster, `shared/destination/destination-table.ts` the destinations,
 * `shared/route/route-table.ts` the routes and `shared/route/route-use.ts` which connections route events to a destination.
 */
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  listKind,
  putVersion,
  readItem,
  removeVersion,
  type VersionedItem,
  type WriteResult,
} from '../aws/versioned-item.ts';
import { type Connection, connectionSchema } from './connection.ts';

/** The reads of the State table. Separate, so that the authorizer's bundles contain no code that writes. */
export interface StateReader {
  /** A strongly consistent read, because a request must see every earlier change. */
  readConnection(name: string): Promise<Connection | undefined>;
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

const connectionKey = (name: string): string => `connection#${name}`;

const parseConnection = (item: Record<string, AttributeValue> | undefined): Connection | undefined =>
  item?.['record']?.S === undefined ? undefined : connectionSchema.parse(JSON.parse(item['record'].S));

const connectionItem = (connection: Connection, requestId: string): VersionedItem => ({
  pk: { S: connectionKey(connection.name) },
  kind: { S: 'connection' },
  name: { S: connection.name },
  version: { N: String(connection.version) },
  requestId: { S: requestId },
  record: { S: JSON.stringify(connection) },
});

export const stateReader = (client: DynamoDBClient, table: string): StateReader => ({
  readConnection: async (name) => parseConnection(await readItem(client, table, connectionKey(name))),
});

export function stateTable(client: DynamoDBClient, table: string): StateTable {
  const put = (connection: Connection, requestId: string): Promise<WriteResult> =>
    putVersion(client, table, connectionItem(connection, requestId));

  return {
    readConnection: stateReader(client, table).readConnection,

    openConnection: put,
    replaceConnection: put,

    removeConnection: ({ name, version }) => removeVersion(client, table, connectionKey(name), version),

    async listConnections(limit, after) {
      const { items, hasMore } = await listKind(client, table, 'connection', limit, after);
      const connections = items.flatMap((item) => parseConnection(item) ?? []);
      return { connections, next: hasMore ? connections.at(-1)?.name : undefined };
    },
  };
}
