import { describe, expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import { type Connection, newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import { isUnderHold, recordMeaningOf } from '../../../../shared/events/bus/stream-record.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import { imageOf, inserted, modified, removed, tokenGuard } from '../../endpoints/endpoint/given-record.ts';
import { aStoredEvent } from '../event/given-event.ts';

const body = Buffer.from([0, 0xff, 0x7b]);
const event = (more: Partial<StoredEvent> = {}) => aStoredEvent({ body }, more);
const nothing = { kind: 'nothing' };
const later = { receivedAt: '2026-03-05T12:00:00.000Z' };

describe('a stream record of the Events table', () => {
  test.each<[string, DynamoDBRecord, unknown]>([
    ['a new event', inserted(event()), { kind: 'publish', publication: { event: event() } }],
    [
      'a new event under a hold, unless the hold is in force',
      inserted(event({ held: 'h1' })),
      { kind: 'publishUnlessHeld', publication: { event: event({ held: 'h1' }) } },
    ],
    [
      'a new event that replaces an expired one',
      modified(event({ replays: 3, held: 'h1' }), event(later)),
      { kind: 'publish', publication: { event: event(later) } },
    ],
    [
      'a new event under a hold that replaces an expired one, unless the hold is in force',
      modified(event(), event({ ...later, held: 'h1' })),
      { kind: 'publishUnlessHeld', publication: { event: event({ ...later, held: 'h1' }) } },
    ],
    [
      'the first replay',
      modified(event(), event({ replays: 1 })),
      { kind: 'publish', publication: { event: event({ replays: 1 }), replay: 1 } },
    ],
    [
      'a later replay',
      modified(event({ replays: 9 }), event({ replays: 10 })),
      { kind: 'publish', publication: { event: event({ replays: 10 }), replay: 10 } },
    ],
    [
      'a replay of a held event',
      modified(event({ held: 'h1' }), event({ held: 'h1', replays: 1 })),
      { kind: 'publish', publication: { event: event({ held: 'h1', replays: 1 }), replay: 1 } },
    ],
    [
      'the release of an event',
      modified(event({ held: 'h1' }), event()),
      { kind: 'publish', publication: { event: event() } },
    ],
    [
      'the release of an event that was replayed',
      modified(event({ held: 'h1', replays: 2 }), event({ replays: 2 })),
      { kind: 'publish', publication: { event: event({ replays: 2 }) } },
    ],
    ['nothing of a test that is not published', inserted(event({ quiet: true })), nothing],
    [
      'nothing if such a test is released',
      modified(event({ held: 'h1', quiet: true }), event({ quiet: true })),
      nothing,
    ],
    ['nothing if a stored event comes under a hold', modified(event(), event({ held: 'h1' })), nothing],
    ['nothing if the hold of an event changes', modified(event({ held: 'h1' }), event({ held: 'h2' })), nothing],
    ['nothing if the count of replays falls', modified(event({ replays: 2 }), event({ replays: 1 })), nothing],
    ['nothing if the expiry changes', modified(event(), event({ expiresAt: 1 })), nothing],
    ['nothing if the type changes', modified(event(), event({ type: 'other' })), nothing],
    ['nothing if an event is removed', removed(event()), nothing],
  ])('publishes %s', (_, record, meaning) => {
    expect(recordMeaningOf(record)).toEqual(meaning);
  });

  test.each<[string, DynamoDBRecord]>([
    ['it is empty', {}],
    ['it has no image', { eventName: 'INSERT', dynamodb: {} }],
    ['it is a modification without the old image', { eventName: 'MODIFY', dynamodb: { NewImage: imageOf(event()) } }],
    ['its item is not an event', { eventName: 'INSERT', dynamodb: { NewImage: { id: { S: 'x' } } } }],
    ['it does not name the kind of change', { dynamodb: { NewImage: imageOf(event()) } }],
    [
      'its payload is not binary',
      { eventName: 'INSERT', dynamodb: { NewImage: { ...imageOf(event()), payload: { S: 'x' } } } },
    ],
  ])('is refused with an error if %s', (_, record) => {
    expect(() => recordMeaningOf(record)).toThrow();
  });
});

test('a record that says neither is refused, whatever it contains', () => {
  expect(() => recordMeaningOf({ ...modified(event(), event({ replays: 1 })), eventName: 'OTHER' as never })).toThrow(
    'the record is not an INSERT, MODIFY or REMOVE',
  );
});

test('an event is under a hold only while its own connection has the same hold', () => {
  const opened = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', {
    by: 'op_1',
    now: new Date('2026-03-01T00:00:00.000Z'),
  });
  const endpoint = { id: 'e1', status: 'active' as const, settings: {}, guard: tokenGuard, tokens: [] };
  const heldBy = (id: string): Connection => ({
    ...opened,
    endpoint: { ...endpoint, hold: { id, since: opened.createdAt } },
  });
  const held = event({ held: 'h1' });
  const cases: [StoredEvent, Connection | undefined][] = [
    [held, heldBy('h1')],
    [held, heldBy('h2')],
    [held, { ...heldBy('h1'), id: 'c2' }],
    [held, { ...opened, endpoint }],
    [held, opened],
    [held, undefined],
    [event(), heldBy('h1')],
    [event(), { ...opened, endpoint }],
  ];
  expect(cases.map(([each, connection]) => isUnderHold(each, connection))).toEqual([
    true,
    ...cases.slice(1).map(() => false),
  ]);
});
