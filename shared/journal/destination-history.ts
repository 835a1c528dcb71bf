/** The history of destinations in the Journal table, under `destination_history#<destination's id>`. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { journalKey } from '../aws/journal-key.ts';
import { type DestinationLine, destinationLineSchema } from '../destination/destination-change.ts';
import { type LinePage, versionLines } from './version-lines.ts';

export interface DestinationHistory {
  /** Adds a line. If the line is there already, nothing changes. */
  append(destinationId: string, line: DestinationLine): Promise<void>;
  /**
   * Newest first.
   * @param before the page has only versions below this one
   */
  list(destinationId: string, page: { limit: number; before: number | undefined }): Promise<LinePage<DestinationLine>>;
}

export function destinationHistory(client: DynamoDBClient, table: string): DestinationHistory {
  const lines = versionLines(client, table, destinationLineSchema);
  const keyOf = (destinationId: string) => journalKey('destination_history', destinationId);
  return {
    append: (destinationId, line) => lines.append(keyOf(destinationId), line),
    list: (destinationId, page) => lines.list(keyOf(destinationId), page),
  };
}
