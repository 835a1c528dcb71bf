/**
 * The Events table.
 *
 * | id          | shard                    | at                 | …                                   | payload |
 * |-------------|--------------------------|--------------------|-------------------------------------|---------|
 * | `evt_…` key | `<connection's id>#<n>`  | `<receivedAt>#<id>`| what a list shows, and what only a read does | bytes |
 *
 * Index `byConnection` (shard, at) lists a connection's events in the order of arrival. Shards spread the writes of one
 * busy connection; a page reads all of them and merges by `at`, which is the cursor too. The number of shards can be
 * raised on a live table, because old shards stay among those that are read.
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { type EventSummary, eventSummarySchema, type StoredEvent, storedEventSchema } from './event.ts';

export const eventIndex = 'byConnection';

/** How many partitions of the index the events of one connection are spread over. */
export const shards = 4;

const numbers = new Set(['size', 'expiresAt']);

type Item = Record<string, AttributeValue>;

const sortKey = (event: { receivedAt: string; id: string }): string => `${event.receivedAt}#${event.id}`;

/** The shard of an event: its id is random, so any character of it spreads well. */
const shardOf = ({ connectionId, id }: StoredEvent): string => `${connectionId}#${id.charCodeAt(4) % shards}`;

function attributeOf(name: string, value: unknown): AttributeValue {
  if (value instanceof Uint8Array) return { B: value };
  if (typeof value === 'boolean') return { BOOL: value };
  return numbers.has(name) ? { N: String(value) } : { S: String(value) };
}

function itemOf(event: StoredEvent): Item {
  const attributes = Object.entries(event).map(([name, value]) => [name, attributeOf(name, value)]);
  return { ...Object.fromEntries(attributes), shard: { S: shardOf(event) }, at: { S: sortKey(event) } };
}

function plainOf(item: Item): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item).map(([name, { S, N, B, BOOL }]) => [name, N === undefined ? (S ?? B ?? BOOL) : Number(N)]),
  );
}

/** A page that is asked for. `after` is the sort key of the last row that was read. */
export interface Page {
  order: 'asc' | 'desc';
  limit: number;
  after: string | undefined;
  /** Inclusive bounds on the time of arrival, in the form of `Date.toISOString`. */
  from: string | undefined;
  to: string | undefined;
}

/** The greatest text of a row's form that is less than this row's: rows have equal lengths, and `~` is above their letters. */
const justBelow = (key: string): string =>
  `${key.slice(0, -1)}${String.fromCharCode(key.charCodeAt(key.length - 1) - 1)}~`;

/** The least and the greatest sort key of a page, both inclusive. */
function boundsOf({ order, after, from, to }: Page): { least: string; greatest: string } {
  return {
    least: order === 'asc' && after !== undefined ? `${after} ` : (from ?? '0'),
    greatest: order === 'desc' && after !== undefined ? justBelow(after) : `${to ?? '9'}~`,
  };
}

/** What an append came to: stored, or there is an event of this id, with the same bytes or with others. */
export type Appended = 'stored' | 'duplicate' | 'conflict';

export interface EventLog {
  /** Returns once an event of this id is stored. One conditional write decides, in any race; only a repeat costs a read. */
  append(event: StoredEvent): Promise<Appended>;
  read(id: string): Promise<StoredEvent | undefined>;
  list(connectionId: string, page: Page): Promise<{ events: EventSummary[]; next: string | undefined }>;
}

export function eventLog(client: DynamoDBClient, table: string): EventLog {
  async function queryShard(shard: string, page: Page): Promise<Item[]> {
    const { least, greatest } = boundsOf(page);
    if (least > greatest) return [];
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: eventIndex,
        KeyConditionExpression: '#shard = :shard AND #at BETWEEN :least AND :greatest',
        ExpressionAttributeNames: { '#shard': 'shard', '#at': 'at' },
        ExpressionAttributeValues: { ':shard': { S: shard }, ':least': { S: least }, ':greatest': { S: greatest } },
        ScanIndexForward: page.order === 'asc',
        Limit: page.limit + 1,
      }),
    );
    return Items;
  }

  /** The SDK repeats a write whose answer was lost: what bears this request's own id was stored by that. */
  async function compareWithFirst({ id, requestId, sha256 }: StoredEvent): Promise<Appended> {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: { id: { S: id } },
        ConsistentRead: true,
        ProjectionExpression: 'requestId, sha256',
      }),
    );
    if (!Item) throw new Error('an event was removed between a write and the read of it');
    if (Item['requestId']?.S === requestId) return 'stored';
    return Item['sha256']?.S === sha256 ? 'duplicate' : 'conflict';
  }

  return {
    async append(event) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: itemOf(event),
            // DynamoDB removes what is expired some days later; a delivery after that time is a new one.
            ConditionExpression: 'attribute_not_exists(id) OR expiresAt <= :now',
            ExpressionAttributeValues: { ':now': { N: String(Math.floor(Date.parse(event.receivedAt) / 1000)) } },
          }),
        );
        return 'stored';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return compareWithFirst(event);
      }
    },

    async read(id) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: { id: { S: id } }, ConsistentRead: true }),
      );
      return Item && storedEventSchema.parse(plainOf(Item));
    },

    async list(connectionId, page) {
      const each = Array.from({ length: shards }, (_, n) => queryShard(`${connectionId}#${n}`, page));
      const sign = page.order === 'asc' ? 1 : -1;
      const merged = (await Promise.all(each))
        .flat()
        .map((item) => ({ at: item['at']?.S ?? '', item }))
        .sort((one, other) => (one.at < other.at ? -sign : sign));
      const shown = merged.slice(0, page.limit);
      return {
        events: shown.map(({ item }) => eventSummarySchema.parse(plainOf(item))),
        next: merged.length > page.limit ? shown.at(-1)?.at : undefined,
      };
    },
  };
}

/** Whether a text can be a row's sort key; what a cursor holds. */
export const isSortKey = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+Z#evt_[0-9a-z]{26}$/.test(text);
