/** Values with revisions as items of a DynamoDB table with the keys `pk` and `sk`. */
import { randomBytes, randomInt } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { RevisedStore } from './revised-item.ts';

export type ItemKey = { pk: { S: string }; sk: { S: string } };
type Item = Record<string, AttributeValue>;

/** How values of one kind become items. */
export interface ItemForm<Key, T> {
  keyOf(key: Key): ItemKey;
  /** What indexes and the table's expiry need. The value itself is one attribute, as JSON. */
  attributesOf(value: T): Item;
  /** @throws if the record is not of this kind */
  parse(record: unknown): T;
}

/** The value in an item. */
export const valueIn = <T>(item: Item, { parse }: Pick<ItemForm<never, T>, 'parse'>): T =>
  parse(JSON.parse(item['record']?.S ?? 'null'));

const conditionOf = (replaced: number | undefined): object =>
  replaced === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'revision = :replaced', ExpressionAttributeValues: { ':replaced': { N: `${replaced}` } } };

/**
 * The revision after another one. The first is random: the SDK may repeat a removal whose answer was lost, and by then another item can have
 * the key, which must not have the revision that is removed.
 */
const revisionAfter = (replaced: number | undefined): number => (replaced ?? randomInt(2 ** 40)) + 1;

/**
 * The SDK repeats a write if its answer was lost, and the repeated one then fails by its condition. Each write has an id of its own,
 * by which it is found again.
 */
export function revisedItems<Key, T>(
  client: DynamoDBClient,
  table: string,
  form: ItemForm<Key, T>,
): RevisedStore<Key, T> {
  const readItem = async (key: Key): Promise<Item | undefined> =>
    (await client.send(new GetItemCommand({ TableName: table, Key: form.keyOf(key), ConsistentRead: true }))).Item;

  return {
    async read(key) {
      const item = await readItem(key);
      return item && { value: valueIn(item, form), revision: Number(item['revision']?.N) };
    },

    async write(key, value, replaced) {
      const write = randomBytes(9).toString('base64url');
      try {
        if (value === undefined)
          await client.send(
            new DeleteItemCommand({ TableName: table, Key: form.keyOf(key), ...conditionOf(replaced) }),
          );
        else
          await client.send(
            new PutItemCommand({
              TableName: table,
              Item: {
                ...form.keyOf(key),
                ...form.attributesOf(value),
                record: { S: JSON.stringify(value) },
                revision: { N: `${revisionAfter(replaced)}` },
                write: { S: write },
              },
              ...conditionOf(replaced),
            }),
          );
        return true;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const item = await readItem(key);
        // An item that is gone counts as removed by an earlier attempt of this write.
        return value === undefined ? item === undefined : item?.['write']?.S === write;
      }
    },
  };
}
