/** Destinations in the State table, whose items `shared/endpoints/endpoint/state-table.ts` explains. */
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { type RecordTable, recordIn, recordTable } from '../../ground/aws/versioned-item.ts';
import { schema } from '../../ground/base/schema.ts';
import {
  type Destination,
  type DestinationRecord,
  destinationSchema,
  isFinished,
  unfinishedDestinationSchema,
} from './destination.ts';

export interface DestinationTable extends Omit<RecordTable<DestinationRecord>, 'list'> {
  /** Lists destinations by name, starting after `after`, without those that are being made. Eventually consistent. */
  list(limit: number, after?: string): Promise<{ destinations: Destination[]; next: string | undefined }>;
}

const kind = 'destination';

/** Whether a key of the State table is that of a destination. */
export const isDestinationKey = (pk: string | undefined): boolean => pk?.startsWith(`${kind}#`) === true;

const recordSchema = /* @__PURE__ */ schema(() => z.union([unfinishedDestinationSchema, destinationSchema]));

/** The record in an item, or in an image of the stream. Undefined without an item. */
export const destinationIn = (
  item: Record<string, Pick<AttributeValue, 'S'>> | undefined,
): DestinationRecord | undefined => recordIn(item, recordSchema);

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

export function destinationTable(client: DynamoDBClient, table: string): DestinationTable {
  const records = recordTable(client, table, kind, recordSchema);
  return {
    ...records,
    async list(limit, after) {
      const { records: found, next } = await records.list(limit, after);
      return { destinations: found.filter(isFinished), next };
    },
  };
}
