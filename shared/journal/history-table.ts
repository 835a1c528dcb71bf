/**
 * History in the Journal table. Only the function that follows the State table's stream writes it. It is kept forever.
 *
 * | pk                        | sk                    | version, verb, step, by, at, from, to, hold, heldSince, requestId |
 * |---------------------------|-----------------------|-------------------------------------------------------------------|
 * | `history#<connection id>` | `<version, 9 digits>` | of the line                                                       |
 */

import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { journalKey } from '../aws/journal-key.ts';
import { type JournalItem, readSpan } from '../aws/journal-span.ts';
import { type HistoryLine, historyLineSchema } from './history.ts';

export interface HistoryTable {
  /** Adds a line. If the line is there already, nothing changes. */
  append(connectionId: string, line: HistoryLine): Promise<void>;
  /**
   * Newest first.
   * @param before the page has only versions below this one
   */
  list(
    connectionId: string,
    page: { limit: number; before: number | undefined },
  ): Promise<{ lines: HistoryLine[]; next: number | undefined }>;
}

const versionDigits = 9;

const sortKeyOf = (version: number): string => String(version).padStart(versionDigits, '0');

function lineItemOf(connectionId: string, line: HistoryLine): JournalItem {
  const { version, ...texts } = line;
  const attributes = Object.entries(texts).map(([name, value]) => [name, { S: value }]);
  return {
    pk: { S: journalKey('history', connectionId) },
    sk: { S: sortKeyOf(version) },
    version: { N: String(version) },
    ...Object.fromEntries(attributes),
  };
}

function lineIn(item: JournalItem): HistoryLine {
  const plain = Object.entries(item).map(([name, { S, N }]) => [name, N === undefined ? S : Number(N)]);
  return historyLineSchema.parse(Object.fromEntries(plain));
}

export const historyTable = (client: DynamoDBClient, table: string): HistoryTable => ({
  async append(connectionId, line) {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: lineItemOf(connectionId, line),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },

  async list(connectionId, { limit, before = 10 ** versionDigits }) {
    const span = {
      pk: journalKey('history', connectionId),
      least: sortKeyOf(0),
      greatest: sortKeyOf(before - 1),
      order: 'desc',
    } as const;
    const { items } = await readSpan(client, table, span, { items: limit + 1 });
    const lines = items.slice(0, limit).map(lineIn);
    return { lines, next: items.length > limit ? lines.at(-1)?.version : undefined };
  },
});
