import { describe, expect, test } from '@jest/globals';
import { newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import {
  type PublicationFacts,
  publicationOf,
  publicationSchema,
} from '../../../../shared/events/bus/publication-state.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import { newRelease } from '../../../../shared/events/event/replay-job.ts';
import { tokenGuard } from '../../endpoints/endpoint/given-record.ts';
import { aStoredEvent } from '../event/given-event.ts';

const noon = Date.parse('2026-03-01T12:00:00.000Z');
const text = (seconds: number): string => new Date(noon + seconds * 1000).toISOString();

/** A connection. Its endpoint is under this hold, if there is one. */
const aConnection = (hold?: string): PublicationFacts['connection'] => ({
  ...newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', {
    by: 'op',
    now: new Date(noon),
  }),
  endpoint: {
    id: 'e1',
    status: 'active',
    settings: {},
    guard: tokenGuard,
    tokens: [],
    ...(hold === undefined ? {} : { hold: { id: hold, since: text(-60) } }),
  },
});

const release = (endedAt?: string) => ({
  ...newRelease(
    { connection: 'orders', connectionId: 'c1', holdId: 'h1', since: text(-60), releasedAt: text(0), by: 'op_1' },
    new Date(noon),
  ),
  ...(endedAt === undefined ? {} : { state: 'done' as const, endedAt }),
});

/** An event that arrived at noon. */
const anEvent = (more: Partial<StoredEvent> = {}): StoredEvent =>
  aStoredEvent({}, { endpointId: 'e1', receivedAt: text(0), ...more });

/** A relay that has run for an hour and has no records left. */
const position = { alive: { since: text(-3600), at: text(0) }, behind: [] };

const known: PublicationFacts = { connection: aConnection(), release: undefined, givenUp: undefined, position };

/** The publication state of an event this many seconds after noon. */
const saidOf = (event: StoredEvent, more: Partial<PublicationFacts>, seconds: number) =>
  publicationOf(event, { ...known, ...more }, new Date(noon + seconds * 1000)).publication;

const behind = (since: number, at: number) => ({
  position: { ...position, behind: [{ since: text(since), at: text(at) }] },
});
const alive = (since: number, at: number) => ({
  position: { alive: { since: text(since), at: text(at) }, behind: [] },
});
const givenUp = { replays: 1, code: 'InvalidArgument', at: text(1) };

describe('an event', () => {
  test.each<[string, Partial<StoredEvent>, Partial<PublicationFacts>, number, string]>([
    ['is waiting for the first 10 seconds after its arrival', {}, {}, 9, 'waiting'],
    ['is published 10 seconds after its arrival if the relay is not late', {}, {}, 10, 'published'],
    ['is waiting while the relay is late with its record', {}, behind(0, 3600), 3700, 'waiting'],
    ['is waiting while the relay is late with an earlier record', {}, behind(-500, 20), 30, 'waiting'],
    [
      'is waiting while the relay is late with a record that is up to 11 seconds newer',
      {},
      behind(10, 20),
      30,
      'waiting',
    ],
    ['is waiting for a minute after the relay noted that its record is stuck', {}, behind(0, 1), 60, 'waiting'],
    [
      'is published if the relay noted that its record is stuck, and a minute passed without another such note',
      {},
      behind(0, 1),
      61,
      'published',
    ],
    [
      'is published if the relay is late only with a record that is 11.001 seconds newer',
      {},
      behind(11.001, 30),
      40,
      'published',
    ],
    [
      'is waiting while the relay is late with a record that is exactly 11 seconds newer',
      {},
      behind(11, 30),
      40,
      'waiting',
    ],
    ['is waiting while a note says that its record is just late', {}, behind(0, 10), 3_600, 'waiting'],
    ['is waiting until the stream drops its record', {}, behind(0, 60), 86_399, 'waiting'],
    ['has the state unknown once the stream drops its record', {}, behind(0, 60), 86_400, 'unknown'],
    [
      'has the state unknown if it arrived when the dropped record was last noted',
      {},
      behind(-60, 0),
      90_000,
      'unknown',
    ],
    [
      'is published if it arrived exactly a minute before the first note that the relay runs',
      {},
      alive(60, 90),
      120,
      'published',
    ],
    ['is published if the relay is late only with a newer record', {}, behind(12, 30), 40, 'published'],
    [
      'has the state unknown if the stream dropped its record before the relay read it',
      {},
      behind(-1, 82_800),
      90_000,
      'unknown',
    ],
    ['is published if the stream dropped only earlier records', {}, behind(-9000, -60), 90_000, 'published'],
    [
      'has the state unknown if the relay never noted that it runs',
      {},
      { position: { behind: [], alive: undefined } },
      60,
      'unknown',
    ],
    [
      'has the state unknown if the relay last noted that it runs 61 seconds before the event',
      {},
      alive(-3600, -61),
      60,
      'unknown',
    ],
    [
      'is published if the relay noted that it runs 60 seconds before the event',
      {},
      alive(-3600, -60),
      60,
      'published',
    ],
    [
      'has the state unknown if the relay first noted that it runs 61 seconds after the event',
      {},
      alive(61, 90),
      120,
      'unknown',
    ],
    ['is held while its hold is in force', { held: 'h1' }, { connection: aConnection('h1') }, 60, 'held'],
    ['is waiting while the release of its hold runs', { held: 'h1' }, { release: release() }, 60, 'waiting'],
    ['is waiting until the release of its hold begins', { held: 'h1' }, {}, 60, 'waiting'],
    [
      'is published if the release of its hold ended before it arrived',
      { held: 'h1' },
      { release: release(text(-9)) },
      60,
      'published',
    ],
    [
      'is waiting while its hold is released and a later hold is in force',
      { held: 'h1' },
      { connection: aConnection('h2'), release: release() },
      60,
      'waiting',
    ],
    [
      'is discarded if its endpoint was deconfigured during the hold',
      { held: 'h1' },
      { connection: { ...aConnection(), endpoint: null } },
      60,
      'discarded',
    ],
    [
      'is discarded if it was held by an earlier endpoint of the connection',
      { held: 'h1', endpointId: 'e0' },
      {},
      60,
      'discarded',
    ],
    ['is waiting for the first 10 seconds after its release', { releasedAt: text(100) }, {}, 109, 'waiting'],
    ['is published 10 seconds after its release', { releasedAt: text(50) }, {}, 60, 'published'],
    [
      'is waiting while the relay is late with the record of its release',
      { releasedAt: text(50) },
      behind(50, 80),
      90,
      'waiting',
    ],
    ['is given up if the relay gave it up', { replays: 1 }, { givenUp }, 5, 'given_up'],
    ['is no longer given up after another replay', { replays: 2 }, { givenUp }, 60, 'published'],
    ['has the state none if it is a test that is not published', { test: true, quiet: true }, {}, 60, 'none'],
    ['is published if it is a test and was replayed', { test: true, quiet: true, replays: 1 }, {}, 60, 'published'],
  ])('%s', (_, event, more, seconds, expected) => {
    expect(saidOf(anEvent(event), more, seconds)).toBe(expected);
  });

  test('has the reason and the time if the relay gave it up', () => {
    expect(publicationOf(anEvent({ replays: 1 }), { ...known, givenUp }, new Date(noon + 5000))).toEqual({
      publication: 'given_up',
      publicationAsOf: text(5),
      givenUp: { code: 'InvalidArgument', at: text(1) },
    });
  });

  test('does not have them any more once a later replay is published', () => {
    expect(publicationOf(anEvent({ replays: 2 }), { ...known, givenUp }, new Date(noon + 60_000))).toEqual({
      publication: 'published',
      publicationAsOf: text(60),
    });
  });

  test.each<[string, Partial<PublicationFacts>]>([
    ['is published', {}],
    ['is given up', { givenUp }],
  ])('that %s has no more than the documented fields', (_, more) => {
    const view = publicationOf(anEvent({ replays: 1 }), { ...known, ...more }, new Date(noon + 60_000));
    expect(publicationSchema.parse(view)).toEqual(view);
    expect('givenUp' in view).toBe(more.givenUp !== undefined);
    expect(publicationSchema.safeParse({ ...view, publication: 'other' }).success).toBe(false);
    expect(publicationSchema.safeParse({ ...view, givenUp: {} }).success).toBe(false);
  });
});
