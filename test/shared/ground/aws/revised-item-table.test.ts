/** Values with revisions, against DynamoDB in memory. */
import { beforeEach, expect, test } from '@jest/globals';
import { revise } from '../../../../shared/ground/aws/revised-item.ts';
import { type ItemForm, revisedItems } from '../../../../shared/ground/aws/revised-item-table.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';

const { client, sent, createTable } = givenDynamodb();
const form: ItemForm<string, { n: number }> = {
  keyOf: (key) => ({ pk: { S: key }, sk: { S: '-' } }),
  attributesOf: ({ n }) => ({ n: { N: `${n}` } }),
  parse: (record) => record as { n: number },
};

let items: ReturnType<typeof revisedItems<string, { n: number }>>;
beforeEach(async () => {
  items = revisedItems(client, await createTable({ hash: 'pk', range: 'sk' }), form);
});

const revisionOf = async (key: string): Promise<number> => (await items.read(key))?.revision ?? Number.NaN;

test('the first write needs that there is none, and each later one the revision that it replaces', async () => {
  expect(await items.read('a')).toBeUndefined();
  expect(await items.write('a', { n: 1 }, 1)).toBe(false);
  expect(await items.write('a', { n: 1 }, undefined)).toBe(true);
  expect(await items.write('a', { n: 2 }, undefined)).toBe(false);
  const first = await revisionOf('a');
  expect(await items.read('a')).toEqual({ value: { n: 1 }, revision: first });
  expect(await items.write('a', { n: 2 }, first + 1)).toBe(false);
  expect(await items.write('a', { n: 2 }, first)).toBe(true);
  expect(await items.read('a')).toEqual({ value: { n: 2 }, revision: first + 1 });
  expect(await items.read('b')).toBeUndefined();
});

test('exactly one revision is removed, and an item that is gone counts as removed', async () => {
  await items.write('a', { n: 1 }, undefined);
  const first = await revisionOf('a');
  expect(await items.write('a', undefined, first + 1)).toBe(false);
  expect(await items.write('a', undefined, first)).toBe(true);
  expect(await items.write('a', undefined, first)).toBe(true);
  expect(await items.read('a')).toBeUndefined();
});

test('a removal that is repeated late does not remove what was made since', async () => {
  await items.write('a', { n: 1 }, undefined);
  const first = await revisionOf('a');
  await items.write('a', undefined, first);
  await items.write('a', { n: 2 }, undefined);
  expect(await items.write('a', undefined, first)).toBe(false);
  expect((await items.read('a'))?.value).toEqual({ n: 2 });
});

test('reads are strongly consistent', async () => {
  await items.read('a');
  expect(sent.at(-1)).toMatchObject({ name: 'GetItem', input: { ConsistentRead: true } });
});

/** Repeats each write as the SDK does after a lost answer, and gives the answer of the second one. */
function withLostAnswers(): void {
  const send = client.send.bind(client);
  client.send = (async (command: never) => {
    const name = (command as object).constructor.name;
    if (name !== 'GetItemCommand') await send(command);
    return send(command);
  }) as typeof client.send;
}

test('a write whose answer was lost is written once, and known as written', async () => {
  const { send } = client;
  withLostAnswers();
  try {
    expect(await items.write('a', { n: 1 }, undefined)).toBe(true);
    expect(await revise(items, 'a', (value) => ({ n: (value?.n ?? 0) + 1 }))).toEqual({
      value: { n: 2 },
      written: true,
    });
    expect(await items.write('a', { n: 9 }, 1)).toBe(false);
    expect(await items.write('a', undefined, await revisionOf('a'))).toBe(true);
  } finally {
    client.send = send;
  }
});

test('a failure that is none of the condition is thrown', async () => {
  const elsewhere = revisedItems(client, 'no-such-table', form);
  await expect(elsewhere.write('a', { n: 1 }, undefined)).rejects.toThrow('Requested resource not found');
});
