import { describe, expect, test } from '@jest/globals';
import { usageTable } from '../../../../shared/events/arrival/usage-table.ts';
import { handshakeCounter } from '../../../../shared/ground/statistics/handshake-count.ts';
import { minuteAdder } from '../../../../shared/ground/statistics/minute-count-table.ts';
import { selfTestTable } from '../../../../shared/operators/journal/self-test-table.ts';
import { givenJournal } from '../../operators/journal/given-journal.ts';

const { client, table, sent, itemAt } = givenJournal();

const usage = usageTable(client, table);
const add = minuteAdder(client, table);
const missing = usageTable(client, 'missing');

/** The time of 31 January 2026 in epoch seconds, as in `expiresAt`. */
const january31 = (time: string) => Date.parse(`2026-01-31T${time}Z`) / 1000;
const day = 86_400;

describe('the events of the last hour', () => {
  const count = (minute: string, events: number, connectionId = 'con_1') =>
    add({ scope: connectionId, minute, add: { events }, lastAt: `${minute}:30.000Z`, records: undefined });
  const lastHour = () => usage.lastHour('con_1', new Date('2026-01-31T12:00:59.999Z'));

  test('are none at first', async () => {
    expect(await lastHour()).toEqual({ counts: [], lastAt: null });
  });

  test('are those of sixty minutes, the present one included', async () => {
    await count('2026-01-31T11:00', 100);
    await count('2026-01-31T11:01', 1);
    await count('2026-01-31T12:00', 2);
    await count('2026-01-31T12:01', 100);
    await count('2026-01-31T12:00', 100, 'con_2');
    expect(await lastHour()).toEqual({
      counts: [
        { minute: '2026-01-31T11:01', count: 1 },
        { minute: '2026-01-31T12:00', count: 2 },
      ],
      lastAt: '2026-01-31T12:00:30.000Z',
    });
  });

  test('are added up from all batches of a minute', async () => {
    await count('2026-01-31T11:59', 5);
    await count('2026-01-31T11:59', 7);
    expect(await lastHour()).toEqual({
      counts: [{ minute: '2026-01-31T11:59', count: 12 }],
      lastAt: '2026-01-31T11:59:30.000Z',
    });
  });

  test('say when the last one came, although a hold ended later', async () => {
    await count('2026-01-31T11:59', 5);
    await add({ scope: 'con_1', minute: '2026-01-31T12:00', add: { released: 3 }, records: undefined });
    expect(await lastHour()).toEqual({
      counts: [
        { minute: '2026-01-31T11:59', count: 5 },
        { minute: '2026-01-31T12:00', count: 0 },
      ],
      lastAt: '2026-01-31T11:59:30.000Z',
    });
  });

  test('are kept for two days', async () => {
    await count('2026-01-31T12:00', 1);
    const { expiresAt } = (await itemAt('count#con_1', '2026-01-31T12:00')) ?? {};
    expect(expiresAt).toEqual({ N: String(january31('12:00') + 2 * day) });
  });
});

describe('the last use', () => {
  const note = (what: string, minute: string, connectionId = 'con_1') =>
    usage.note({ connectionId, what, at: `2026-01-31T${minute}:00.000Z` });

  test('is empty at first', async () => {
    expect(await usage.lastUse('con_1')).toEqual({ tokens: new Map(), lastEventAt: null, handshakes: undefined });
    expect(await usage.lastEventAt('con_1')).toBeNull();
  });

  test('is known for each token and for the connection', async () => {
    await note('token#a', '11:00');
    await note('token#b', '12:00');
    await note('events', '12:00');
    await note('events', '13:00', 'con_2');
    expect(await usage.lastUse('con_1')).toEqual({
      tokens: new Map([
        ['a', '2026-01-31T11:00:00.000Z'],
        ['b', '2026-01-31T12:00:00.000Z'],
      ]),
      lastEventAt: '2026-01-31T12:00:00.000Z',
      handshakes: undefined,
    });
    expect(await usage.lastEventAt('con_1')).toBe('2026-01-31T12:00:00.000Z');
  });

  test('of a token alone is no event', async () => {
    await note('token#a', '11:00');
    expect((await usage.lastUse('con_1')).lastEventAt).toBeNull();
  });

  // The stream's partitions are counted in parallel.
  test('only moves forward', async () => {
    for (const minute of ['12:00', '11:00', '12:30', '12:10']) await note('events', minute);
    expect(await usage.lastEventAt('con_1')).toBe('2026-01-31T12:30:00.000Z');
  });

  test('throws if the table fails, so that the batch is counted again', async () => {
    await expect(missing.note({ connectionId: 'con_1', what: 'events', at: 'now' })).rejects.toThrow();
  });

  test('has the number of answered handshakes, and the last one', async () => {
    const countHandshake = handshakeCounter(client, table, () => undefined);
    for (const second of ['01', '02', '03']) await countHandshake('con_1', new Date(`2026-01-31T12:00:${second}.000Z`));
    await note('events', '12:00');
    expect(await usage.lastUse('con_1')).toEqual({
      tokens: new Map(),
      lastEventAt: '2026-01-31T12:00:00.000Z',
      handshakes: { count: 3, lastAt: '2026-01-31T12:00:03.000Z' },
    });
    expect(await usage.lastEventAt('con_1')).toBe('2026-01-31T12:00:00.000Z');
  });
});

describe('the note of late counting', () => {
  test('is absent at first', async () => {
    expect(await usage.lateness()).toBeUndefined();
  });

  test('is the last one', async () => {
    await usage.noteLate('2026-01-31T11:00:00.000Z', '2026-01-31T12:00:00.000Z');
    await usage.noteLate('2026-01-31T11:30:00.000Z', '2026-01-31T12:10:00.000Z');
    expect(await usage.lateness()).toEqual({ since: '2026-01-31T11:30:00.000Z', at: '2026-01-31T12:10:00.000Z' });
    expect(await itemAt('late', 'tally')).toBeDefined();
  });
});

describe('the publication of a self-test', () => {
  const selfTests = selfTestTable(client, table);
  const published = new Date('2026-01-31T12:00:00.999Z');

  test('is known by connection and event', async () => {
    await selfTests.notePublished({ connectionId: 'con_1', id: 'event_1' }, published);
    expect(await selfTests.publishedAt('con_1', 'event_1')).toBe('2026-01-31T12:00:00.999Z');
    expect(await selfTests.publishedAt('con_1', 'event_2')).toBeUndefined();
    expect(await selfTests.publishedAt('con_2', 'event_1')).toBeUndefined();
    expect(sent.at(-1)).toMatchObject({ name: 'GetItem', input: { ConsistentRead: true } });
  });

  test('is kept for a day', async () => {
    await selfTests.notePublished({ connectionId: 'con_1', id: 'event_1' }, published);
    expect((await itemAt('test#con_1', 'event_1'))?.['expiresAt']).toEqual({ N: String(january31('12:00') + day) });
  });
});
