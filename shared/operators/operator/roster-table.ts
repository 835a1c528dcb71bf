/** The roster's item in the State table, under the key `operators`. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { putVersion, readItem, type WriteResult } from '../aws/versioned-item.ts';
import { emptyRoster, type Roster, rosterSchema } from './roster.ts';

/** The partition key of the roster's item. */
export const rosterKey = 'operators';

export interface RosterTable {
  /** A strongly consistent read, because a request must see every earlier change. */
  readRoster(): Promise<Roster>;
  /** Replaces the previous version. */
  replaceRoster(roster: Roster, requestId: string): Promise<WriteResult>;
}

export const rosterTable = (client: DynamoDBClient, table: string): RosterTable => ({
  async readRoster() {
    const record = (await readItem(client, table, rosterKey))?.['record']?.S;
    return record === undefined ? emptyRoster : rosterSchema.parse(JSON.parse(record));
  },

  replaceRoster: (roster, requestId) =>
    putVersion(client, table, {
      pk: { S: rosterKey },
      version: { N: String(roster.version) },
      requestId: { S: requestId },
      record: { S: JSON.stringify(roster) },
    }),
});
