import type { Item, Store } from 'dynalite/db/index.js';
import type { StoreWrite, TableStream } from './table-stream.ts';

/** The store's internal methods, which get keys and values already encoded as text. */
interface TextStore {
  _get(key: string, options: object): Promise<string | undefined>;
  _put(key: string, value: string, options: object): Promise<void>;
  _del(key: string, options: object): Promise<void>;
  _batch(writes: StoreWrite[], options: object): Promise<void>;
}

/**
 * If a table has a stream, each write of its items goes through that stream. dynalite locks an item before it reads
 * it, and keeps the lock until the write is done. So the item read here is the one that the write replaces.
 * @param streams by the table's name
 */
export function captureChanges({ db }: Store, streams: ReadonlyMap<string, TableStream>): void {
  const store = db as unknown as TextStore;
  const [put, del] = [store._put.bind(db), store._del.bind(db)];
  const streamOf = (key: string) => streams.get(/^item-([^~]+)~/.exec(key)?.[1] ?? '');
  const commit = async (stream: TableStream, write: StoreWrite, item?: Item): Promise<void> => {
    const old = await store._get(write.key, { keyEncoding: 'utf8', valueEncoding: 'utf8' });
    const change = { old: old === undefined ? undefined : JSON.parse(old), item };
    await stream.commit(write, change, (writes) => store._batch(writes, {}));
  };
  store._put = (key, value, options) => {
    const stream = streamOf(key);
    return stream ? commit(stream, { type: 'put', key, value }, JSON.parse(value)) : put(key, value, options);
  };
  store._del = (key, options) => {
    const stream = streamOf(key);
    return stream ? commit(stream, { type: 'del', key }) : del(key, options);
  };
}
