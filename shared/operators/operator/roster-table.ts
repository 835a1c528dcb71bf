/** The roster's item in the State table, under the key `operators`. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WriteResult } from '../../ground/aws/conditional-write.ts';
import { putRecord, readRecord } from '../../ground/aws/versioned-item.ts';
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
  readRoster: async () => (await readRecord(client, table, rosterKey, rosterSchema)) ?? emptyRoster,

  replaceRoster: (roster, requestId) =>
    putRecord(client, table, rosterKey, { version: roster.version, requestId, record: roster }),
});
