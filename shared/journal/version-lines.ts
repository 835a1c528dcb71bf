/**
 * Lines of a history in the Journal table, one for each version of a record. They are kept forever.
 *
 * | pk                 | sk                    | line             |
 * |--------------------|-----------------------|------------------|
 * | of the history     | `<version, 9 digits>` | the line as JSON |
 */
import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod/mini';
import { readSpan, textIn } from '../aws/journal-span.ts';

const versionDigits = 9;
const sortKeyOf = (version: number): string => String(version).padStart(versionDigits, '0');

/** A page of lines. */
export interface LinePage<Line> {
  lines: Line[];
  /** The `before` of the next page; undefined on the last one. */
  next: number | undefined;
}

export interface VersionLines<Line> {
  /** Adds a line. If the line is there already, nothing changes. */
  append(pk: string, line: Line): Promise<void>;
  /**
   * Newest first.
   * @param before the page has only versions below this one
   */
  list(pk: string, page: { limit: number; before: number | undefined }): Promise<LinePage<Line>>;
}

export const versionLines = <Line extends { version: number }>(
  client: DynamoDBClient,
  table: string,
  schema: z.ZodMiniType<Line>,
): VersionLines<Line> => ({
  async append(pk, line) {
    const Item = { pk: { S: pk }, sk: { S: sortKeyOf(line.version) }, line: { S: JSON.stringify(line) } };
    try {
      await client.send(
        new PutItemCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },

  async list(pk, { limit, before = 10 ** versionDigits }) {
    const span = { pk, least: sortKeyOf(0), greatest: sortKeyOf(before - 1), order: 'desc' } as const;
    const { items } = await readSpan(client, table, span, { items: limit + 1 });
    const lines = items.slice(0, limit).map((item) => schema.parse(JSON.parse(textIn(item, 'line'))));
    return { lines, next: items.length > limit ? lines.at(-1)?.version : undefined };
  },
});
