/** Steps for tests of a table's stream without the rest of the runtime: a stream, and writes that it records. */
import { afterEach, jest } from '@jest/globals';
import type { Item, TableRecord } from 'dynalite/db/index.js';
import { openStore } from '../../../local/dynamodb/dynalite-store.ts';
import { TableStream } from '../../../local/dynamodb/table-stream.ts';
import { temporaryFolder } from '../assembly-fixture.ts';

const table: TableRecord = {
  TableName: 'Data',
  TableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/Data',
  TableStatus: 'ACTIVE',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
};

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/**
 * Opens the stream of an empty table, which is closed after the test.
 * @returns the stream; `add`, which writes new items to the table; `failNextBatch`, after which one write fails; and `reopen`, the
 * stream as the next start opens it
 */
export async function aTableStream(now: () => Date) {
  const store = await openStore(temporaryFolder(), 'eu-central-1', '123456789012');
  const stream = await TableStream.open(store, table, now);
  endings.push(async () => {
    stream.close();
    await store.lifecycleManager.gracefulClose();
  });
  async function add(...items: Item[]): Promise<void> {
    for (const item of items) {
      const key = `item-Data~${JSON.stringify(item['id'])}`;
      await stream.commit({ type: 'put', key, value: JSON.stringify(item) }, { old: undefined, item }, (writes) =>
        store.db.batch(writes.map((write) => ({ ...write, valueEncoding: 'utf8' }))),
      );
    }
  }
  function failNextBatch(): void {
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    jest.spyOn(store.db, 'batch').mockImplementationOnce(() => {
      throw full;
    });
  }
  async function reopen(): Promise<TableStream> {
    const reopened = await TableStream.open(store, table, now);
    endings.unshift(async () => reopened.close());
    return reopened;
  }
  return { stream, add, failNextBatch, reopen };
}
