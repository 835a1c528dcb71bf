/**
 * The times when the events of self-tests reached the bus, in the Journal table.
 *
 * | pk                        | sk            | at             | expiresAt     |
 * |---------------------------|---------------|----------------|---------------|
 * | `test#<connection's id>`  | `<event's id>` | when it reached the bus | epoch seconds |
 *
 * The relay writes such an item only for self-tests. Any other publication leaves a trace only on the bus.
 */

import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { attributeUpdate } from '../../ground/aws/attribute-update.ts';
import { journalKey } from '../../ground/aws/journal-key.ts';
import { secondsPerDay } from '../../ground/base/time.ts';

/** The time for which the time of a publication is stored, in seconds: one day. */
const publicationSeconds = secondsPerDay;

export interface SelfTestTable {
  /** Notes that an event reached the bus. */
  notePublished(event: { connectionId: string; id: string }, at: Date): Promise<void>;
  /** When an event reached the bus. Undefined if the event has not reached the bus yet. */
  publishedAt(connectionId: string, eventId: string): Promise<string | undefined>;
}

export function selfTestTable(client: DynamoDBClient, table: string): SelfTestTable {
  const keyOf = (connectionId: string, id: string) => ({ pk: { S: journalKey('test', connectionId) }, sk: { S: id } });
  return {
    async notePublished({ connectionId, id }, at) {
      const update = attributeUpdate(keyOf(connectionId, id), {
        at: { S: at.toISOString() },
        expiresAt: { N: String(Math.floor(at.getTime() / 1000) + publicationSeconds) },
      });
      await client.send(new UpdateItemCommand({ TableName: table, ...update }));
    },

    async publishedAt(connectionId, eventId) {
      const Key = keyOf(connectionId, eventId);
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item?.['at']?.S;
    },
  };
}
