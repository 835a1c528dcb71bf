import { describe, expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { connectionViewOf } from '../../../shared/endpoint/connection-view.ts';
import {
  countedUpTo,
  type EventArrival,
  eventArrivalIn,
  type LastUse,
  lastSixtyMinutes,
  listedConnectionSchema,
  tallyOf,
  withLastUse,
} from '../../../shared/journal/usage.ts';
import { tokenGuard } from '../endpoint/given-record.ts';

const image = (receivedAt: string) => ({
  connectionId: { S: 'con_1' },
  tokenId: { S: 'token_1' },
  receivedAt: { S: receivedAt },
});
const noon = '2026-01-31T12:00:00.000Z';
const later = '2026-01-31T12:00:01.000Z';
const told = (dynamodb: DynamoDBRecord['dynamodb']): DynamoDBRecord => (dynamodb ? { dynamodb } : {});

describe('a stream record of the Events table', () => {
  test('of a new event counts as an arrival', () => {
    const arrival = { connectionId: 'con_1', tokenId: 'token_1', receivedAt: noon };
    expect(eventArrivalIn(told({ NewImage: image(noon) }))).toEqual(arrival);
  });

  test('of an event that replaces an expired one counts as an arrival', () => {
    expect(eventArrivalIn(told({ OldImage: image(noon), NewImage: image(later) }))).toMatchObject({
      receivedAt: later,
    });
  });

  test('of a replay or a removal does not count as an arrival', () => {
    const replayed = { ...image(noon), replays: { N: '1' } };
    expect(eventArrivalIn(told({ OldImage: image(noon), NewImage: replayed }))).toBeUndefined();
    expect(eventArrivalIn(told({ OldImage: image(noon) }))).toBeUndefined();
  });

  test('of a self-test does not count as an arrival', () => {
    expect(eventArrivalIn(told({ NewImage: { ...image(noon), test: { BOOL: true } } }))).toBeUndefined();
    expect(eventArrivalIn(told({ NewImage: { ...image(noon), test: { BOOL: false } } }))).toBeDefined();
  });

  test('without an image does not count as an arrival', () => {
    expect(eventArrivalIn(told(undefined))).toBeUndefined();
  });

  test('of an event that replaces an item without a time counts as an arrival', () => {
    expect(eventArrivalIn(told({ OldImage: {}, NewImage: image(noon) }))).toMatchObject({ receivedAt: noon });
  });

  test('of an item that is not an event throws', () => {
    expect(() => eventArrivalIn(told({ NewImage: { id: { S: 'x' } } }))).toThrow('connectionId');
    expect(() => eventArrivalIn(told({ NewImage: image('yesterday') }))).toThrow('receivedAt');
  });
});

test('a tally counts every arrival once, and has the last use of each token', () => {
  const arrivals = fc.array(
    fc.option(
      fc.record({
        connectionId: fc.constantFrom('con_1', 'con_2'),
        tokenId: fc.constantFrom('token_1', 'token_2'),
        receivedAt: fc.integer({ min: 0, max: 300 }).map((second) => new Date(second * 1000).toISOString()),
      }),
      { nil: undefined },
    ),
  );
  fc.assert(
    fc.property(arrivals, (batch) => {
      const all: EventArrival[] = batch.filter((arrival) => arrival !== undefined);
      const { counts, uses } = tallyOf(batch);
      const isOf = (connectionId: string, minute: string) => (each: EventArrival) =>
        each.connectionId === connectionId && each.receivedAt.startsWith(minute);
      for (const { connectionId, minute, events, lastAt, first } of counts) {
        expect(events).toBe(all.filter(isOf(connectionId, minute)).length);
        const times = all.filter(isOf(connectionId, minute)).map(({ receivedAt }) => receivedAt);
        expect(lastAt).toBe(times.toSorted().at(-1));
        expect(batch.findIndex((each) => each !== undefined && isOf(connectionId, minute)(each))).toBe(first);
      }
      expect(counts.reduce((sum, { events }) => sum + events, 0)).toBe(all.length);
      for (const { connectionId, what, at } of uses) {
        const times = all
          .filter((each) => each.connectionId === connectionId && (what === 'events' || what.endsWith(each.tokenId)))
          .map(({ receivedAt }) => receivedAt);
        expect(at).toBe(times.toSorted().at(-1));
      }
      expect(uses.length > 0).toBe(all.length > 0);
    }),
  );
});

test('a tally counts by connection and minute, and notes a use of each token and of the connection', () => {
  const arrival = (tokenId: string, time: string): EventArrival => ({
    connectionId: 'con_1',
    tokenId,
    receivedAt: `2026-01-31T${time}.000Z`,
  });
  const batch = [undefined, arrival('a', '12:00:20'), arrival('b', '12:00:10'), arrival('a', '12:01:00')];
  expect(tallyOf(batch)).toEqual({
    counts: [
      { connectionId: 'con_1', minute: '2026-01-31T12:00', events: 2, lastAt: '2026-01-31T12:00:20.000Z', first: 1 },
      { connectionId: 'con_1', minute: '2026-01-31T12:01', events: 1, lastAt: '2026-01-31T12:01:00.000Z', first: 3 },
    ],
    uses: [
      { connectionId: 'con_1', what: 'token#a', at: '2026-01-31T12:01:00.000Z', first: 1 },
      { connectionId: 'con_1', what: 'events', at: '2026-01-31T12:01:00.000Z', first: 1 },
      { connectionId: 'con_1', what: 'token#b', at: '2026-01-31T12:00:10.000Z', first: 2 },
    ],
  });
});

test.each<[string, { since: string; at: string } | undefined, string]>([
  ['ten seconds ago, if counting is in time', undefined, '2026-01-31T11:59:50.000Z'],
  [
    'the first record that waits, if counting is late',
    { since: '2026-01-31T11:30:00.000Z', at: '2026-01-31T11:55:00.001Z' },
    '2026-01-31T11:30:00.000Z',
  ],
  [
    'ten seconds ago, if counting was last late five minutes ago',
    { since: '2026-01-31T11:30:00.000Z', at: '2026-01-31T11:55:00.000Z' },
    '2026-01-31T11:59:50.000Z',
  ],
  [
    'ten seconds ago, if the first record that waits is newer',
    { since: '2026-01-31T11:59:55.000Z', at: '2026-01-31T12:00:00.000Z' },
    '2026-01-31T11:59:50.000Z',
  ],
])('events are counted up to %s', (_, lateness, expected) => {
  expect(countedUpTo(lateness, new Date(noon))).toBe(expected);
});

describe('the view of a connection', () => {
  const token = (id: string) => ({ id, createdAt: noon, createdBy: 'op_1', holds: 'bearer' as const });
  const endpoint = { id: '0123456789abcdefghijkl', status: 'active' as const, settings: {}, guard: tokenGuard };
  const connection = {
    id: 'con_1',
    name: 'orders',
    provider: 'generic',
    description: '',
    version: 7,
    createdAt: noon,
    updatedAt: noon,
    updatedBy: 'op_1',
    entry: { verb: 'activate' as const, by: 'op_1', at: noon, from: 'configured' as const, to: 'active' as const },
  };
  const active = { ...connection, endpoint: { ...endpoint, tokens: [token('a'), token('b')] } };
  const viewOf = (of: Parameters<typeof connectionViewOf>[0]) =>
    connectionViewOf(of, 'connection_admin', 'https://h.example', new Date(noon));
  const noUse: LastUse = { tokens: new Map(), lastEventAt: null, handshakes: undefined };

  test('gets the last use of each token that was used', () => {
    const view = viewOf(active);
    expect(withLastUse(view, { ...noUse, tokens: new Map([['b', later]]) })).toEqual({
      ...view,
      endpoint: {
        ...view.endpoint,
        tokens: [
          { id: 'a', createdAt: noon, createdBy: 'op_1' },
          { id: 'b', createdAt: noon, createdBy: 'op_1', lastUsedAt: later },
        ],
      },
    });
  });

  test('gets the count of handshakes beside its other data about handshakes', () => {
    const view = viewOf({ ...active, endpoint: { ...active.endpoint, handshake: { verifyToken: 'v' } } });
    const used = withLastUse(view, { ...noUse, handshakes: { count: 3, lastAt: later } });
    expect(used.endpoint?.handshake).toEqual({ verifyToken: 'v', count: 3, lastAt: later });
  });

  test('stays as it is without a use, or without an endpoint', () => {
    expect(withLastUse(viewOf(active), noUse)).toStrictEqual(viewOf(active));
    const unconfigured = viewOf({ ...connection, endpoint: null });
    expect(withLastUse(unconfigured, { ...noUse, tokens: new Map([['a', later]]) })).toStrictEqual(unconfigured);
  });

  test('has its statistics in a list', () => {
    const lastHour = { events: 1, rejections: 2, eventsByMinute: [1], rejectionsByMinute: [2] };
    const stats = { lastHour, lastEventAt: null, asOf: noon, complete: false };
    const listed = { ...viewOf(active), stats };
    // The connection's id and its last change are not shown.
    expect(listedConnectionSchema.parse(listed)).toEqual({ ...listed, id: undefined, entry: undefined });
    expect(listedConnectionSchema.safeParse({ ...listed, stats: { ...stats, asOf: 'now' } }).success).toBe(false);
  });
});

describe('the counts of the last sixty minutes', () => {
  const now = new Date('2026-01-31T12:00:59.999Z');

  test('are zeros without counts', () => {
    expect(lastSixtyMinutes([], now)).toEqual(Array.from({ length: 60 }, () => 0));
  });

  test('are in order, the present minute last, and others are left out', () => {
    const counts = [
      { minute: '2026-01-31T12:00', count: 1 },
      { minute: '2026-01-31T11:01', count: 2 },
      { minute: '2026-01-31T11:59', count: 3 },
      { minute: '2026-01-31T11:59', count: 4 },
      { minute: '2026-01-31T11:00', count: 100 },
      { minute: '2026-01-31T12:01', count: 100 },
    ];
    expect(lastSixtyMinutes(counts, now)).toEqual([2, ...Array.from({ length: 57 }, () => 0), 7, 1]);
  });
});
