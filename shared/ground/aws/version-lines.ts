/**
 * Lines of a history in the Journal table, one for each version of a record. They are kept forever.
 *
 * | pk                 | sk                    | line             |
 * |--------------------|-----------------------|------------------|
 * | of the history     | `<version, 9 digits>` | the line as JSON |
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod/mini';
import { putOnce } from './conditional-write.ts';
import { readSpan, textIn } from './journal-span.ts';
import type { KeyedLine } from './merged-history.ts';

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
  /** The newest first, from a sort key on. */
  read(pk: string, greatest: string, items: number): Promise<KeyedLine<Line>[]>;
  /**
   * Newest first.
   * @param before the page has only versions below this one
   */
  list(pk: string, page: { limit: number; before: number | undefined }): Promise<LinePage<Line>>;
}

export function versionLines<Line extends { version: number }>(
  client: DynamoDBClient,
  table: string,
  schema: z.ZodMiniType<Line>,
): VersionLines<Line> {
  async function read(pk: string, greatest: string, items: number): Promise<KeyedLine<Line>[]> {
    const span = { pk, least: sortKeyOf(0), greatest, order: 'desc' } as const;
    const found = await readSpan(client, table, span, { items });
    return found.items.map((item) => ({
      key: textIn(item, 'sk'),
      line: schema.parse(JSON.parse(textIn(item, 'line'))),
    }));
  }

  return {
    append: (pk, line) =>
      putOnce(client, table, {
        pk: { S: pk },
        sk: { S: sortKeyOf(line.version) },
        line: { S: JSON.stringify(line) },
      }),

    read,

    async list(pk, { limit, before = 10 ** versionDigits }) {
      const found = await read(pk, sortKeyOf(before - 1), limit + 1);
      const lines = found.slice(0, limit).map(({ line }) => line);
      return { lines, next: found.length > limit ? lines.at(-1)?.version : undefined };
    },
  };
}
