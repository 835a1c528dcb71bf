import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { type RelayTable, relayTable } from '../../../../shared/events/bus/relay-table.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';

const { client, sent, createTable } = givenDynamodb();
let table: string;
let relay: RelayTable;
beforeEach(async () => {
  table = await createTable({ hash: 'pk', range: 'sk' });
  relay = relayTable(client, table);
});

const noon = new Date('2026-03-01T12:00:00.000Z');
const later = (seconds: number): Date => new Date(noon.getTime() + seconds * 1000);
const text = (seconds: number): string => later(seconds).toISOString();
const itemAt = async (pk: string, sk: string) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } } }))).Item;

describe('the position of the relay', () => {
  test('is empty before its first batch', async () => {
    expect(await relay.position()).toEqual({ alive: undefined, behind: [] });
  });

  test('has the times of its first and its last batch', async () => {
    for (const seconds of [0, 60, 120]) await relay.beat(later(seconds));
    expect(await relay.position()).toEqual({ alive: { since: text(0), at: text(120) }, behind: [] });
  });

  test('has each record that the relay is behind with, and when that was last noted', async () => {
    await relay.beat(later(0));
    await relay.noteBehind('101', later(1), later(20));
    await relay.noteBehind('102', later(2), later(21));
    await relay.noteBehind('101', later(1), later(40));
    const [one, other] = [
      { since: text(1), at: text(40) },
      { since: text(2), at: text(21) },
    ];
    expect(await relay.position()).toEqual({ alive: { since: text(0), at: text(0) }, behind: [one, other] });
    await relay.forgetBehind('101');
    expect((await relay.position()).behind).toEqual([other]);
  });

  test('may have a record that it is behind with before its first batch is done', async () => {
    await relay.noteBehind('101', later(1), later(20));
    expect(await relay.position()).toEqual({ alive: undefined, behind: [{ since: text(1), at: text(20) }] });
  });

  test('is read with a strongly consistent read', async () => {
    await relay.position();
    expect(sent.at(-1)).toMatchObject({ name: 'Query', input: { ConsistentRead: true } });
  });

  test('keeps a note of a record for 30 days', async () => {
    await relay.noteBehind('101', later(1), later(20.9));
    expect(await itemAt('relay', 'behind#101')).toMatchObject({
      expiresAt: { N: String(Date.parse('2026-03-31T12:00:20Z') / 1000) },
    });
  });
});

describe('an event that was given up', () => {
  const event = { connectionId: 'c1', id: 'evt_1' };
  const givenUp = { replays: 2, code: 'MalformedDetail', at: text(5) };

  test('is noted until it expires', async () => {
    await relay.noteGivenUp({ ...event, expiresAt: 1_777_777_777 }, givenUp);
    expect(await relay.readGivenUp(event)).toEqual(givenUp);
    expect(sent.at(-1)).toMatchObject({ name: 'GetItem', input: { ConsistentRead: true } });
    expect(await itemAt('given_up#c1', 'evt_1')).toMatchObject({ expiresAt: { N: '1777777777' } });
  });

  test('is noted again after a replay that failed too', async () => {
    await relay.noteGivenUp({ ...event, expiresAt: 1 }, givenUp);
    const again = { replays: 3, code: 'RequestEntityTooLarge', at: text(9) };
    await relay.noteGivenUp({ ...event, expiresAt: 1 }, again);
    expect(await relay.readGivenUp(event)).toEqual(again);
  });

  test('is forgotten once it is published', async () => {
    await relay.noteGivenUp({ ...event, expiresAt: 1 }, givenUp);
    await relay.forgetGivenUp(event);
    expect(await relay.readGivenUp(event)).toBeUndefined();
  });

  test('is in the list of its connection', async () => {
    for (const [connectionId, id] of [
      ['c1', 'evt_1'],
      ['c1', 'evt_2'],
      ['c2', 'evt_3'],
    ] as const)
      await relay.noteGivenUp({ connectionId, id, expiresAt: 1 }, givenUp);
    expect(await relay.givenUpOf('c1')).toEqual(['evt_1', 'evt_2']);
    expect(await relay.givenUpOf('c3')).toEqual([]);
  });
});
