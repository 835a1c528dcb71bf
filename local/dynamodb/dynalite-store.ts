import { mkdirSync } from 'node:fs';
import dynalite, { type Store, type TableRecord } from 'dynalite/db/index.js';
import { cannotOpen, openDatabase } from '../data-folder/open-database.ts';

/**
 * Opens dynalite's store in a folder, which is created (mode 0700) if it is missing. Every acknowledged write is on the
 * disk. Throws an Error that names the folder if another process has it open or it can't be read.
 */
export async function openStore(folder: string, region: string, accountId: string): Promise<Store> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const store = dynalite.create({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  syncWrites(store);
  Object.assign(store.tableDb, { awsRegion: region, awsAccountId: accountId });
  const close = () => store.lifecycleManager.gracefulClose();
  await openDatabase({ open: () => store.db.open(), close }, folder);
  return store;
}

/**
 * The entries whose key starts with the prefix, with their values as JSON. dynalite's keys are `table~<name>`,
 * `item-<table>~<key>` and `index-global~<table>~<index>~<key>`. Throws an Error that names the folder if an entry
 * can't be read.
 */
export async function* entries(store: Store, prefix: string): AsyncGenerator<[key: string, json: string]> {
  try {
    // After the prefix comes the first character of a name or a hash, which is always ASCII.
    yield* store.db.iterator<string, string>({ gte: prefix, lt: `${prefix}\x7f`, valueEncoding: 'utf8' });
  } catch (error) {
    throw cannotOpen(folderOf(store), (error as { code?: string }).code ?? 'unknown');
  }
}

/** Reads the records of all tables. Completes each table whose creation a crash interrupted. */
export async function readTables(store: Store): Promise<Map<string, TableRecord>> {
  const tables = new Map<string, TableRecord>();
  for await (const [key, json] of entries(store, 'table~')) {
    const table = parseTable(json);
    if (!table) throw cannotOpen(folderOf(store), `the record of ${key}`);
    tables.set(table.TableName, table);
    if (table.TableStatus !== 'ACTIVE') await markActive(store, table);
  }
  return tables;
}

/** Marks a table in the state CREATING as ready. */
export async function markActive(store: Store, table: TableRecord): Promise<void> {
  table.TableStatus = 'ACTIVE';
  for (const index of table.GlobalSecondaryIndexes ?? []) index.IndexStatus = 'ACTIVE';
  await store.db.put(`table~${table.TableName}`, table);
}

function parseTable(json: string): TableRecord | undefined {
  try {
    const table: Partial<TableRecord> | null = JSON.parse(json);
    return table?.KeySchema && table.TableName ? (table as TableRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** The folder of a store's files. */
export function folderOf(store: Store): string {
  return (store.db as unknown as { location: string }).location;
}

/** Makes every write synchronous. dynalite does not ask LevelDB for that, so a power cut could lose writes. */
function syncWrites({ db }: Store): void {
  type Method = (...args: unknown[]) => Promise<void>;
  const methods = db as unknown as Record<'_put' | '_del' | '_batch', Method>;
  for (const name of ['_put', '_del', '_batch'] as const) {
    const write = methods[name].bind(db);
    methods[name] = (...args) => {
      const options = args.pop() as object;
      return write(...args, { ...options, sync: true });
    };
  }
}
