import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import dynalite, { type Store, type TableRecord } from 'dynalite/db/index.js';

/**
 * Opens dynalite's store in a folder, which is created (mode 0700) if it is missing. Every acknowledged write is on the
 * disk. Throws an Error that names the folder if another process has it open or it can't be read.
 */
export async function openStore(folder: string, region: string, accountId: string): Promise<Store> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const store = dynalite.create({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  syncWrites(store);
  Object.assign(store.tableDb, { awsRegion: region, awsAccountId: accountId });
  try {
    await store.db.open();
  } catch (error) {
    const { code = 'unknown', message = '' } = (error as { cause?: { code?: string; message?: string } }).cause ?? {};
    // Opening the store writes to the disk: LevelDB first moves its write-ahead log into a table.
    throw /No space left/.test(message) ? diskFull(folder) : cannotOpen(folder, code);
  }
  const lost = droppedBytes(folder);
  if (lost > 0) {
    await store.lifecycleManager.gracefulClose();
    throw new Error(
      `The last writes in the data folder ${folder} were damaged: ${lost} bytes are lost. If the machine lost power, these  ` +
        'writes had not been acknowledged; otherwise check its disk. Restore a backup, or start again to continue without them.',
    );
  }
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

/**
 * The number of bytes that LevelDB dropped from its write-ahead log when the store was last opened. LevelDB opens in
 * spite of such a loss and reports it only in its LOG file.
 */
function droppedBytes(folder: string): number {
  const log = readFileSync(join(folder, 'LOG'), 'utf8');
  return [...log.matchAll(/: dropping (\d+) bytes; /g)].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
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

function diskFull(folder: string): Error {
  return new Error(`The disk of the data folder ${folder} is full: free at least 10 MB, then start again.`);
}

function cannotOpen(folder: string, code: string): Error {
  if (code === 'LEVEL_LOCKED') {
    return new Error(
      `The data folder ${folder} is in use by another process: stop that process, or choose another folder.`,
    );
  }
  return new Error(
    `The data folder ${folder} can't be read (${code}): its files are damaged, or not Hooklatch's. ` +
      'Restore it from a backup, or move it away to start with an empty one.',
  );
}
