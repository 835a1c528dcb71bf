import { describe, expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { connectionViewOf } from '../../../../shared/endpoints/endpoint/connection-view.ts';
import {
  type CountedRecord,
  countedChangeIn,
  countedUpTo,
  type LastUse,
  lastSixtyMinutes,
  listedConnectionSchema,
  tallyOf,
  withLastUse,
} from '../../../../shared/events/arrival/usage.ts';
import { tokenGuard } from '../../endpoints/endpoint/given-record.ts';

const image = (receivedAt: string) => ({
  connectionId: { S: 'con_1' },
  tokenId: { S: 'token_1' },
  receivedAt: { S: receivedAt },
});
const noon = '2026-01-31T12:00:00.000Z';
const later = '2026-01-31T12:00:01.000Z';
const told = (dynamodb: DynamoDBRecord['dynamodb']): DynamoDBRecord => (dynamodb ? { dynamodb } : {});

describe('a stream record of the Events table', () => {
  const received = { kind: 'arrival', connectionId: 'con_1', tokenId: 'token_1', receivedAt: noon };

  test.each<[string, object, object]>([
    ['a new event', {}, { isHeld: false, isConflict: false }],
    ['an event under a hold', { held: { S: 'hold_1' } }, { isHeld: true, isConflict: false }],
    ['an event in conflict with another', { conflictsWith: { S: 'evt_1' } }, { isHeld: false, isConflict: true }],
  ])('of %s counts as an arrival', (_, more, expected) => {
    expect(countedChangeIn(told({ NewImage: { ...image(noon), ...more } }))).toEqual({ ...received, ...expected });
  });

  test('of an event that the end of its hold let go counts as a release', () => {
    const held = { ...image(noon), held: { S: 'hold_1' } };
    const released = { ...image(noon), releasedAt: { S: later } };
    expect(countedChangeIn(told({ OldImage: held, NewImage: released }))).toEqual({
      kind: 'release',
      connectionId: 'con_1',
      at: later,
    });
    expect(countedChangeIn(told({ OldImage: held, NewImage: { ...held, replays: { N: '1' } } }))).toBeUndefined();
  });

  test('of an event that replaces an expired one counts as an arrival', () => {
    expect(countedChangeIn(told({ OldImage: image(noon), NewImage: image(later) }))).toMatchObject({
      receivedAt: later,
    });
  });

  test('of a replay or a removal does not count as an arrival', () => {
    const replayed = { ...image(noon), replays: { N: '1' } };
    expect(countedChangeIn(told({ OldImage: image(noon), NewImage: replayed }))).toBeUndefined();
    expect(countedChangeIn(told({ OldImage: image(noon) }))).toBeUndefined();
  });

  test('of a self-test does not count as an arrival', () => {
    expect(countedChangeIn(told({ NewImage: { ...image(noon), test: { BOOL: true } } }))).toBeUndefined();
    expect(countedChangeIn(told({ NewImage: { ...image(noon), test: { BOOL: false } } }))).toBeDefined();
  });

  test('without an image does not count as an arrival', () => {
    expect(countedChangeIn(told(undefined))).toBeUndefined();
  });

  test('of an event that replaces an item without a time counts as an arrival', () => {
    expect(countedChangeIn(told({ OldImage: {}, NewImage: image(noon) }))).toMatchObject({ receivedAt: noon });
  });

  test('of an item that is not an event throws', () => {
    expect(() => countedChangeIn(told({ NewImage: { id: { S: 'x' } } }))).toThrow('connectionId');
    expect(() => countedChangeIn(told({ NewImage: image('yesterday') }))).toThrow('receivedAt');
  });
});

const at = (second: number): string => new Date(second * 1000).toISOString();

const connectionId = fc.constantFrom('con_1', 'con_2');
const second = fc.integer({ min: 0, max: 300 });
const record = fc.constant(undefined);
const aChange: fc.Arbitrary<CountedRecord> = fc.oneof(
  fc.record({
    kind: fc.constant('arrival'),
    connectionId,
    tokenId: fc.constantFrom('token_1', 'token_2'),
    receivedAt: second.map(at),
    isHeld: fc.boolean(),
    isConflict: fc.boolean(),
    record,
  }),
  fc.record({ kind: fc.constant('release'), connectionId, at: second.map(at), record }),
);

test('a tally counts every change once for its connection and once for all, and has the last use of each token', () => {
  fc.assert(
    fc.property(fc.array(aChange), (changes) => {
      const batch = changes.map((change, at) => ({ ...change, record: String(at) }));
      const { additions, uses, minutes } = tallyOf(batch);
      const arrivals = batch.filter((each) => each.kind === 'arrival');
      const isOf = (scope: string, minute: string) => (each: CountedRecord) =>
        (scope === 'all' || each.connectionId === scope) &&
        (each.kind === 'arrival' ? each.receivedAt : each.at).startsWith(minute);
      expect(additions.length > 0).toBe(batch.length > 0);
      for (const { scope, minute, add, lastAt, records } of additions) {
        const own = batch.filter(isOf(scope, minute));
        const came = arrivals.filter(isOf(scope, minute));
        expect(add).toEqual({
          events: came.length,
          conflicts: came.filter((each) => each.isConflict).length,
          held: came.filter((each) => each.isHeld).length,
          released: own.length - came.length,
        });
        expect(lastAt).toBe(
          came
            .map((each) => each.receivedAt)
            .sort()
            .at(-1),
        );
        expect(records).toEqual({ start: own.at(0)?.record, end: own.at(-1)?.record });
      }
      for (const isTotal of [true, false]) {
        const sum = additions
          .filter(({ scope }) => (scope === 'all') === isTotal)
          .reduce((sum, { add: { events = 0, released = 0 } }) => sum + events + released, 0);
        expect(sum).toBe(batch.length);
      }
      expect(new Set(minutes.map((each) => `${each.connectionId} ${each.minute}`)).size).toBe(minutes.length);
      for (const { connectionId, what, at } of uses) {
        const times = arrivals
          .filter((each) => each.connectionId === connectionId && (what === 'events' || what.endsWith(each.tokenId)))
          .map(({ receivedAt }) => receivedAt);
        expect(at).toBe(times.toSorted().at(-1));
      }
      expect(uses.length > 0).toBe(arrivals.length > 0);
    }),
  );
});

test('a tally counts by connection and minute, and notes a use of each token and of the connection', () => {
  const received = (tokenId: string, time: string, record: string): CountedRecord => {
    const is = { kind: 'arrival' as const, isHeld: false, isConflict: false };
    return { ...is, connectionId: 'con_1', tokenId, receivedAt: `2026-01-31T${time}.000Z`, record };
  };
  const batch = [received('a', '12:00:20', '7'), received('b', '12:00:10', '8'), received('a', '12:01:00', '9')];
  const none = { conflicts: 0, held: 0, released: 0 };
  const first = {
    minute: '2026-01-31T12:00',
    add: { events: 2, ...none },
    lastAt: '2026-01-31T12:00:20.000Z',
    records: { start: '7', end: '8' },
  };
  const second = {
    minute: '2026-01-31T12:01',
    add: { events: 1, ...none },
    lastAt: '2026-01-31T12:01:00.000Z',
    records: { start: '9', end: '9' },
  };
  expect(tallyOf(batch)).toEqual({
    additions: ['con_1', 'all'].flatMap((scope) => [first, second].map((each) => ({ scope, ...each }))),
    uses: [
      { connectionId: 'con_1', what: 'token#a', at: '2026-01-31T12:01:00.000Z' },
      { connectionId: 'con_1', what: 'events', at: '2026-01-31T12:01:00.000Z' },
      { connectionId: 'con_1', what: 'token#b', at: '2026-01-31T12:00:10.000Z' },
    ],
    minutes: ['2026-01-31T12:00', '2026-01-31T12:01'].map((minute) => ({ connectionId: 'con_1', minute })),
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
    const lastHour = {
      ...{ events: 1, rejections: 2, eventsByMinute: [1], rejectionsByMinute: [2] },
      ...{ refused: { token_missing: 2 }, upTo: noon },
    };
    const stats = { lastHour, lastEventAt: null, asOf: noon, complete: false };
    const listed = { ...viewOf(active), stats };
    // The connection's last change is not shown.
    expect(listedConnectionSchema.parse(listed)).toEqual({ ...listed, entry: undefined });
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
