import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { eventRowSchema, type StoredEvent } from '../../../../shared/events/event/event.ts';
import { eventItemOf } from '../../../../shared/events/event/event-item.ts';
import type { EventPageRequest } from '../../../../shared/events/event/event-page.ts';
import {
  type AppendResult,
  arrivedEventReader,
  type EventTable,
  eventAppender,
  eventIndexAttributes,
  eventTable,
  isEventListPosition,
} from '../../../../shared/events/event/event-table.ts';
import { heldCounter } from '../../../../shared/events/event/held-event-count.ts';
import { filled } from '../../../support/filled.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';
import { aStoredEvent } from './given-event.ts';

test('the deployed index has every field of a listed event', () => {
  // `id` is the table's key. Every index has it.
  const needed = Object.keys(eventRowSchema.shape).filter((name) => name !== 'id');
  // If this fails: keep the field out of the list, or make a new index as docs/decisions/0024-index-of-events.md says.
  expect(eventIndexAttributes).toEqual(expect.arrayContaining(needed));
});

/** Appends an event. @param first the event of the same id that the table has already */
function appended(event: StoredEvent, first: StoredEvent | undefined) {
  const send = async (command: { input: object }) => {
    if (!('Item' in command.input)) return { Item: first && eventItemOf(first, 4) };
    if (first) throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
    return {};
  };
  return eventAppender({ send } as unknown as DynamoDBClient, 'events', 4)(event);
}

const sent = (requestId: string, text: string) => aStoredEvent({ requestId, body: Buffer.from(text) });

test.each<[string, StoredEvent | undefined, AppendResult]>([
  ['is stored in an empty table', undefined, 'stored'],
  // The SDK repeats a write if its answer was lost. The sender must not read that its webhook is a duplicate.
  ['is stored if this request stored it already', sent('r1', '{}'), 'stored'],
  ['is a duplicate if another request stored the same bytes', sent('r2', '{}'), 'duplicate'],
  ['is in conflict if another request stored other bytes', sent('r2', '[]'), 'conflict'],
])('an event %s', async (_, first, expected) => {
  expect(await appended(sent('r1', '{}'), first)).toBe(expected);
});

const before = '2026-02-01T00:00:00.000Z';
const arrived = '2026-03-01T00:00:00.000Z';

test.each<[string, behind: string | undefined, now: string | undefined, reads: boolean[], found: string | undefined]>([
  ['is read once if the copy has it', arrived, arrived, [false], arrived],
  ['is read again if the copy does not have it yet', undefined, arrived, [false, true], arrived],
  ['is read again if the copy has the event that had its id before', before, arrived, [false, true], arrived],
  ['is none only if a consistent read says so', undefined, undefined, [false, true], undefined],
])('an event %s', async (_, behind, now, expected, found) => {
  const reads: boolean[] = [];
  const send = async ({ input: { ConsistentRead = false } }: { input: { ConsistentRead?: boolean } }) => {
    reads.push(ConsistentRead);
    const receivedAt = ConsistentRead ? now : behind;
    return { Item: receivedAt && eventItemOf(aStoredEvent({}, { receivedAt }), 4) };
  };
  const read = arrivedEventReader({ send } as unknown as DynamoDBClient, 'events');
  expect((await read('evt_1', arrived))?.receivedAt).toBe(found);
  expect(reads).toEqual(expected);
});

const { client, sent: sentOperations, createTable } = givenDynamodb();
let table: string;
let events: EventTable;
beforeEach(async () => {
  table = await createTable({ hash: 'id', indexes: { byConnection: { hash: 'shard', range: 'at' } } });
  events = eventTable(client, table, 4);
});

const noon = Date.parse('2026-03-01T12:00:00.000Z');
const timeAt = (seconds: number): string => new Date(noon + seconds * 1000).toISOString();

/** The id of the nth event. Ids of four events in a row are in four shards. */
const idOf = (n: number): string => `evt_${n % 8}${String(n).padStart(25, '0')}`;

/** The nth event, n seconds after noon. It expires two days later. */
const nth = (n: number, more: Partial<StoredEvent> = {}): StoredEvent =>
  aStoredEvent({ requestId: `r${n}` }, { id: idOf(n), receivedAt: timeAt(n), ...more });

async function append(...all: StoredEvent[]): Promise<void> {
  for (const event of filled(all)) expect(await events.append(event)).toBe('stored');
}

const firstPage: EventPageRequest = {
  order: 'asc',
  limit: 100,
  now: new Date(noon),
  after: undefined,
  from: undefined,
  to: undefined,
  type: undefined,
};
const numbersOf = (page: { events: { id: string }[] }) => page.events.map(({ id }) => Number(id.slice(5)));
const listed = async (page: Partial<EventPageRequest>) => numbersOf(await events.list('c1', { ...firstPage, ...page }));

describe('the Events table', () => {
  test('gives an event back as it was stored', async () => {
    const sent = { headers: { 'x-a': '1' }, rawQueryString: 'a=1', body: Buffer.from('{"a":1}') };
    const event = aStoredEvent(sent, { id: idOf(1) });
    await append(event);
    expect(await events.read(event.id)).toEqual(event);
    expect(await events.read(idOf(2))).toBeUndefined();
  });

  test('keeps the first event if a repeat has the same id', async () => {
    await append(nth(1, { body: Buffer.from('first') }));
    expect(await events.append(nth(1, { requestId: 'r9', body: Buffer.from('other'), type: 'later' }))).toBe(
      'conflict',
    );
    expect((await events.read(idOf(1)))?.body.toString()).toBe('first');
  });

  test('replaces an event that has expired, from the second of its expiry', async () => {
    const expiresAt = noon / 1000 + 100;
    await append(nth(1, { expiresAt }));
    expect(await events.append(nth(1, { requestId: 'r2', receivedAt: timeAt(99.999) }))).toBe('duplicate');
    expect(await events.append(nth(1, { requestId: 'r3', receivedAt: timeAt(100), type: 'later' }))).toBe('stored');
    expect(await events.read(idOf(1))).toMatchObject({ requestId: 'r3', type: 'later' });
  });

  test('reports a failed write', async () => {
    await expect(eventAppender(client, 'no-table', 4)(nth(1))).rejects.toThrow('resource not found');
  });

  test('reports a failed write although the event is there', async () => {
    const send = async ({ input }: { input: object }) => {
      if (!('Item' in input)) return { Item: eventItemOf(nth(1), 4) };
      throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    };
    const append = eventAppender({ send } as unknown as DynamoDBClient, 'events', 4);
    await expect(append(nth(1))).rejects.toThrow('slow down');
  });

  test('reads an event with strongly consistent reads', async () => {
    await append(nth(1));
    sentOperations.length = 0;
    expect(await events.append(nth(1))).toBe('stored');
    await events.read(idOf(1));
    const reads = sentOperations.filter(({ name }) => name === 'GetItem');
    expect(reads).toMatchObject([{ input: { ConsistentRead: true } }, { input: { ConsistentRead: true } }]);
  });

  test('reports an event that disappeared between the write and the read', async () => {
    const send = async ({ input }: { input: object }) => {
      if (!('Item' in input)) return {};
      throw new ConditionalCheckFailedException({ message: '', $metadata: {} });
    };
    const append = eventAppender({ send } as unknown as DynamoDBClient, 'events', 4);
    await expect(append(nth(1))).rejects.toThrow('the event disappeared');
  });
});

describe('the list of a connection', () => {
  const ten = Array.from({ length: 10 }, (_, n) => nth(n));

  test('has the events of all shards in the order of arrival', async () => {
    await append(...ten, nth(5, { id: idOf(55), connectionId: 'c2' }));
    expect(await listed({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await listed({ order: 'desc' })).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(await events.list('c3', firstPage)).toEqual({ events: [], next: undefined });
    sentOperations.length = 0;
    expect((await events.list('c1', firstPage)).next).toBeUndefined();
    // One read of each shard is enough.
    expect(sentOperations).toHaveLength(4);
  });

  test('is read up to one row more than the page from each shard, because every row that is read costs', async () => {
    sentOperations.length = 0;
    await listed({ limit: 7 });
    expect(sentOperations).toMatchObject(Array(4).fill({ name: 'Query', input: { Limit: 8 } }));
  });

  test('has each event on one page, for every page size', async () => {
    await append(...ten);
    for (const order of ['asc', 'desc'] as const)
      for (const limit of [1, 2, 3, 5, 10]) {
        const seen: number[] = [];
        let next: string | undefined;
        do {
          const page = await events.list('c1', { ...firstPage, order, limit, after: next });
          expect(page.events.length).toBeLessThanOrEqual(limit);
          seen.push(...numbersOf(page));
          next = page.next;
        } while (next !== undefined);
        const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        expect(seen).toEqual(order === 'asc' ? all : all.reverse());
      }
  });

  test.each<[string, Partial<EventPageRequest>, number[]]>([
    ['from a time, inclusive', { from: timeAt(9) }, [9, 11, 12, 13]],
    ['up to a time, inclusive', { to: timeAt(2) }, [0, 1, 2]],
    ['up to a time, the newest first', { to: timeAt(2), order: 'desc' }, [2, 1, 0]],
    ['between two times', { from: timeAt(3), to: timeAt(4) }, [3, 4]],
    ['between two times in the wrong order', { from: timeAt(4), to: timeAt(3) }, []],
    ['after a position', { after: `${timeAt(9)}#${idOf(9)}`, from: timeAt(1) }, [11, 12, 13]],
    ['in the range, even if the position is earlier', { after: `${timeAt(1)}#${idOf(1)}`, from: timeAt(12) }, [12, 13]],
    ['after a position beyond the end', { after: `${timeAt(9)}#${idOf(9)}`, to: timeAt(2) }, []],
    ['before a position', { after: `${timeAt(2)}#${idOf(2)}`, order: 'desc' }, [1, 0]],
    ['of a type', { type: 'odd' }, [11, 13]],
    ['that have not expired', { from: timeAt(11), now: new Date(noon + 50_000) }, [11, 13]],
    ['that expire later than now', { from: timeAt(11), now: new Date(noon + 49_999) }, [11, 12, 13]],
  ])('has the events %s', async (_, page, expected) => {
    const short = { expiresAt: noon / 1000 + 50 };
    await append(...ten, nth(11, { type: 'odd' }), nth(12, short), nth(13, { type: 'odd' }));
    expect(await listed(page)).toEqual(expected);
  });

  test('goes on if the first rows that DynamoDB returns are of other types', async () => {
    const rows = [nth(1), nth(2, { type: 'odd' })].map((event) => eventItemOf(event, 4));
    let queries = 0;
    const send = async () => {
      queries += 1;
      return queries > 1 ? { Items: rows.slice(1) } : { Items: rows.slice(0, 1), LastEvaluatedKey: {} };
    };
    const one = eventTable({ send } as unknown as DynamoDBClient, 'events', 1);
    const { events: found } = await one.list('c1', { ...firstPage, type: 'odd', limit: 1 });
    expect(found[0]?.id).toBe(idOf(2));
    expect(queries).toBe(8);
  });

  test('shows no headers and no body', async () => {
    await append(nth(1, { headers: { a: 'b' }, deliveryId: 'd1', held: 'h1', test: true }));
    const { events: rows } = await events.list('c1', firstPage);
    expect(rows).toEqual([
      {
        ...{
          id: idOf(1),
          endpointId: 'e1',
          receivedAt: timeAt(1),
          type: 'webhook',
          method: 'POST',
          size: 0,
          tokenId: 't1',
        },
        deliveryId: 'd1',
        held: 'h1',
        test: true,
        expiresAt: noon / 1000 + 2 * 86_400,
        units: 1,
      },
    ]);
  });

  test('has the events of four shards even if the deployment has fewer, and of more if it has more', async () => {
    await append(...ten);
    const [one, eight] = [eventTable(client, table, 1), eventTable(client, table, 8)];
    expect(await eight.append(nth(14))).toBe('stored');
    expect(numbersOf(await one.list('c1', firstPage))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(numbersOf(await eight.list('c1', firstPage))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 14]);
  });
});

describe('the count of a hold', () => {
  const hold = { id: 'h1', since: timeAt(10) };
  const countOf = (now = new Date(noon)) => heldCounter(client, table, 4)('c1', hold, now);

  test('has the events of this hold in all shards', async () => {
    await append(...[11, 12, 13, 14, 15].map((n) => nth(n, { held: 'h1' })));
    await append(nth(16, { held: 'h2' }), nth(17), nth(18, { held: 'h1', connectionId: 'c2' }));
    expect(await countOf()).toEqual({ count: 5, complete: true });
  });

  test('has events of up to 5 seconds before the hold, because two clocks differ', async () => {
    await append(nth(5, { held: 'h1' }), nth(4, { held: 'h1' }));
    expect(await countOf()).toEqual({ count: 1, complete: true });
  });

  test('has no events that have expired', async () => {
    await append(nth(11, { held: 'h1', expiresAt: noon / 1000 + 50 }));
    expect(await countOf(new Date(noon + 49_999))).toEqual({ count: 1, complete: true });
    expect(await countOf(new Date(noon + 50_000))).toEqual({ count: 0, complete: true });
  });

  test('is not complete if a shard has more than one page', async () => {
    const send = async ({ input }: { input: { ExpressionAttributeValues: Record<string, { S: string }> } }) =>
      input.ExpressionAttributeValues[':shard']?.S === 'c1#5' ? { Count: 7, LastEvaluatedKey: {} } : { Count: 1 };
    const count = (shards: number) =>
      heldCounter({ send } as unknown as DynamoDBClient, 'events', shards)('c1', hold, new Date(noon));
    expect(await count(6)).toEqual({ count: 12, complete: false });
    expect(await count(1)).toEqual({ count: 4, complete: true });
  });
});

test.each<[string, boolean]>([
  ['2026-03-01T12:00:00.000Z#evt_0123456789abcdefghjkmnpqrs', true],
  ['2026-03-01T12:00:00.000Z~', true],
  ['2026-03-01T12:00:00.000Z', true],
  ['2026-03-01T12:00:00.000Z#evt_0123456789abcdefghjkmnpqr', false],
  ['2026-03-01T12:00:00.000Z#evt_0123456789abcdefghjkmnpqrs0', false],
  ['2026-03-01T12:00:00.000Z#evt_0123456789ABCDEFGHJKMNPQRS', false],
  ['2026-03-01T12:00:00.000Z~~', false],
  [' 2026-03-01T12:00:00.000Z', false],
  ['26-03-01T12:00:00.000Z', false],
  ['2026-3-01T12:00:00.000Z', false],
  ['2026-03-1T12:00:00.000Z', false],
  ['2026-03-01TZ', false],
  ['2026-03-01Tnoon Z', false],
  ['', false],
])('%j as a position in the list of events: %s', (text, expected) => {
  expect(isEventListPosition(text)).toBe(expected);
});
