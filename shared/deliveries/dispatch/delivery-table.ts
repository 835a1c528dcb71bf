/**
 * The Deliveries table.
 *
 * | pk                   | sk                                        | record          | index                                             |
 * |----------------------|-------------------------------------------|-----------------|---------------------------------------------------|
 * | `<event's id>`       | `<receivedAt>#<rule>#<replay>`            | a delivery's row | `byDestination`; `byState` unless it is delivered; `byDue` while it waits |
 * | `<event's id>`       | `<receivedAt>#<rule>#<replay>#<attempt>`  | one attempt     | –                                                 |
 * | `timer#<dest's id>`  | `-`                                       | a lane's timer  | `byDue`                                           |
 * | `health#<dest's id>` | `-`                                       | its health      | –                                                 |
 * | `lease#<name>`       | `-`                                       | a lease         | –                                                 |
 *
 * `delivery-partitions.ts` has the partitions of the indexes. They are behind the table by a moment. Whoever acts on what they show reads the item first, or writes on condition.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type AttributeValue, type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { type ItemForm, revisedItems, valueIn } from '../../ground/aws/revised-item-table.ts';
import { wholeQuery } from '../../ground/aws/whole-query.ts';
import { schema } from '../../ground/base/schema.ts';
import { secondsPerDay } from '../../ground/base/time.ts';
import { type DeliveryKey, targetSchema } from './delivery-job.ts';
import {
  destinationPartition,
  partitionsOfStates,
  readOldest,
  shardOf,
  statePartition,
} from './delivery-partitions.ts';
import { type AttemptNote, attemptNoteSchema, type DeliveryRow, deliveryRowSchema } from './delivery-row.ts';
import { type DestinationHealth, destinationHealthSchema } from './destination-health.ts';
import type { Deliveries, DueItem, LaneTimer, Lease, Page } from './ports.ts';

/** The partitions of what is due. */
export const dueShards = 4;
/** A row outlives its event by this time, in seconds, so that how it ended can be read. */
const outlivesSeconds = 30 * secondsPerDay;
/** The most items of a page. */
const pageItems = 200;
/** An answer that is longer is kept compressed, in characters. */
const maxPlainAnswer = 512;

type Item = Record<string, AttributeValue>;

const sortKeyOf = ({ receivedAt, rule, replay }: DeliveryKey): string => `${receivedAt}#${rule}#${replay}`;
/** What orders a destination's deliveries: those of the oldest events first. */
export const orderOf = ({ event, receivedAt, rule, replay }: DeliveryKey): string =>
  `${receivedAt}#${event}#${rule}#${replay}`;

const dueAttributes = (name: string, due: number | undefined): Item =>
  due === undefined ? {} : { dueShard: { S: `due#${shardOf(name, dueShards)}` }, due: { N: `${due}` } };

const rowForm: ItemForm<DeliveryKey, DeliveryRow> = {
  keyOf: (key) => ({ pk: { S: key.event }, sk: { S: sortKeyOf(key) } }),
  attributesOf: (row) => ({
    destination: { S: destinationPartition(row.to.id, row.event) },
    at: { S: orderOf(row) },
    ...(row.status === 'delivered' ? {} : { state: { S: statePartition(row.to.id, row.status, row.event) } }),
    ...dueAttributes(row.event, row.due),
    expiresAt: { N: `${row.expiresAt + outlivesSeconds}` },
  }),
  parse: (record) => deliveryRowSchema.parse(record),
};

/** The row in an item. */
export const rowIn = (item: Item): DeliveryRow => valueIn(item, rowForm);

/** The key of a delivery, and the number of an attempt. */
const oneAttemptSchema = /* @__PURE__ */ schema(() =>
  z.object({ event: z.string(), receivedAt: z.string(), rule: z.string(), replay: z.int(), attempt: z.int() }),
);

const timerSchema = /* @__PURE__ */ schema(() =>
  z.object({ to: targetSchema, due: z.int(), touched: z.int(), asked: z.optional(z.array(oneAttemptSchema)) }),
);

const timerForm: ItemForm<string, LaneTimer> = {
  keyOf: (id) => ({ pk: { S: `timer#${id}` }, sk: { S: '-' } }),
  attributesOf: ({ to, due }) => dueAttributes(to.id, due),
  parse: (record) => timerSchema.parse(record),
};

const healthForm: ItemForm<string, DestinationHealth> = {
  keyOf: (id) => ({ pk: { S: `health#${id}` }, sk: { S: '-' } }),
  attributesOf: () => ({}),
  parse: (record) => destinationHealthSchema.parse(record),
};

const leaseSchema = /* @__PURE__ */ schema(() =>
  z.object({
    owner: z.string(),
    until: z.int(),
    ends: z.optional(z.int()),
    trying: z.optional(oneAttemptSchema),
  }),
);

/** A lease that nobody gave back is forgotten after a day. */
const leaseForm: ItemForm<string, Lease> = {
  keyOf: (name) => ({ pk: { S: `lease#${name}` }, sk: { S: '-' } }),
  attributesOf: ({ until }) => ({ expiresAt: { N: `${Math.ceil(until / 1000) + secondsPerDay}` } }),
  parse: (record) => leaseSchema.parse(record),
};

const attemptKey = (key: DeliveryKey, attempt: number) => ({
  pk: { S: key.event },
  sk: { S: `${sortKeyOf(key)}#${String(attempt).padStart(6, '0')}` },
});

/** An attempt, with a long answer compressed. */
function attemptAttributes({ answer, ...note }: AttemptNote): Item {
  if (answer === undefined || answer.length <= maxPlainAnswer)
    return { record: { S: JSON.stringify({ ...note, answer }) } };
  return { record: { S: JSON.stringify(note) }, answer: { B: deflateRawSync(answer) } };
}

/** The attempt in an item. */
export function attemptIn(item: Item): AttemptNote {
  const packed = item['answer']?.B;
  const note = valueIn(item, attemptNoteSchema);
  return packed ? { ...note, answer: inflateRawSync(packed).toString('utf8') } : note;
}

/** Where a page ended, as a text. */
const positionOf = (key: Item | undefined): string | undefined => key && JSON.stringify(key);

const dueItemIn = (item: Item): DueItem =>
  item['pk']?.S?.startsWith('timer#') ? { timer: valueIn(item, timerForm) } : { row: rowIn(item) };

/** All that the functions behind the queues need of the table. */
export function deliveryTable(client: DynamoDBClient, table: string): Deliveries {
  async function query<T>(input: object, after: string | undefined, read: (item: Item) => T): Promise<Page<T>> {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        ...input,
        Limit: pageItems,
        ...(after !== undefined && { ExclusiveStartKey: JSON.parse(after) }),
      }),
    );
    return { items: Items.map(read), next: positionOf(LastEvaluatedKey) };
  }

  return {
    rows: revisedItems(client, table, rowForm),
    timers: revisedItems(client, table, timerForm),
    health: revisedItems(client, table, healthForm),
    leases: revisedItems(client, table, leaseForm),

    async putAttempt({ expiresAt, ...key }, attempt, note) {
      const Item = {
        ...attemptKey(key, attempt),
        ...attemptAttributes(note),
        expiresAt: { N: `${expiresAt + outlivesSeconds}` },
      };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },

    async listAttempts(key) {
      const items = await wholeQuery(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :event AND begins_with(sk, :delivery)',
        ExpressionAttributeValues: { ':event': { S: key.event }, ':delivery': { S: `${sortKeyOf(key)}#` } },
      });
      return items.map((item) => ({ attempt: Number(item['sk']?.S?.split('#').at(-1)), note: attemptIn(item) }));
    },

    listDue: (shard, until, after) =>
      query(
        {
          IndexName: 'byDue',
          KeyConditionExpression: 'dueShard = :shard AND due <= :until',
          ExpressionAttributeValues: { ':shard': { S: `due#${shard}` }, ':until': { N: `${until}` } },
        },
        after,
        dueItemIn,
      ),

    async listByState(destination, state, after) {
      const { items, next } = await readOldest(client, table, partitionsOfStates(destination, [state]), {
        limit: pageItems,
        after,
      });
      return { items: items.map(rowIn), next };
    },
  };
}
