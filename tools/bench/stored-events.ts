/** Writes many events straight into the store. Each looks like a delivered one, with its own id and time. */
import { join } from 'node:path';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import dynalite, { type Store, type Item as StoreItem, type TableRecord } from 'dynalite/db/index.js';
import { accountId, region } from '../../local/cloudformation/physical-ids.ts';
import { openStore, readTables } from '../../local/dynamodb/dynalite-store.ts';
import { randomEventId } from '../../shared/events/event/event-id.ts';

/** An item as the SDK reads and writes it. */
export type Item = Record<string, AttributeValue>;

/** Copies an event. The copy has a new id and this time of arrival, and is in one of `shards` shards. */
export function copyOf(item: Item, receivedAt: Date, more: Item = {}, shards = 4): Item {
  const [id, at] = [randomEventId(), receivedAt.toISOString()];
  const shard = `${item['connectionId']?.S}#${id.charCodeAt(10) % shards}`;
  return { ...item, id: { S: id }, receivedAt: { S: at }, shard: { S: shard }, at: { S: `${at}#${id}` }, ...more };
}

const batchSize = 1_000;

/** Loads items into a table of a closed runtime. The items bypass the API and the table's stream. */
export async function load(dataDir: string, tableName: string, items: Iterable<Item>): Promise<void> {
  const store = await openStore(join(dataDir, 'dynamodb'), region, accountId);
  try {
    const table = (await readTables(store)).get(tableName);
    if (!table) throw new Error(`there is no table ${tableName} in ${dataDir}`);
    let batch: Write[] = [];
    for (const item of items) {
      batch.push(...writesOf(stored(item), table));
      if (batch.length >= batchSize) {
        await write(store, batch);
        batch = [];
      }
    }
    await write(store, batch);
  } finally {
    await store.lifecycleManager.gracefulClose();
  }
}

interface Write {
  key: string;
  value: StoreItem;
}

/** Converts an item to the form that the store keeps: the JSON of DynamoDB's protocol, with bytes as base64. */
const stored = (item: Item): StoreItem =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B ? { B: Buffer.from(value.B).toString('base64') } : { ...value },
    ]),
  );

/** The writes for an item: the item itself, and its rows in the indexes. */
function writesOf(item: StoreItem, table: TableRecord): Write[] {
  const { puts } = dynalite.getIndexActions(table.GlobalSecondaryIndexes ?? [], null, item, table);
  return [
    { key: `item-${table.TableName}~${dynalite.createKey(item, table)}`, value: item },
    ...puts.map(({ index, key, item: row }) => ({
      key: `index-global~${table.TableName}~${index}~${key}`,
      value: row,
    })),
  ];
}

const write = ({ db }: Store, batch: Write[]): Promise<void> =>
  db.batch(batch.map((each) => ({ type: 'put' as const, ...each })));
