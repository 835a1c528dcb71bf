/**
 * The Events table.
 *
 * | id          | shard                    | at                 | …                    | payload                      |
 * |-------------|--------------------------|--------------------|----------------------|------------------------------|
 * | `evt_…` key | `<connection's id>#<n>`  | `<receivedAt>#<id>`| what a list shows    | all the rest, see `event-item.ts` |
 *
 * Index `byConnection` (shard, at) lists a connection's events in the order of arrival. Shards spread the writes of one
 * busy connection; a page reads all of them and merges by `at`, which is the cursor too. The number of shards can be
 * raised on a live table, because old shards stay among those that are read. Lowering it below what it was hides the rows
 * of the shards above from lists, but not from reads by id, until they expire; below the default it hides none.
 */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { StoredEvent } from './event.ts';
import { type EventAttributes, eventFromItem, eventItemOf, eventRowFromItem } from './event-item.ts';
import {
  type EventPage,
  type EventPageRequest,
  readEventPage,
  type ShardRows,
  type SortKeyRange,
} from './event-page.ts';

export const eventIndex = 'byConnection';

/**
 * What the index holds besides the keys. A list of its own, not the fields of a schema: CloudFormation can not change the
 * attributes of an index that exists, so one more here needs an index of another name. See docs/decisions/0024-index-of-events.md.
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

/** How many partitions of the index the events of one connection are spread over, if nothing else is said. */
export const defaultShards = 4;

/** What an append came to: stored, or there is an event of this id, with the same bytes or with others. */
export type AppendResult = 'stored' | 'duplicate' | 'conflict';

export interface EventTable {
  /** Returns once an event of this id is stored. One conditional write decides, in any race; only a repeat costs a read. */
  append(event: StoredEvent): Promise<AppendResult>;
  read(id: string): Promise<StoredEvent | undefined>;
  /** A page may be short, or empty, though there are more: only without `next` it is the last one. See `readPage`. */
  list(connectionId: string, page: EventPageRequest): Promise<EventPage>;
}

/**
 * What ingest does with the Events table, so that its bundle holds no code that lists.
 * @param shards as with `eventLog`
 */
export function eventAppender(client: DynamoDBClient, table: string, shards: number): EventTable['append'] {
  /** The SDK repeats a write whose answer was lost: what bears this request's own id was stored by that. */
  async function compareWithFirst({ id, requestId, sha256 }: StoredEvent): Promise<AppendResult> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { id: { S: id } }, ConsistentRead: true }),
    );
    if (!Item) throw new Error('an event was removed between a write and the read of it');
    const first = eventFromItem(Item as EventAttributes);
    if (first.requestId === requestId) return 'stored';
    return first.sha256 === sha256 ? 'duplicate' : 'conflict';
  }

  return async (event) => {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: eventItemOf(event, shards),
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
  };
}

/**
 * The Events table through the eyes of the domain.
 * @param shards how many partitions of the index the events of one connection are spread over, from 1 to 64
 */
export function eventTable(client: DynamoDBClient, table: string, shards: number): EventTable {
  // Those of the default are always read, so that fewer of them, and a deployment that forgot to say more, hide no row.
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

    async read(id) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: { id: { S: id } }, ConsistentRead: true }),
      );
      return Item && eventFromItem(Item as EventAttributes);
    },

    list: (connectionId, page) =>
      readEventPage(page, readShards, (shard, range, limit) => queryShard(`${connectionId}#${shard}`, range, limit)),
  };
}

/** Whether a text can be what a cursor holds: a row's sort key, or what `readUpTo` says. */
export const isEventListPosition = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z(#evt_[0-9a-z]{26}|~)?$/.test(text);
