/** Destinations in the State table, whose items `shared/endpoint/state-table.ts` explains. */
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { listKind, putVersion, readItem, removeVersion, type WriteResult } from '../aws/versioned-item.ts';
import { schema } from '../base/schema.ts';
import {
  type Destination,
  type DestinationRecord,
  destinationSchema,
  isFinished,
  unfinishedDestinationSchema,
} from './destination.ts';

export interface DestinationTable {
  /** A strongly consistent read, because a request must see every earlier change. */
  read(name: string): Promise<DestinationRecord | undefined>;
  /** Writes the first version, or replaces the previous one. `lost` if another write came first. */
  put(record: DestinationRecord, requestId: string): Promise<WriteResult>;
  /** Removes exactly this version. */
  remove(record: DestinationRecord): Promise<WriteResult>;
  /** Lists destinations by name, starting after `after`, without those that are being made. Eventually consistent. */
  list(limit: number, after?: string): Promise<{ destinations: Destination[]; next: string | undefined }>;
}

const prefix = 'destination#';
const keyOf = (name: string): string => `${prefix}${name}`;

/** Whether a key of the State table is that of a destination. */
export const isDestinationKey = (pk: string | undefined): boolean => pk?.startsWith(prefix) === true;

const recordSchema = /* @__PURE__ */ schema(() => z.union([unfinishedDestinationSchema, destinationSchema]));

/** The record in an item, or in an image of the stream. Undefined without an item. */
export const destinationIn = (
  item: Record<string, Pick<AttributeValue, 'S'>> | undefined,
): DestinationRecord | undefined =>
  item?.['record']?.S === undefined ? undefined : recordSchema.parse(JSON.parse(item['record'].S));

/**
 * The destination for which a delivery was made. Undefined if it is gone, also if another one has its name now. Each attempt begins with
 * this read, which is strongly consistent: a pause or a deletion binds every attempt that begins after its answer.
 */
export async function destinationOfDelivery(
  { id, name }: Pick<Destination, 'id' | 'name'>,
  destinations: Pick<DestinationTable, 'read'>,
): Promise<Destination | undefined> {
  const found = await destinations.read(name);
  return isFinished(found) && found.id === id ? found : undefined;
}

export const destinationTable = (client: DynamoDBClient, table: string): DestinationTable => ({
  read: async (name) => destinationIn(await readItem(client, table, keyOf(name))),

  put: (record, requestId) =>
    putVersion(client, table, {
      pk: { S: keyOf(record.name) },
      kind: { S: 'destination' },
      name: { S: record.name },
      version: { N: String(record.version) },
      requestId: { S: requestId },
      record: { S: JSON.stringify(record) },
    }),

  remove: ({ name, version }) => removeVersion(client, table, keyOf(name), version),

  async list(limit, after) {
    const { items, hasMore } = await listKind(client, table, 'destination', limit, after);
    const records = items.flatMap((item) => destinationIn(item) ?? []);
    return { destinations: records.filter(isFinished), next: hasMore ? records.at(-1)?.name : undefined };
  },
});
