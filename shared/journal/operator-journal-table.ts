/**
 * The history and the last use of operators in the Journal table.
 *
 * | pk              | sk                    |                                                       |
 * |-----------------|-----------------------|-------------------------------------------------------|
 * | `operators`     | `<version, 9 digits>` | line: the line as JSON. Kept forever.                 |
 * | `operator_uses` | `<operator id>`       | at: time of the last request, it only ever moves forward; expiresAt: a year later |
 */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { sharedJournalKey } from '../aws/journal-key.ts';
import { readSpan, textIn } from '../aws/journal-span.ts';
import { secondsPerDay } from '../base/time.ts';
import { type OperatorHistoryLine, operatorHistoryLineSchema } from './operator-history.ts';

const versionDigits = 9;
const sortKeyOf = (version: number): string => String(version).padStart(versionDigits, '0');

/** How long a last use is kept, in seconds: a year. */
const useSeconds = 366 * secondsPerDay;
const expiryOf = (at: string): string => String(Math.floor(Date.parse(at) / 1000) + useSeconds);

async function unlessThere(sending: Promise<unknown>): Promise<void> {
  try {
    await sending;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

export interface OperatorHistoryTable {
  /** Adds a line. If the line is there already, nothing changes. */
  append(line: OperatorHistoryLine): Promise<void>;
  /**
   * Newest first.
   * @param before the page has only versions below this one
   */
  list(page: {
    limit: number;
    before: number | undefined;
  }): Promise<{ lines: OperatorHistoryLine[]; next: number | undefined }>;
}

export const operatorHistoryTable = (client: DynamoDBClient, table: string): OperatorHistoryTable => ({
  append: (line) =>
    unlessThere(
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            pk: { S: sharedJournalKey('operators') },
            sk: { S: sortKeyOf(line.version) },
            line: { S: JSON.stringify(line) },
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    ),

  async list({ limit, before = 10 ** versionDigits }) {
    const pk = sharedJournalKey('operators');
    const span = { pk, least: sortKeyOf(0), greatest: sortKeyOf(before - 1), order: 'desc' } as const;
    const { items } = await readSpan(client, table, span, { items: limit + 1 });
    const lines = items
      .slice(0, limit)
      .map((item) => operatorHistoryLineSchema.parse(JSON.parse(textIn(item, 'line'))));
    return { lines, next: items.length > limit ? lines.at(-1)?.version : undefined };
  },
});

export interface OperatorUseTable {
  /**
   * Notes a request. If a later one is noted already, nothing changes.
   * @param signal ends the attempt
   */
  note(operatorId: string, at: string, signal: AbortSignal): Promise<void>;
  /** The last request of each operator in the past year, by the operator's id. */
  lastUses(): Promise<ReadonlyMap<string, string>>;
}

export const operatorUseTable = (client: DynamoDBClient, table: string): OperatorUseTable => ({
  note: (operatorId, at, signal) =>
    unlessThere(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: sharedJournalKey('operator_uses') }, sk: { S: operatorId } },
          UpdateExpression: 'SET #at = :at, expiresAt = :expiresAt',
          ConditionExpression: 'attribute_not_exists(#at) OR #at < :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': { S: at }, ':expiresAt': { N: expiryOf(at) } },
        }),
        { abortSignal: signal },
      ),
    ),

  async lastUses() {
    const span = { pk: sharedJournalKey('operator_uses'), least: ' ', greatest: '~', order: 'asc' } as const;
    const { items } = await readSpan(client, table, span, {});
    return new Map(items.map((item) => [textIn(item, 'sk'), textIn(item, 'at')]));
  },
});
