/**
 * The Journal table: what is observed rather than decided. Each kind of item has its own file: `shared/journal/rejection-table.ts`,
 * `shared/journal/history-table.ts`, `shared/journal/usage-table.ts` and `shared/journal/alert-table.ts`. Here is what they read by.
 */
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';

export type JournalItem = Record<string, AttributeValue>;

/** A span of one partition, bounds included. */
export interface JournalSpan {
  pk: string;
  least: string;
  greatest: string;
  order: 'asc' | 'desc';
  /** Whether every write that was answered must be found. */
  consistent?: boolean;
  /** The attributes that are wanted, with the key; all if unsaid. */
  only?: readonly string[];
}

/** How much may be read for a span: items, or pages of 1 MB. */
export interface ReadLimit {
  items?: number;
  pages?: number;
}

/**
 * Reads a span, page after page.
 * @returns what was found within the bound; `complete` says whether the span holds no more
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

/** By other names, because `count` and `at` are words of DynamoDB's own. */
const projectionOf = (names: readonly string[]) => ({
  ProjectionExpression: ['sk', ...names.map((_, at) => `#a${at}`)].join(', '),
  ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#a${at}`, name])),
});
