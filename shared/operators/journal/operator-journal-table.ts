/**
 * The history and the last use of operators in the Journal table.
 *
 * | pk              | sk                    |                                                       |
 * |-----------------|-----------------------|-------------------------------------------------------|
 * | `operators`     | `<version, 9 digits>` | see `version-lines.ts`                                |
 * | `operator_uses` | `<operator id>`       | at: time of the last request, it only ever moves forward; expiresAt: a year later |
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { setIfLater } from '../../ground/aws/conditional-write.ts';
import { sharedJournalKey } from '../../ground/aws/journal-key.ts';
import { readSpan, textIn } from '../../ground/aws/journal-span.ts';
import { type LinePage, versionLines } from '../../ground/aws/version-lines.ts';
import { secondsPerDay } from '../../ground/base/time.ts';
import { type OperatorHistoryLine, operatorHistoryLineSchema } from './operator-history.ts';

/** How long a last use is kept, in seconds: a year. */
const useSeconds = 366 * secondsPerDay;
const expiryOf = (at: string): string => String(Math.floor(Date.parse(at) / 1000) + useSeconds);

export interface OperatorHistoryTable {
  /** Adds a line. If the line is there already, nothing changes. */
  append(line: OperatorHistoryLine): Promise<void>;
  /**
   * Newest first.
   * @param before the page has only versions below this one
   */
  list(page: { limit: number; before: number | undefined }): Promise<LinePage<OperatorHistoryLine>>;
}

export function operatorHistoryTable(client: DynamoDBClient, table: string): OperatorHistoryTable {
  const pk = sharedJournalKey('operators');
  const lines = versionLines(client, table, operatorHistoryLineSchema);
  return { append: (line) => lines.append(pk, line), list: (page) => lines.list(pk, page) };
}

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
  note(operatorId, at, signal) {
    const Key = { pk: { S: sharedJournalKey('operator_uses') }, sk: { S: operatorId } };
    return setIfLater(client, table, Key, { at: { S: at }, expiresAt: { N: expiryOf(at) } }, signal);
  },

  async lastUses() {
    const span = { pk: sharedJournalKey('operator_uses'), least: ' ', greatest: '~', order: 'asc' } as const;
    const { items } = await readSpan(client, table, span, {});
    return new Map(items.map((item) => [textIn(item, 'sk'), textIn(item, 'at')]));
  },
});
