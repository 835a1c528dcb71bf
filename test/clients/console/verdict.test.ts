/** Whether everything is all right, by what the overview has read. */
import { describe, expect, test } from '@jest/globals';
import type { ExplainedAttention, Overview } from '../../../clients/console/overview/overview-reads.ts';
import { overviewText } from '../../../clients/console/overview/overview-text.ts';
import { verdictOf } from '../../../clients/console/overview/verdict.ts';

const now = new Date('2026-11-26T12:00:00.000Z');
const readAt = now.getTime() - 60_000;

/** Six endpoints and three destinations, all of which are well. */
const well: Overview = {
  found: [],
  unread: [],
  skipped: { destinations: 0, connections: 0 },
  endpoints: { count: 6, lastEventAt: '2026-11-26T11:57:00.000Z', asOf: '2026-11-26T11:59:00.000Z' },
  destinations: { count: 3, paused: 0, waiting: { count: 0, isMore: false } },
};

const refusing = (connection: string, count = 3): ExplainedAttention => ({
  ...{ kind: 'refusing', connection, count, whileInactive: 0, isComplete: true, refused: { token_missing: count } },
});
const failing = (destination: string): ExplainedAttention => ({
  ...{ kind: 'destination_failing', destination, waiting: { count: 4, isMore: false } },
});
const lost = (destination: string): ExplainedAttention => ({
  ...{ kind: 'deliveries_given_up', destination, since: '2026-11-26T11:00:00.000Z' },
});
const busGaveUp = (connection: string): ExplainedAttention => ({
  ...{ kind: 'events_given_up', connection, since: '2026-11-26T00:00:00.000Z', count: 2 },
});
const silent = (connection: string): ExplainedAttention => ({
  ...{ kind: 'silent', connection, since: '2026-11-26T09:00:00.000Z', minutes: 60 },
});
const recovering = (destination: string): ExplainedAttention => ({
  ...{ kind: 'destination_recovering', destination, waiting: { count: 4, isMore: false } },
});

const statesOf = (overview: Overview, at = readAt) =>
  verdictOf(overview, at, now).map(({ what, state, bad, of, isAtLeast }) => [
    what,
    state,
    `${isAtLeast ? '≥' : ''}${bad} of ${of}`,
  ]);

const calm = [
  ['receiving', 'well', '0 of 6'],
  ['delivering', 'well', '0 of 3'],
];

describe('what is bad', () => {
  test.each<[string, ExplainedAttention[], string[][]]>([
    ['nothing', [], calm],
    [
      'two endpoints refuse, one of them for two reasons',
      [{ kind: 'secret_missing', connection: 'a', since: '', secretFrom: 'sender' }, refusing('a'), refusing('b')],
      [['receiving', 'lost', '2 of 6'], calm[1] ?? []],
    ],
    ['the bus gave up', [busGaveUp('a')], [['receiving', 'lost', '0 of 6'], calm[1] ?? []]],
    [
      'a destination fails: what waits is not lost',
      [failing('x')],
      [['delivering', 'failing', '1 of 3'], calm[0] ?? []],
    ],
    ['deliveries were given up', [lost('x')], [['delivering', 'lost', '0 of 3'], calm[0] ?? []]],
    [
      'what is lost is before what waits',
      [refusing('a'), failing('x')],
      [
        ['receiving', 'lost', '1 of 6'],
        ['delivering', 'failing', '1 of 3'],
      ],
    ],
    [
      'somebody should look, and nothing is lost',
      [silent('a'), recovering('x')],
      [
        ['receiving', 'look', '0 of 6'],
        ['delivering', 'look', '0 of 3'],
      ],
    ],
  ])('%s', (_, found, states) => expect(statesOf({ ...well, found })).toEqual(states));

  test('the first step is that of the most urgent finding of the half', () => {
    const verdict = verdictOf({ ...well, found: [refusing('b'), refusing('a'), lost('y'), failing('x')] }, readAt, now);
    expect(verdict.map(({ first }) => first)).toEqual([refusing('b'), lost('y')]);
  });
});

describe('green is only what was looked at, a moment ago', () => {
  const unknown = [['receiving', 'unknown', '≥0 of 6'], calm[1] ?? []];
  test.each<[string, { [Key in keyof Overview]?: Overview[Key] | undefined }, string[][]]>([
    ['given-up events were not read', { unread: ['givenUp'] }, unknown],
    ['not of all', { skipped: { destinations: 0, connections: 2 } }, unknown],
    [
      'counts of six minutes ago',
      { endpoints: { count: 6, lastEventAt: '2026-11-26T11:53:00.000Z', asOf: '2026-11-26T11:54:00.000Z' } },
      unknown,
    ],
    ['counts of an unknown time', { endpoints: { count: 6, lastEventAt: '2026-11-26T11:53:00.000Z' } }, unknown],
    [
      'connections were not read',
      { unread: ['connections', 'givenUp'], endpoints: undefined },
      [['receiving', 'unknown', '≥0 of 0'], calm[1] ?? []],
    ],
    [
      'destinations were not read',
      { unread: ['destinations'], destinations: undefined },
      [['delivering', 'unknown', '≥0 of 0'], calm[0] ?? []],
    ],
    [
      'of destinations the first 50',
      { skipped: { destinations: 2, connections: 0 } },
      [['delivering', 'unknown', '≥0 of 3'], calm[0] ?? []],
    ],
    [
      'what is bad is bad also if not all was looked at',
      { skipped: { destinations: 2, connections: 0 }, found: [failing('x')] },
      [['delivering', 'failing', '≥1 of 3'], calm[0] ?? []],
    ],
  ])('%s', (_, more, states) => expect(statesOf({ ...well, ...more } as Overview)).toEqual(states));

  test.each([
    [5 * 60_000, calm],
    [
      5 * 60_000 + 1,
      [
        ['receiving', 'unknown', '≥0 of 6'],
        ['delivering', 'unknown', '≥0 of 3'],
      ],
    ],
  ])('read %d ms ago', (age, states) => expect(statesOf(well, now.getTime() - age)).toEqual(states));
});

describe('what is neither well nor bad', () => {
  test.each<[string, Partial<Overview>, string[][]]>([
    [
      'no webhook ever came',
      { endpoints: { count: 1, lastEventAt: null, asOf: '2026-11-26T11:59:00.000Z' } },
      [['receiving', 'never', '0 of 1'], calm[1] ?? []],
    ],
    [
      'no endpoint is active, and there is no destination',
      {
        endpoints: { count: 0, lastEventAt: null },
        destinations: { count: 0, paused: 0, waiting: { count: 0, isMore: false } },
      },
      [
        ['receiving', 'none', '0 of 0'],
        ['delivering', 'none', '0 of 0'],
      ],
    ],
    [
      'a destination is paused',
      { destinations: { count: 3, paused: 1, waiting: { count: 7, isMore: false } } },
      [calm[0] ?? [], ['delivering', 'well', '0 of 2']],
    ],
    [
      'every destination is paused',
      { destinations: { count: 3, paused: 3, waiting: { count: 7, isMore: false } } },
      [['delivering', 'none', '0 of 0'], calm[0] ?? []],
    ],
    [
      'a destination fails beside one that is paused',
      { destinations: { count: 3, paused: 1, waiting: { count: 7, isMore: false } }, found: [failing('x')] },
      [['delivering', 'failing', '1 of 2'], calm[0] ?? []],
    ],
  ])('%s', (_, more, states) => expect(statesOf({ ...well, ...more })).toEqual(states));
});

test.each<[{ count: number; paused: number; found?: ExplainedAttention[] }, string]>([
  [{ count: 3, paused: 1 }, '2 destinations deliver · 1 is paused'],
  [{ count: 2, paused: 1 }, '1 destination delivers · 1 is paused'],
  [{ count: 4, paused: 2, found: [failing('x')] }, '1 of 2 destinations fails · 2 are paused'],
  [
    { count: 4, paused: 1, found: [recovering('x')] },
    'nothing is lost, but 1 of 3 destinations needs a look · 1 is paused',
  ],
  [{ count: 1, paused: 1 }, 'the destination is paused'],
  [{ count: 2, paused: 2 }, 'all 2 destinations are paused'],
  [{ count: 2, paused: 0 }, 'all 2 destinations deliver'],
])('what is paused does not deliver: %j', ({ count, paused, found = [] }, words) => {
  const destinations = { count, paused, waiting: { count: 0, isMore: false } };
  const half = verdictOf({ ...well, destinations, found }, readAt, now).find(({ what }) => what === 'delivering');
  expect(half && overviewText.verdict.wordsOf(half).join(' · ')).toBe(words);
});
