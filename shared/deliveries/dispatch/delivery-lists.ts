/** Lists of deliveries for operators. `delivery-table.ts` explains the table. The indexes are behind it by a moment. */
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { readMergedPage } from '../../ground/aws/merged-page.ts';
import { wholeQuery } from '../../ground/aws/whole-query.ts';
import {
  deliveryIndexes,
  type Partitions,
  partitionsOfDestination,
  partitionsOfStates,
  readOldest,
  shareOf,
  stateShards,
} from './delivery-partitions.ts';
import { type AttemptNote, attemptsOfRow, type DeliveryRow } from './delivery-row.ts';
import { type DeliveryState, liveStates } from './delivery-states.ts';
import { attemptIn, orderOf, rowIn } from './delivery-table.ts';
import { isSelected, type RedeliveryJob, type RedeliverySelection } from './redelivery-job.ts';

type Item = Record<string, AttributeValue>;

interface ReadPage {
  items: Item[];
  isLast: boolean;
}

interface PageBounds {
  limit: number;
  before?: string | undefined;
  ascending?: boolean;
}

/** A page of deliveries, those of the newest events first, and the position after it. */
export interface DeliveryPage {
  rows: DeliveryRow[];
  next: string | undefined;
}

export interface DeliveryPageRequest {
  /** Only those in this state. For delivered ones a page looks through a bounded number of rows, and may be short although there is a next one. */
  status?: DeliveryState | undefined;
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

/** What waits or is parked, those of the oldest events first. `isMore`: there is more than was read. */
export interface Backlog {
  rows: DeliveryRow[];
  isMore: boolean;
}

/** A delivery, and its attempts in their order. */
export interface AttemptedDelivery {
  row: DeliveryRow;
  attempts: AttemptNote[];
}

/** What was read of the deliveries of an event. `isWhole`: there is no more. */
export interface FirstDeliveries {
  event: string;
  rows: DeliveryRow[];
  isWhole: boolean;
}

/** What a job has redelivered and no later one has, as far as it was read. `isWhole`: there is no more. */
export interface RedeliveredRows {
  rows: DeliveryRow[];
  isWhole: boolean;
}

export interface DeliveryLists {
  /** The deliveries of an event, also of events that had its id before. */
  ofEvent(event: string): Promise<DeliveryRow[]>;
  /** The deliveries of each of these events, of which a part is read: each row stands before its attempts, and an event can have hundreds. */
  ofEvents(events: readonly string[]): Promise<FirstDeliveries[]>;
  /** The same with their attempts. */
  ofEventWithAttempts(event: string): Promise<AttemptedDelivery[]>;
  ofDestination(destination: string, page: DeliveryPageRequest): Promise<DeliveryPage>;
  /** Deliveries that have ended. A page may be short or empty although there is a next one. */
  ended(destination: string, page: EndedPageRequest): Promise<DeliveryPage>;
  /** The deliveries that a job has redelivered last, those of the oldest events. */
  redeliveredBy(job: Pick<RedeliveryJob, 'id' | 'destinationId' | 'from' | 'to'>): Promise<RedeliveredRows>;
  backlogOf(destination: string): Promise<Backlog>;
}

/** About the most rows that are counted of a state, or of a job. */
const mostCounted = 1_000;

/** The most items, rows and attempts, that are read of one of many events. */
const mostOfOneEvent = 25;

/** Whether a text can be the position in a cursor. */
export const isDeliveryPosition = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z#evt_[0-9a-z]{26}#[a-z0-9-]{1,32}#\d{1,9}$/.test(text);

/** The pages of the table and its indexes that the lists are made of. */
function deliveryPages(client: DynamoDBClient, table: string) {
  const query = async (input: object): Promise<ReadPage> => {
    const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand({ TableName: table, ...input }));
    return { items: Items, isLast: LastEvaluatedKey === undefined };
  };
  return {
    /** The rows of an event, each before its attempts. */
    ofEvent: (event: string): Promise<Item[]> =>
      wholeQuery(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :event',
        ExpressionAttributeValues: { ':event': { S: event } },
      }),

    /** The first items of an event. */
    firstOfEvent: (event: string): Promise<ReadPage> =>
      query({
        KeyConditionExpression: 'pk = :event',
        ExpressionAttributeValues: { ':event': { S: event } },
        Limit: mostOfOneEvent,
      }),

    /** A page of each of these partitions. */
    ofEach: ({ index, values }: Partitions, { limit, before, ascending = false }: PageBounds): Promise<ReadPage[]> =>
      Promise.all(
        values.map((value) =>
          query({
            IndexName: index,
            KeyConditionExpression: before === undefined ? '#key = :value' : '#key = :value AND #at < :before',
            ExpressionAttributeNames: {
              '#key': deliveryIndexes[index].partition,
              ...(before !== undefined && { '#at': 'at' }),
            },
            ExpressionAttributeValues: {
              ':value': { S: value },
              ...(before !== undefined && { ':before': { S: before } }),
            },
            ScanIndexForward: ascending,
            Limit: limit,
          }),
        ),
      ),
  };
}

/** Attempts have no place in an index. */
const isRow = ({ at }: Item): boolean => at !== undefined;

function withAttempts(items: readonly Item[]): AttemptedDelivery[] {
  const attemptsBy = Map.groupBy(
    items.filter((item) => !isRow(item)),
    ({ sk }) => sk?.S?.slice(0, sk.S.lastIndexOf('#')),
  );
  return items.filter(isRow).map((item) => {
    const row = rowIn(item);
    return { row, attempts: attemptsOfRow(row, (attemptsBy.get(item['sk']?.S) ?? []).map(attemptIn)) };
  });
}

export function deliveryLists(client: DynamoDBClient, table: string): DeliveryLists {
  const read = deliveryPages(client, table);
  return {
    ofEvent: async (event) => (await read.ofEvent(event)).filter(isRow).map(rowIn),

    ofEvents: (events) =>
      Promise.all(
        events.map(async (event) => {
          const { items, isLast } = await read.firstOfEvent(event);
          return { event, rows: items.filter(isRow).map(rowIn), isWhole: isLast };
        }),
      ),

    ofEventWithAttempts: async (event) => withAttempts(await read.ofEvent(event)),

    async ofDestination(destination, { status, limit, before }) {
      // Delivered rows are not in the index by state, so all of the destination is looked through for them.
      const isByState = status !== undefined && status !== 'delivered';
      const partitions = isByState ? partitionsOfStates(destination, [status]) : partitionsOfDestination(destination);
      const { rows, next } = await readMergedPage(
        { order: 'desc', limit, after: before },
        partitions.values.length,
        async (after, limit) =>
          (await read.ofEach(partitions, { limit, before: after })).map(({ items, isLast }) => ({
            rows: items.map(rowIn).map((row) => ({ at: orderOf(row), row })),
            isLast,
          })),
        ({ row }) => status === undefined || row.status === status,
      );
      return { rows: rows.map(({ row }) => row), next };
    },

    async ended(destination, page) {
      // Delivered rows are not in the index by state, so all of the destination is read for them.
      const isByState = !page.statuses.includes('delivered');
      const partitions = isByState
        ? partitionsOfStates(destination, page.statuses)
        : partitionsOfDestination(destination);
      const { items, next } = await readOldest(client, table, partitions, page, ({ item }) =>
        isSelected(rowIn(item), page),
      );
      return { rows: items.map(rowIn), next };
    },

    async redeliveredBy({ id, destinationId, from, to }) {
      // A job's deliveries can be in any state by now, and delivered ones are in this index alone.
      const { items, next } = await readOldest(
        client,
        table,
        partitionsOfDestination(destinationId),
        { limit: mostCounted, from, to },
        ({ item }) => rowIn(item).redeliveryJob === id,
      );
      return { rows: items.map(rowIn), isWhole: next === undefined };
    },

    async backlogOf(destination) {
      const limit = shareOf(mostCounted, stateShards);
      const pages = await read.ofEach(partitionsOfStates(destination, liveStates), {
        limit,
        ascending: true,
      });
      const rows = pages.flatMap(({ items }) => items.map(rowIn));
      return {
        rows: rows.sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1)),
        isMore: pages.some(({ isLast }) => !isLast),
      };
    },
  };
}
