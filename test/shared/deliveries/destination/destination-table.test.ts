/** Destinations in the State table, against DynamoDB in memory. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import {
  type Destination,
  type DestinationRecord,
  newDestination,
  nextDestination,
} from '../../../../shared/deliveries/destination/destination.ts';
import {
  type DestinationTable,
  destinationOfDelivery,
  destinationTable,
} from '../../../../shared/deliveries/destination/destination-table.ts';
import { newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import { stateTable } from '../../../../shared/endpoints/endpoint/state-table.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';

const { client, createTable } = givenDynamodb();
const now = new Date('2026-03-01T12:00:00.000Z');
const settings = {
  description: '',
  origin: 'https://a.example',
  headerNames: [] as string[],
  authKind: 'none',
  timeoutSeconds: 15,
  giveUpAfterHours: 72,
} as const;

let table: string;
let destinations: DestinationTable;
beforeEach(async () => {
  table = await createTable({ hash: 'pk', indexes: { list: { hash: 'kind', range: 'name' } } });
  destinations = destinationTable(client, table);
});

const begun = (name: string, version = 1): DestinationRecord => ({
  name,
  version,
  pending: { secret: `hooklatch/dev/destination/${name}/1`, since: now.toISOString() },
});
const made = (name: string): Destination =>
  newDestination(
    begun(name) as never,
    { ...settings, name, method: 'POST' },
    { id: `dst_${name}`, secret: 'arn:1', valueId: 'v1' },
    { by: 'op_1', now },
  );
async function write(...names: string[]): Promise<void> {
  const results: string[] = [];
  for (const name of names)
    for (const record of [begun(name), made(name)]) results.push(await destinations.put(record, 'r1'));
  expect(results).toEqual(names.flatMap(() => ['written', 'written']));
}

test('a record is written under its name, and read as it was written', async () => {
  expect(await destinations.put(begun('shop'), 'r1')).toBe('written');
  expect(await destinations.read('shop')).toEqual(begun('shop'));
  expect(await destinations.put(made('shop'), 'r2')).toBe('written');
  expect(await destinations.read('shop')).toEqual(made('shop'));
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: 'destination#shop' } } }));
  expect(Item).toMatchObject({
    kind: { S: 'destination' },
    name: { S: 'shop' },
    version: { N: '2' },
    requestId: { S: 'r2' },
  });
  expect(await destinations.read('store')).toBeUndefined();
});

test.each(['edit', 'pause', 'resume', 'revealSecret', 'rotateSecret', 'delete'] as const)(
  'a record of the step %s is read as it was written',
  async (verb) => {
    await write('shop');
    const next = nextDestination(made('shop'), {}, { verb, by: 'op_1', at: now.toISOString() });
    expect(await destinations.put(next, 'r3')).toBe('written');
    expect(await destinations.read('shop')).toEqual(next);
  },
);

test('a record of an earlier version of the program has the defaults of what it lacks', async () => {
  const {
    giveUpAfterHours: _hours,
    status: _status,
    pausedMs: _pausedMs,
    generation: _generation,
    ...old
  } = made('shop');
  await destinations.put(begun('shop'), 'r1');
  await destinations.put(old as Destination, 'r1');
  const found = await destinations.read('shop');
  expect(found).toMatchObject({ giveUpAfterHours: 72, status: 'active', pausedMs: 0, generation: 1 });
  expect(found).toEqual(made('shop'));
});

test.each([
  ['made', 'dst_shop', made('shop'), made('shop')],
  ['made anew under the same name', 'dst_old', made('shop'), undefined],
  ['being made', 'dst_shop', begun('shop'), undefined],
])('a delivery to a destination that is %s finds it or not', async (_, id, record, found) => {
  const read = async (name: string) => (name === 'shop' ? record : undefined);
  expect(await destinationOfDelivery({ id, name: 'shop' }, { read })).toEqual(found);
  expect(await destinationOfDelivery({ id, name: 'store' }, { read })).toBeUndefined();
});

test('a record is written only over the version before it', async () => {
  await write('shop');
  expect(await destinations.put(begun('shop'), 'r3')).toBe('lost');
  expect(await destinations.put({ ...made('shop'), version: 4 }, 'r3')).toBe('lost');
  expect(await destinations.put({ ...made('shop'), version: 3 }, 'r3')).toBe('written');
});

test('only the version that was read is removed, and a repeated removal succeeds', async () => {
  await write('shop');
  expect(await destinations.remove({ ...made('shop'), version: 1 })).toBe('lost');
  expect(await destinations.remove(made('shop'))).toBe('written');
  expect(await destinations.remove(made('shop'))).toBe('written');
  expect(await destinations.read('shop')).toBeUndefined();
});

test.each([1, 2, 3])('the list has finished destinations by name, in pages of %i, and no connection', async (limit) => {
  await write('c', 'a', 'd');
  await destinations.put(begun('b'), 'r1');
  const connection = newConnection({ name: 'aa', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now });
  await stateTable(client, table).openConnection(connection, 'r1');
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const { destinations: found, next } = await destinations.list(limit, after);
    pages.push(found.map(({ name }) => name));
    after = next;
  } while (after !== undefined);
  expect(pages.flat()).toEqual(['a', 'c', 'd']);
  expect(pages[0]).toEqual(limit === 3 ? ['a', 'c'] : ['a']);
  expect((await stateTable(client, table).listConnections(10)).connections.map(({ name }) => name)).toEqual(['aa']);
});
