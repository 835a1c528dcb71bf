/** Values with revisions as items of a DynamoDB table with the keys `pk` and `sk`. */
import { randomBytes, randomInt } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { putRevision, readItem, removeRevision, type TableItem } from './conditional-write.ts';
import type { RevisedStore } from './revised-item.ts';

export type ItemKey = { pk: { S: string }; sk: { S: string } };

/** How values of one kind become items. */
export interface ItemForm<Key, T> {
  keyOf(key: Key): ItemKey;
  /** What indexes and the table's expiry need. The value itself is one attribute, as JSON. */
  attributesOf(value: T): TableItem;
  /** @throws if the record is not of this kind */
  parse(record: unknown): T;
}

/** The value in an item. */
export const valueIn = <T>(item: TableItem, { parse }: Pick<ItemForm<never, T>, 'parse'>): T =>
  parse(JSON.parse(item['record']?.S ?? 'null'));

/**
 * The revision after another one. The first is random: the SDK may repeat a removal whose answer was lost, and by then another item can have
 * the key, which must not have the revision that is removed.
 */
const revisionAfter = (replaced: number | undefined): number => (replaced ?? randomInt(2 ** 40)) + 1;

const marks = { revision: 'revision', write: 'write' };

export const revisedItems = <Key, T>(
  client: DynamoDBClient,
  table: string,
  form: ItemForm<Key, T>,
): RevisedStore<Key, T> => ({
  async read(key) {
    const item = await readItem(client, table, form.keyOf(key));
    return item && { value: valueIn(item, form), revision: Number(item['revision']?.N) };
  },

  async write(key, value, replaced) {
    if (value === undefined)
      return (await removeRevision(client, table, marks, form.keyOf(key), replaced)) === 'written';
    const item = {
      ...form.keyOf(key),
      ...form.attributesOf(value),
      record: { S: JSON.stringify(value) },
      revision: { N: `${revisionAfter(replaced)}` },
      write: { S: randomBytes(9).toString('base64url') },
    };
    return (await putRevision(client, table, marks, item, replaced)) === 'written';
  },
});
