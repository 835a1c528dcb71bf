/** Lists of deliveries for operators. `delivery-table.ts` explains the table. The indexes are behind it by a moment. */
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { readMergedPage } from '../aws/merged-page.ts';
import { type AttemptNote, attemptsOfRow, type DeliveryRow, type DeliveryState } from './delivery-row.ts';
import { attemptIn, destinationShards, orderOf, rowIn } from './delivery-table.ts';
import { isSelected, type RedeliverySelection } from './redelivery-job.ts';

type Item = Record<string, AttributeValue>;

/** A page of deliveries, those of the newest events first, and the position after it. */
export interface DeliveryPage {
  rows: DeliveryRow[];
  next: string | undefined;
}

export interface DeliveryPageRequest {
  /** Only those in this state. A list of all has the delivered ones too, which no state lists. */
  status?: Exclude<DeliveryState, 'delivered'> | undefined;
  limit: number;
  /** The position where the page before ended. */
  before?: string | undefined;
}

/** A page of what has ended, that of the oldest events first. */
export interface EndedPageRequest extends RedeliverySelection {
  limit: number;
  /** The position where the page before ended. */
  after: string | undefined;
}

/** How much waits: a count of what was seen, and the time of the oldest event among it. */
export interface Backlog {
  count: number;
  isMore: boolean;
  oldest?: string;
}

/** A delivery, and its attempts in their order. */
export interface AttemptedDelivery {
  row: DeliveryRow;
  attempts: AttemptNote[];
}

export interface DeliveryLists {
  /** The deliveries of an event, also of events that had its id before. */
  ofEvent(event: string): Promise<DeliveryRow[]>;
  /** The same with their attempts. */
  ofEventWithAttempts(event: string): Promise<AttemptedDelivery[]>;
  ofDestination(destination: string, page: DeliveryPageRequest): Promise<DeliveryPage>;
  /** Deliveries that have ended. A page may be short or empty although there is a next one. */
  ended(destination: string, page: EndedPageRequest): Promise<DeliveryPage>;
  /** What waits or is parked. */
  backlogOf(destination: string): Promise<Backlog>;
}

/** The most rows that are counted in a state. */
const mostCounted = 1_000;

/** Whether a text can be the position in a cursor. */
export const isDeliveryPosition = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z#evt_[0-9a-z]{26}#[a-z0-9-]{1,32}#\d{1,9}$/.test(text);

export function deliveryLists(client: DynamoDBClient, table: string): DeliveryLists {
  const query = async (input: object): Promise<{ items: Item[]; isLast: boolean; last: Item | undefined }> => {
    const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand({ TableName: table, ...input }));
    return { items: Items, isLast: LastEvaluatedKey === undefined, last: LastEvaluatedKey };
  };

  /** The rows of an event, each before its attempts. */
  async function itemsOf(event: string): Promise<Item[]> {
    const all: Item[] = [];
    let after: Item | undefined;
    do {
      const { items, last } = await query({
        KeyConditionExpression: 'pk = :event',
        ExpressionAttributeValues: { ':event': { S: event } },
        ...(after && { ExclusiveStartKey: after }),
      });
      all.push(...items);
      after = last;
    } while (after);
    return all;
  }

  /** A page of one partition of an index. */
  const partition = (
    IndexName: string,
    name: string,
    value: string,
    { limit, before, ascending = false }: { limit: number; before?: string | undefined; ascending?: boolean },
  ) =>
    query({
      IndexName,
      KeyConditionExpression: before === undefined ? '#key = :value' : '#key = :value AND #at < :before',
      ExpressionAttributeNames: { '#key': name, ...(before !== undefined && { '#at': 'at' }) },
      ExpressionAttributeValues: {
        ':value': { S: value },
        ...(before !== undefined && { ':before': { S: before } }),
      },
      ScanIndexForward: ascending,
      Limit: limit,
    });

  /** A page of one partition of an index in a range, both ends included, the oldest first. */
  async function ascending(
    IndexName: string,
    name: string,
    value: string,
    { least, greatest, limit }: { least: string; greatest: string; limit: number },
  ): Promise<{ items: Item[]; isLast: boolean }> {
    if (least > greatest) return { items: [], isLast: true };
    return query({
      IndexName,
      KeyConditionExpression: '#key = :value AND #at BETWEEN :least AND :greatest',
      ExpressionAttributeNames: { '#key': name, '#at': 'at' },
      ExpressionAttributeValues: { ':value': { S: value }, ':least': { S: least }, ':greatest': { S: greatest } },
      Limit: limit,
    });
  }

  /** The newest of several partitions. What one of them has after its page is older than all that the page shows of it. */
  async function newestOf(pages: readonly { items: Item[]; isLast: boolean }[], limit: number): Promise<DeliveryPage> {
    const all = pages
      .flatMap(({ items }) => items.map(rowIn))
      .sort((one, other) => (orderOf(one) < orderOf(other) ? 1 : -1));
    const rows = all.slice(0, limit);
    const last = rows.at(-1);
    const isLast = all.length <= limit && pages.every((page) => page.isLast);
    return { rows, next: isLast || !last ? undefined : orderOf(last) };
  }

  return {
    // Attempts have no place in an index.
    ofEvent: async (event) => (await itemsOf(event)).filter(({ at }) => at !== undefined).map(rowIn),

    async ofEventWithAttempts(event) {
      const items = await itemsOf(event);
      const attemptsBy = Map.groupBy(
        items.filter(({ at }) => at === undefined),
        ({ sk }) => sk?.S?.slice(0, sk.S.lastIndexOf('#')),
      );
      return items
        .filter(({ at }) => at !== undefined)
        .map((item) => {
          const row = rowIn(item);
          return { row, attempts: attemptsOfRow(row, (attemptsBy.get(item['sk']?.S) ?? []).map(attemptIn)) };
        });
    },

    async ofDestination(destination, { status, limit, before }) {
      if (status !== undefined)
        return newestOf([await partition('byState', 'state', `${destination}#${status}`, { limit, before })], limit);
      const shards = Array.from({ length: destinationShards }, (_, shard) =>
        partition('byDestination', 'destination', `${destination}#${shard}`, { limit, before }),
      );
      return newestOf(await Promise.all(shards), limit);
    },

    async ended(destination, page) {
      // Delivered rows are not in the index by state, so all shards are read for them.
      const isByState = !page.statuses.includes('delivered');
      const [index, key] = isByState ? ['byState', 'state'] : ['byDestination', 'destination'];
      const values = isByState ? page.statuses : Array.from({ length: destinationShards }, (_, shard) => shard);
      const readAll = (after: string | undefined, most: number) => {
        // The rows of a destination are spread evenly over its shards, so twice its share of a page is enough of each.
        const limit = isByState ? most : Math.ceil((2 * most) / destinationShards);
        const range = { least: after === undefined ? page.from : `${after} `, greatest: `${page.to}~`, limit };
        return Promise.all(
          values.map(async (value) => {
            const { items, isLast } = await ascending(index, key, `${destination}#${value}`, range);
            return { rows: items.map((item) => ({ at: item['at']?.S ?? '', row: rowIn(item) })), isLast };
          }),
        );
      };
      const request = { order: 'asc', limit: page.limit, after: page.after } as const;
      const { rows, next } = await readMergedPage(request, values.length, readAll, ({ row }) => isSelected(row, page));
      return { rows: rows.map(({ row }) => row), next };
    },

    async backlogOf(destination) {
      const pages = await Promise.all(
        ['waiting', 'parked'].map((state) =>
          partition('byState', 'state', `${destination}#${state}`, { limit: mostCounted, ascending: true }),
        ),
      );
      const [oldest] = pages.flatMap(({ items }) => items.slice(0, 1).map((item) => rowIn(item).receivedAt)).sort();
      return {
        count: pages.reduce((sum, { items }) => sum + items.length, 0),
        isMore: pages.some(({ isLast }) => !isLast),
        ...(oldest !== undefined && { oldest }),
      };
    },
  };
}
