/** Steps for tests of a table's stream without the rest of the runtime: a stream, and writes that it records. */
import { afterEach } from '@jest/globals';
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
 * @returns the stream, and `add`, which writes new items to the table
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
  return { stream, add };
}
