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
 * Index `list` (kind, name) lists connections and destinations. `shared/ground/aws/versioned-item.ts` writes the items,
 * `deployment-id.ts` the id, `shared/operators/operator/roster-table.ts` the roster, `shared/deliveries/destination/destination-table.ts` the destinations,
 * `shared/deliveries/route/route-table.ts` the routes and `shared/deliveries/route/route-use.ts` which connections route events to a destination.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WriteResult } from '../../ground/aws/conditional-write.ts';
import { recordReader, recordTable } from '../../ground/aws/versioned-item.ts';
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

const kind = 'connection';

export const stateReader = (client: DynamoDBClient, table: string): StateReader => ({
  readConnection: recordReader(client, table, kind, connectionSchema),
});

export function stateTable(client: DynamoDBClient, table: string): StateTable {
  const { read, put, remove, list } = recordTable(client, table, kind, connectionSchema);
  return {
    readConnection: read,
    openConnection: put,
    replaceConnection: put,
    removeConnection: remove,
    async listConnections(limit, after) {
      const { records: connections, next } = await list(limit, after);
      return { connections, next };
    },
  };
}
