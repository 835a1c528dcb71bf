/** The State table's modules against DynamoDB in memory. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Connection, newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import { type StateTable, stateReader, stateTable } from '../../../../shared/endpoints/endpoint/state-table.ts';
import { emptyRoster, type Roster } from '../../../../shared/operators/operator/roster.ts';
import { type RosterTable, rosterTable } from '../../../../shared/operators/operator/roster-table.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';

const { client, sent, createTable } = givenDynamodb();
const now = new Date('2026-03-01T12:00:00.000Z');

let table: string;
let state: StateTable;
let rosters: RosterTable;

beforeEach(async () => {
  table = await createTable({ hash: 'pk', indexes: { list: { hash: 'kind', range: 'name' } } });
  state = stateTable(client, table);
  rosters = rosterTable(client, table);
  sent.length = 0;
});

const connection = (name: string, version = 1): Connection => ({
  ...newConnection({ name, provider: 'generic', description: '' }, `id-of-${name}`, { by: 'op_1', now }),
  version,
});

const roster = (version: number, ...ids: string[]): Roster => ({
  version,
  operators: ids.map((id) => ({
    id,
    name: id,
    role: 'connection_admin',
    digest: 'd1',
    createdAt: '2026-02-01T12:00:00.000Z',
    createdBy: 'bootstrap',
  })),
});

const itemOf = async (pk: string) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: pk } } }))).Item;

describe('a connection', () => {
  test('is written under its name, with the request that wrote it', async () => {
    expect(await state.openConnection(connection('orders'), 'r1')).toBe('written');
    expect(await itemOf('connection#orders')).toEqual({
      pk: { S: 'connection#orders' },
      kind: { S: 'connection' },
      name: { S: 'orders' },
      version: { N: '1' },
      requestId: { S: 'r1' },
      record: { S: expect.stringContaining('"id":"id-of-orders"') },
    });
  });

  test('is read as it was written', async () => {
    await state.openConnection(connection('orders'), 'r1');
    expect(await state.readConnection('orders')).toEqual(connection('orders'));
    expect(await stateReader(client, table).readConnection('orders')).toEqual(connection('orders'));
    expect(await state.readConnection('invoices')).toBeUndefined();
  });

  test('is not read without its required fields', async () => {
    const { provider: _, ...incomplete } = connection('orders');
    await state.openConnection(incomplete as Connection, 'r1');
    await expect(state.readConnection('orders')).rejects.toThrow('provider');
  });
});

describe('every read of a record', () => {
  test('is strongly consistent, because a request must see every earlier change', async () => {
    await state.readConnection('orders');
    await stateReader(client, table).readConnection('orders');
    await rosters.readRoster();
    const read = (pk: string) => ({
      name: 'GetItem',
      input: { TableName: table, Key: { pk: { S: pk } }, ConsistentRead: true },
    });
    expect(sent).toEqual([read('connection#orders'), read('connection#orders'), read('operators')]);
  });
});

/** What a request did earlier, what a request does now, and the result. */
type Write = [title: string, earlier: [version: number, request: string][], now: [number, string], expected: string];

describe.each(['connection', 'roster'] as const)('a write of a %s', (kind) => {
  const write = (version: number, request: string) =>
    kind === 'roster'
      ? rosters.replaceRoster(roster(version, request), request)
      : state.replaceConnection({ ...connection('orders', version), description: request }, request);
  const writer = async () =>
    kind === 'roster'
      ? (await rosters.readRoster()).operators[0]?.id
      : (await state.readConnection('orders'))?.description;

  test.each<Write>([
    ['makes the first version', [], [1, 'r1'], 'written'],
    ['makes the version after the stored one', [[1, 'r1']], [2, 'r2'], 'written'],
    // The SDK repeats a write whose answer was lost.
    ['succeeds if the same request already wrote this version', [[1, 'r1']], [1, 'r1'], 'written'],
    [
      'succeeds if the same request already wrote a later version',
      [
        [1, 'r1'],
        [2, 'r2'],
      ],
      [2, 'r2'],
      'written',
    ],
    ['is lost if another request wrote this version', [[1, 'r1']], [1, 'r2'], 'lost'],
    [
      'is lost if another request wrote a later version',
      [
        [1, 'r1'],
        [2, 'r2'],
      ],
      [2, 'r3'],
      'lost',
    ],
    ['is lost if the same request wrote another version', [[1, 'r1']], [3, 'r1'], 'lost'],
    ['is lost if the version before is missing', [], [2, 'r1'], 'lost'],
  ])('%s', async (_, earlier, [version, request], expected) => {
    const outcomes: string[] = [];
    for (const one of earlier) outcomes.push(await write(...one));
    expect(outcomes).toEqual(earlier.map(() => 'written'));
    expect(await write(version, request)).toBe(expected);
    const last = expected === 'written' ? request : earlier.at(-1)?.[1];
    expect(await writer()).toBe(last);
  });

  test('fails if the record is too large for an item, and is not reported as lost', async () => {
    expect(await write(1, 'r1')).toBe('written');
    await expect(write(2, 'r'.repeat(410_000))).rejects.toThrow('Item size');
  });

  test('fails if the table can not be reached', async () => {
    table = 'another';
    state = stateTable(client, table);
    rosters = rosterTable(client, table);
    await expect(write(1, 'r1')).rejects.toThrow('resource not found');
  });
});

describe('a removal', () => {
  beforeEach(async () => {
    await state.openConnection(connection('orders'), 'r1');
    await state.replaceConnection(connection('orders', 2), 'r2');
  });

  test.each([
    ['removes the version that the request read', 2, 'written'],
    ['is lost if there is a later version', 1, 'lost'],
    ['is lost if the stored version is older', 3, 'lost'],
  ])('%s', async (_, version, expected) => {
    expect(await state.removeConnection(connection('orders', version))).toBe(expected);
    expect((await state.readConnection('orders'))?.version).toBe(expected === 'lost' ? 2 : undefined);
  });

  test('succeeds if the connection is gone, because the answer of the first attempt may be lost', async () => {
    expect(await state.removeConnection(connection('invoices'))).toBe('written');
  });

  test('fails if the table can not be reached', async () => {
    await expect(stateTable(client, 'another').removeConnection(connection('orders', 2))).rejects.toThrow(
      'resource not found',
    );
  });
});

describe('the list of connections', () => {
  const list = async (limit: number, after?: string) => {
    const { connections, next } = await state.listConnections(limit, after);
    return { names: connections.map(({ name }) => name), next };
  };

  beforeEach(async () => {
    for (const name of ['orders', 'accounts', 'invoices']) await state.openConnection(connection(name), 'r1');
    await rosters.replaceRoster(roster(1, 'op_1'), 'r2');
  });

  test('is sorted by name, and does not contain the roster', async () => {
    expect(await list(10)).toEqual({ names: ['accounts', 'invoices', 'orders'], next: undefined });
  });

  test('has pages', async () => {
    expect(await list(1)).toEqual({ names: ['accounts'], next: 'accounts' });
    expect(await list(2)).toEqual({ names: ['accounts', 'invoices'], next: 'invoices' });
    expect(await list(2, 'invoices')).toEqual({ names: ['orders'], next: undefined });
    expect(await list(2, 'orders')).toEqual({ names: [], next: undefined });
  });

  test('continues after a name that is gone', async () => {
    expect(await list(10, 'b')).toEqual({ names: ['invoices', 'orders'], next: undefined });
  });
});

test('a new deployment has an empty roster', async () => {
  expect(await rosters.readRoster()).toEqual(emptyRoster);
});

test('a roster is read as it was written', async () => {
  await rosters.replaceRoster(roster(1, 'op_1', 'op_2'), 'r1');
  expect(await rosters.readRoster()).toEqual(roster(1, 'op_1', 'op_2'));
  expect(await itemOf('operators')).toEqual({
    pk: { S: 'operators' },
    version: { N: '1' },
    requestId: { S: 'r1' },
    record: { S: expect.stringContaining('"op_2"') },
  });
});
