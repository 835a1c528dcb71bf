import dynalite, { type IndexRecord, type Item, type Store, type TableRecord } from 'dynalite/db/index.js';
import { entries } from './dynalite-store.ts';

/** Index rows as JSON, by their key in the store. */
type IndexRows = Map<string, string>;

/**
 * Makes the rows of all indexes match the items, and returns how many rows were wrong. The store writes an item and its
 * index row separately. A crash between the two writes leaves one of three faults: a row without an item, a row with
 * another version of its item, or an item without a row. The interrupted write was not acknowledged, so the row may be
 * changed to match the item.
 */
export async function repairIndexes(store: Store, tables: Iterable<TableRecord>): Promise<number> {
  let repaired = 0;
  for (const table of tables) {
    const present = await presentRows(store, table);
    const wanted = await wantedRows(store, table, present);
    const stale = [...present.keys()].filter((key) => !wanted.has(key));
    const wrong = [...wanted].filter(([key, row]) => present.get(key) !== row);
    await store.db.batch([
      ...stale.map((key) => ({ type: 'del' as const, key })),
      ...wrong.map(([key, row]) => ({ type: 'put' as const, key, value: JSON.parse(row) })),
    ]);
    repaired += stale.length + wrong.length;
  }
  return repaired;
}

async function presentRows(store: Store, table: TableRecord): Promise<IndexRows> {
  const rows: IndexRows = new Map();
  for (const { IndexName } of indexesOf(table)) {
    for await (const [key, row] of entries(store, rowPrefix(table, IndexName))) rows.set(key, row);
  }
  return rows;
}

/**
 * The rows that the items should have. Reads every item, even without indexes, so that damaged files show now and not
 * at a later request.
 */
async function wantedRows(store: Store, table: TableRecord, present: IndexRows): Promise<IndexRows> {
  const rows: IndexRows = new Map();
  for await (const [, text] of entries(store, `item-${table.TableName}~`)) {
    const item: Item = JSON.parse(text);
    for (const { index, key, item: row } of dynalite.getIndexActions(indexesOf(table), null, item, table).puts) {
      const rowKey = rowPrefix(table, index) + key;
      // A row's key ends in 24 bits of a hash, so two items can claim the same row. The item that has the row may keep
      // it.
      const isRight = rows.has(rowKey) && rows.get(rowKey) === present.get(rowKey);
      if (!isRight) rows.set(rowKey, JSON.stringify(row));
    }
  }
  return rows;
}

function indexesOf(table: TableRecord): IndexRecord[] {
  return table.GlobalSecondaryIndexes ?? [];
}

function rowPrefix(table: TableRecord, index: string): string {
  return `index-global~${table.TableName}~${index}~`;
}
