/** Lists of routes in the State table, against DynamoDB in memory. */
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { routeReader, routeWriter } from '../../../../shared/deliveries/route/route-table.ts';
import { type Routes, routesVersionOf } from '../../../../shared/deliveries/route/routes.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';

const { client, sent, createTable } = givenDynamodb();
let table: string;
beforeEach(async () => {
  table = await createTable({ hash: 'pk', indexes: { list: { hash: 'kind', range: 'name' } } });
});

const routes = (id = 'paid'): Routes => ({
  mode: 'first',
  rules: [{ id, when: { type: ['a'] }, transform: 'data', to: { id: 'dst_1', name: 'shop' } }],
});
const reads = () => sent.filter(({ name }) => name === 'GetItem').length;

test('a list is read by its version as it was put', async () => {
  const list = routesVersionOf(routes());
  await routeWriter(client, table)(list);
  expect(await routeReader(client, table).read(list.version)).toEqual(routes());
});

test('a list that is put again stays as it is', async () => {
  const list = routesVersionOf(routes());
  const put = routeWriter(client, table);
  await put(list);
  await put(list);
  await put({ ...list, content: 'other' });
  expect(await routeReader(client, table).read(list.version)).toEqual(routes());
});

test('a list has no row in the index, and is under its version', async () => {
  const list = routesVersionOf(routes());
  await routeWriter(client, table)(list);
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: { pk: { S: `routes#${list.version}` } } }),
  );
  expect(Item).toEqual({ pk: { S: `routes#${list.version}` }, record: { S: list.content } });
});

test('a failed write is reported', async () => {
  await expect(routeWriter(client, 'no-table')(routesVersionOf(routes()))).rejects.toThrow('resource not found');
});

describe('a reader', () => {
  test('reads a list once, also if it is asked for twice at the same time, and strongly consistently', async () => {
    const list = routesVersionOf(routes());
    await routeWriter(client, table)(list);
    const { read } = routeReader(client, table);
    sent.length = 0;
    expect(await Promise.all([read(list.version), read(list.version)])).toEqual([routes(), routes()]);
    expect(await read(list.version)).toEqual(routes());
    expect(sent).toMatchObject([{ name: 'GetItem', input: { ConsistentRead: true } }]);
  });

  test('finds a list that is put after it looked in vain', async () => {
    const list = routesVersionOf(routes());
    const { read } = routeReader(client, table);
    expect(await read(list.version)).toBeUndefined();
    await routeWriter(client, table)(list);
    expect(await read(list.version)).toEqual(routes());
  });

  test.each([
    ['can not be reached', undefined],
    ['has something else there', 'not JSON'],
  ])('keeps no failure: the table %s', async (_, record) => {
    const list = routesVersionOf(routes());
    const own = record === undefined ? await createTable({ hash: 'pk' }, `later-${list.version}`) : table;
    const { read } = routeReader(client, record === undefined ? 'no-table' : own);
    if (record !== undefined)
      await client.send(
        new UpdateItemCommand({
          TableName: own,
          Key: { pk: { S: `routes#${list.version}` } },
          UpdateExpression: 'SET #record = :record',
          ExpressionAttributeNames: { '#record': 'record' },
          ExpressionAttributeValues: { ':record': { S: record } },
        }),
      );
    sent.length = 0;
    await expect(read(list.version)).rejects.toThrow();
    await expect(read(list.version)).rejects.toThrow();
    expect(reads()).toBe(2);
  });

  test('keeps the last 500 lists', async () => {
    const lists = Array.from({ length: 501 }, (_, at) => routesVersionOf(routes(`r${at}`)));
    const put = routeWriter(client, table);
    await Promise.all(lists.map(put));
    const { read } = routeReader(client, table);
    for (const { version } of lists) await read(version);
    sent.length = 0;
    await read(lists[1]?.version ?? '');
    expect(reads()).toBe(0);
    await read(lists[0]?.version ?? '');
    expect(reads()).toBe(1);
  });
});

describe('the version of a list', () => {
  const text = fc.string({ maxLength: 4 });
  const rule = fc.record(
    {
      id: fc.constantFrom('a', 'b'),
      when: fc.dictionary(text, fc.array(text)),
      transform: text,
      to: fc.record({ id: fc.constantFrom('d1', 'd2'), name: fc.constantFrom('shop', 'books') }),
    },
    { requiredKeys: ['id', 'to'] },
  );
  const list: fc.Arbitrary<Routes> = fc.record({
    mode: fc.constantFrom('all', 'first'),
    rules: fc.array(rule, { maxLength: 3 }),
  });

  test('is that of no other list', () => {
    fc.assert(
      fc.property(list, list, (one, other) => {
        const isSame =
          JSON.stringify([
            one.mode,
            one.rules.map((each) => [each.id, each.when ?? 0, each.transform ?? 0, each.to.id, each.to.name]),
          ]) ===
          JSON.stringify([
            other.mode,
            other.rules.map((each) => [each.id, each.when ?? 0, each.transform ?? 0, each.to.id, each.to.name]),
          ]);
        expect(routesVersionOf(one).version === routesVersionOf(other).version).toBe(isSame);
      }),
    );
  });

  test('does not depend on the order of the fields of a rule', () => {
    const [{ id, when, transform, to } = { id: '', to: { id: '', name: '' } }] = routes().rules;
    const turned = { rules: [{ to: { name: to.name, id: to.id }, transform, when, id }], mode: 'first' } as Routes;
    expect(routesVersionOf(turned)).toEqual(routesVersionOf(routes()));
  });

  test('is a digest in hexadecimal', () => {
    expect(routesVersionOf(routes()).version).toMatch(/^[0-9a-f]{64}$/);
  });
});
