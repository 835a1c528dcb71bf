/**
 * Reads ranges of the Journal table. The table contains observations; decisions are in the State table. Each kind of item
 * is explained where it is written: `history-table.ts` and `alert-table.ts` in `shared/operators/journal/`, `rejection-table.ts`
 * and `usage-table.ts` in `shared/events/arrival/`, and others.
 */
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';

export type JournalItem = Record<string, AttributeValue>;

/** A text of an item. Empty if the item does not have it. */
export const textIn = (item: JournalItem, name: string): string => item[name]?.S ?? '';

/** A number of an item. 0 if the item does not have it. */
export const numberIn = (item: JournalItem, name: string): number => Number(item[name]?.N ?? 0);

/** A range of sort keys in one partition, both ends included. */
export interface JournalSpan {
  pk: string;
  least: string;
  greatest: string;
  order: 'asc' | 'desc';
  /**
   * Whether to use a strongly consistent read. The result of such a read includes every write that DynamoDB has
   * confirmed.
   */
  consistent?: boolean;
  /** The attributes to read in addition to the sort key. Default: all. */
  only?: readonly string[];
}

/** The most to read: a number of items, or of pages of 1 MB. */
export interface ReadLimit {
  items?: number;
  pages?: number;
}

/**
 * Reads a span page by page.
 * @returns the items found within the limit; `complete` is false if the span may contain more
 */
export async function readSpan(
  client: DynamoDBClient,
  table: string,
  { pk, least, greatest, order, consistent = false, only }: JournalSpan,
  { items: most = Number.POSITIVE_INFINITY, pages = Number.POSITIVE_INFINITY }: ReadLimit,
): Promise<{ items: JournalItem[]; complete: boolean }> {
  if (least > greatest) return { items: [], complete: true };
  const items: JournalItem[] = [];
  let next: JournalItem | undefined;
  for (let page = 0; page < pages && items.length < most; page += 1) {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :least AND :greatest',
        ExpressionAttributeValues: { ':pk': { S: pk }, ':least': { S: least }, ':greatest': { S: greatest } },
        ...(only ? projectionOf(only) : {}),
        ConsistentRead: consistent,
        ScanIndexForward: order === 'asc',
        ...(Number.isFinite(most) ? { Limit: most - items.length } : {}),
        ...(next ? { ExclusiveStartKey: next } : {}),
      }),
    );
    items.push(...Items);
    next = LastEvaluatedKey;
    if (!next) return { items, complete: true };
  }
  return { items, complete: false };
}

/** Uses placeholders, because `count` and `at` are reserved words in DynamoDB. */
const projectionOf = (names: readonly string[]) => ({
  ProjectionExpression: ['sk', ...names.map((_, at) => `#a${at}`)].join(', '),
  ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#a${at}`, name])),
});
