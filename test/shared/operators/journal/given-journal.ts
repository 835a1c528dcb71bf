/** The Journal table in memory, for tests of the modules that read and write it. */
import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, beforeEach } from '@jest/globals';
import { givenDynamodb } from '../../given-dynamodb.ts';

type Item = Record<string, AttributeValue>;

const keyOf = ({ pk, sk }: Item): Item => ({ pk: pk ?? { S: '' }, sk: sk ?? { S: '' } });

/** Makes the table for the tests of a file. It is empty when a test begins. */
export function givenJournal() {
  const { client, sent, createTable } = givenDynamodb();
  const TableName = 'journal';

  beforeAll(() => createTable({ hash: 'pk', range: 'sk' }, TableName));
  beforeEach(async () => {
    // A scan has at most 1 MB.
    for (let items = await scan(); items.length > 0; items = await scan())
      for (const item of items) await client.send(new DeleteItemCommand({ TableName, Key: keyOf(item) }));
  });

  async function scan(): Promise<Item[]> {
    return (await client.send(new ScanCommand({ TableName }))).Items ?? [];
  }

  /** The stored item of these keys. */
  async function itemAt(pk: string, sk: string): Promise<Item | undefined> {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    return (await client.send(new GetItemCommand({ TableName, Key }))).Item;
  }

  /** Stores an item as it is. */
  async function store(pk: string, sk: string, attributes: Item = {}): Promise<void> {
    const Item = { pk: { S: pk }, sk: { S: sk }, ...attributes };
    await client.send(new PutItemCommand({ TableName, Item }));
  }

  return { client, table: TableName, sent, itemAt, store };
}
