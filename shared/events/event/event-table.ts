/**
 * The Events table.
 *
 * | id          | shard                    | at                 | …                    | payload                      |
 * |-------------|--------------------------|--------------------|----------------------|------------------------------|
 * | `evt_…` key | `<connection's id>#<n>`  | `<receivedAt>#<id>`| the fields of a list | the rest, see `event-item.ts` |
 *
 * Index `byConnection` (shard, at) lists a connection's events in the order of arrival. Shards spread the writes of a
 * busy connection. A page reads all shards and merges them by `at`, which is also the cursor. You can raise the number
 * of shards on a live table, because the old shards are still read. If you lower it, lists no longer show the events in
 * the removed shards, but reads by id still find them. The default shards are always read.
 */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { StoredEvent } from './event.ts';
import { type EventAttributes, eventFromItem, eventItemOf, eventRowFromItem, originFromItem } from './event-item.ts';
import {
  type EventPage,
  type EventPageRequest,
  readEventPage,
  type ShardRows,
  type SortKeyRange,
} from './event-page.ts';

export const eventIndex = 'byConnection';

/**
 * The attributes of the index besides its keys. The list is literal and not taken from a schema, because CloudFormation
 * can't change the attributes of an existing index. One more attribute needs an index with another name: see
 * docs/decisions/0024-index-of-events.md.
 */
export const eventIndexAttributes = [
  'endpointId',
  'receivedAt',
  'type',
  'method',
  'contentType',
  'size',
  'tokenId',
  'deliveryId',
  'conflictsWith',
  'dedupeMissing',
  'held',
  'test',
  'expiresAt',
  'units',
];

/** The default number of shards. */
export const defaultShards = 4;

/**
 * The result of an append. `stored`: the event is new. `duplicate`: there is already an event with this id and the same
 * bytes. `conflict`: that event has other bytes.
 */
export type AppendResult = 'stored' | 'duplicate' | 'conflict';

export interface EventTable {
  /**
   * Returns once an event with this id is stored. If requests compete, one conditional write decides. Only a repeat
   * costs a read.
   */
  append(event: StoredEvent): Promise<AppendResult>;
  read(id: string): Promise<StoredEvent | undefined>;
  /** A page can be short or empty although there are more events. Only a page without `next` is the last. See `readEventPage`. */
  list(connectionId: string, page: EventPageRequest): Promise<EventPage>;
}

/**
 * The one operation that ingest needs. This operation is separate so that ingest's bundle has no code for lists.
 * @param
 * shards as in `eventTable`
 */
export function eventAppender(client: DynamoDBClient, table: string, shards: number): EventTable['append'] {
  /**
   * The SDK repeats a write if its answer was lost. If the stored event has this request's id, the first write stored
   * it.
   */
  async function compareWithFirst({ id, requestId, sha256 }: StoredEvent): Promise<AppendResult> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { id: { S: id } }, ConsistentRead: true }),
    );
    if (!Item) throw new Error('the event disappeared between the write and the read');
    const first = originFromItem(Item as EventAttributes);
    if (first.requestId === requestId) return 'stored';
    return first.sha256 === sha256 ? 'duplicate' : 'conflict';
  }

  return async (event) => {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: eventItemOf(event, shards),
          // DynamoDB deletes an expired event days later. Until then, an arrival with the same id may replace it.
          ConditionExpression: 'attribute_not_exists(id) OR expiresAt <= :now',
          ExpressionAttributeValues: { ':now': { N: String(Math.floor(Date.parse(event.receivedAt) / 1000)) } },
        }),
      );
      return 'stored';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return compareWithFirst(event);
    }
  };
}

/**
 * Reads the event that came at this time, at half the price of a strongly consistent read. What identifies and fills an event never changes
 * after its write, so a copy that has the time has all of it. A copy that lacks the event, or still has one before it, is behind: then the
 * read is repeated with strong consistency.
 */
export const arrivedEventReader =
  (client: DynamoDBClient, table: string) =>
  async (id: string, receivedAt: string): Promise<StoredEvent | undefined> => {
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: id } } }));
    if (Item?.['receivedAt']?.S !== receivedAt) return eventReader(client, table)(id);
    return eventFromItem(Item as EventAttributes);
  };

/** The one operation that a function needs that gets the ids of its events. A strongly consistent read. */
export const eventReader =
  (client: DynamoDBClient, table: string): EventTable['read'] =>
  async (id) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { id: { S: id } }, ConsistentRead: true }),
    );
    return Item && eventFromItem(Item as EventAttributes);
  };

/**
 * The Events table.
 * @param shards the number of index partitions for the events of one connection, from 1 to 64
 */
export function eventTable(client: DynamoDBClient, table: string, shards: number): EventTable {
  // The default shards are always read, so a deployment with fewer shards hides no event in them.
  const readShards = Math.max(shards, defaultShards);

  async function queryShard(
    shard: string,
    { order, least, greatest }: SortKeyRange,
    limit: number,
  ): Promise<ShardRows> {
    if (least > greatest) return { rows: [], isLast: true };
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: eventIndex,
        KeyConditionExpression: '#shard = :shard AND #at BETWEEN :least AND :greatest',
        ExpressionAttributeNames: { '#shard': 'shard', '#at': 'at' },
        ExpressionAttributeValues: { ':shard': { S: shard }, ':least': { S: least }, ':greatest': { S: greatest } },
        ScanIndexForward: order === 'asc',
        Limit: limit,
      }),
    );
    const rows = Items.map((item) => ({ at: item['at']?.S ?? '', event: eventRowFromItem(item as EventAttributes) }));
    return { rows, isLast: LastEvaluatedKey === undefined };
  }

  return {
    append: eventAppender(client, table, shards),

    read: eventReader(client, table),

    list: (connectionId, page) =>
      readEventPage(page, readShards, (shard, range, limit) => queryShard(`${connectionId}#${shard}`, range, limit)),
  };
}

/** Whether a text can be the position in a cursor: a row's sort key, or a result of `readUpTo`. */
export const isEventListPosition = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z(#evt_[0-9a-z]{26}|~)?$/.test(text);
