import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ListedConnection } from '../../../../shared/events/arrival/usage.ts';
import {
  type Attention,
  attentionKinds,
  attentionOfConnection,
  attentionOfDestination,
  attentionOfGivenUp,
  byUrgency,
  type ObservedDestination,
} from '../../../../shared/operators/journal/attention.ts';

/** A time of the day that ends now, at noon. */
const at = (time: string) => `2026-01-31T${time}:00.000Z`;
const now = new Date(at('12:00'));

type Endpoint = NonNullable<ListedConnection['endpoint']>;
type Stats = NonNullable<ListedConnection['stats']>;

const token = (id: string, more: Partial<Endpoint['tokens'][number]> = {}) => ({
  ...{ id, createdAt: at('10:00'), createdBy: 'op_1' },
  ...more,
});

/** An hour in which nothing came but what is said, by minutes before now. */
const stats = (refused: Record<number, number> = {}, more: Partial<Stats> = {}): Stats => {
  const rejectionsByMinute = Array.from({ length: 60 }, (_, index) => refused[59 - index] ?? 0);
  const rejections = rejectionsByMinute.reduce((sum, count) => sum + count, 0);
  const lastHour = {
    ...{ events: 0, rejections, eventsByMinute: new Array(60).fill(0), rejectionsByMinute },
    ...{ refused: rejections > 0 ? { token_unknown: rejections } : {}, upTo: at('12:00') },
  };
  return { lastHour, lastEventAt: at('11:59'), asOf: at('12:00'), complete: true, ...more };
};

/** The same, with these reasons. */
const withReasons = (refused: Record<string, number>): Stats => {
  const { lastHour, ...more } = stats({ 3: Object.values(refused).reduce((sum, count) => sum + count, 0) });
  return { ...more, lastHour: { ...lastHour, refused } };
};

/** An active connection `orders`, changed last at 9. */
const orders = (change: Partial<Endpoint> | null, ofStats?: Stats): ListedConnection =>
  ({
    name: 'orders',
    updatedAt: at('09:00'),
    endpoint: change && { status: 'active', secretFrom: 'operator', tokens: [token('t1')], alerts: null, ...change },
    ...(ofStats && { stats: ofStats }),
  }) as ListedConnection;

const withAlerts = (...alerts: NonNullable<ListedConnection['alerts']>): ListedConnection => ({
  ...orders({}),
  alerts,
});

const grace = (until: string, lastUse: { ofNew?: string; ofOld?: string }): ListedConnection =>
  orders({
    tokens: [
      token('new', { ...(lastUse.ofNew !== undefined && { lastUsedAt: lastUse.ofNew }) }),
      token('old', { expiresAt: until, ...(lastUse.ofOld !== undefined && { lastUsedAt: lastUse.ofOld }) }),
    ],
  });
const graceEnding = (until: string, isNewUsed: boolean, oldUsedAt?: string) => [
  {
    ...{ kind: 'grace_ending', connection: 'orders', since: at('10:00'), until, isNewUsed },
    ...(oldUsedAt !== undefined && { oldUsedAt }),
  },
];
const silence = { silence: { minutes: 30 } };

test.each<[string, ListedConnection, object[]]>([
  ['without an endpoint: nothing', orders(null), []],
  ['that is well: nothing', orders({}, stats()), []],
  [
    'that refused: since the first of these minutes',
    orders({}, stats({ 59: 2, 3: 1 })),
    [
      {
        kind: 'refusing',
        connection: 'orders',
        since: at('11:01'),
        count: 3,
        whileInactive: 0,
        isComplete: true,
        refused: { token_unknown: 3 },
      },
    ],
  ],
  [
    'that refused at least one in this minute',
    orders({}, stats({ 0: 1 }, { complete: false })),
    [
      {
        kind: 'refusing',
        connection: 'orders',
        since: at('12:00'),
        count: 1,
        whileInactive: 0,
        isComplete: false,
        refused: { token_unknown: 1 },
      },
    ],
  ],
  ['that refused only before it was active: nothing', orders({}, withReasons({ endpoint_inactive: 3 })), []],
  [
    'that refused before and after it was active: nobody knows since when',
    orders({}, withReasons({ endpoint_inactive: 3, token_missing: 1, token_unknown: 2 })),
    [
      {
        kind: 'refusing',
        connection: 'orders',
        count: 6,
        whileInactive: 3,
        isComplete: true,
        refused: { token_missing: 1, token_unknown: 2 },
      },
    ],
  ],
  ['that is inactive, and refuses as it should: nothing', orders({ status: 'inactive' }, stats({ 3: 1 })), []],
  [
    'whose sender makes the secret: what refuses is that',
    orders({ secretFrom: 'sender', tokens: [] }, stats({ 3: 1 })),
    [{ kind: 'secret_missing', connection: 'orders', since: at('09:00'), secretFrom: 'sender' }],
  ],
  [
    'that waits for a handshake',
    orders({ secretFrom: 'handshake', tokens: [] }),
    [{ kind: 'secret_missing', connection: 'orders', since: at('09:00'), secretFrom: 'handshake' }],
  ],
  ['that is inactive without a secret: nothing', orders({ secretFrom: 'sender', tokens: [], status: 'inactive' }), []],
  ['that takes only certificates: nothing', orders({ tokens: [] }), []],
  [
    'held for an hour',
    orders({ held: true, heldSince: at('11:00') }),
    [{ kind: 'held', connection: 'orders', since: at('11:00') }],
  ],
  ['held for less: nothing', orders({ held: true, heldSince: at('11:01') }), []],
  [
    'silent for as long as its alerts allow',
    orders({ alerts: silence }, stats({}, { lastEventAt: at('11:29') })),
    [{ kind: 'silent', connection: 'orders', since: at('11:30'), minutes: 30 }],
  ],
  ['silent for less: nothing', orders({ alerts: silence }, stats({}, { lastEventAt: at('11:30') })), []],
  [
    'that never had an event, since its last change',
    orders({ alerts: silence }, stats({}, { lastEventAt: null })),
    [{ kind: 'silent', connection: 'orders', since: at('09:00'), minutes: 30 }],
  ],
  [
    'silent and inactive: nothing',
    orders({ status: 'inactive', alerts: silence }, stats({}, { lastEventAt: null })),
    [],
  ],
  ['of which nobody knows when its last event came: nothing', orders({ alerts: silence }), []],
  [
    'silent by a count that is older: nothing',
    orders({ alerts: silence }, stats({}, { lastEventAt: at('11:20'), asOf: at('11:40') })),
    [],
  ],
  [
    'whose token is too old, by its alert',
    withAlerts({ kind: 'token_old', since: at('10:00'), threshold: { days: 90 } }),
    [{ kind: 'token_old', connection: 'orders', since: at('10:00'), days: 90 }],
  ],
  [
    'whose old token was replaced a moment ago: nothing',
    withAlerts({ kind: 'token_old', since: at('08:00'), threshold: { days: 90 } }),
    [],
  ],
  [
    'with an alert of another kind: what it is about is found without it',
    withAlerts({ kind: 'silent', since: at('10:00'), threshold: { minutes: 5 } }),
    [],
  ],
  ['in a grace, with no use', grace(at('13:00'), {}), graceEnding(at('13:00'), false)],
  [
    'in a grace that ends in a day',
    grace('2026-02-01T12:00:00.000Z', {}),
    graceEnding('2026-02-01T12:00:00.000Z', false),
  ],
  ['in a grace that ends later: nothing', grace('2026-02-01T12:00:01.000Z', {}), []],
  ['in a grace that has ended: nothing', grace(at('12:00'), {}), []],
  ['in a grace, with only the new one in use: nothing', grace(at('13:00'), { ofNew: at('10:30') }), []],
  [
    'in a grace, with only the old one in use',
    grace(at('13:00'), { ofOld: at('11:00') }),
    graceEnding(at('13:00'), false, at('11:00')),
  ],
  [
    'in a grace, with both in use',
    grace(at('13:00'), { ofNew: at('11:30'), ofOld: at('10:30') }),
    graceEnding(at('13:00'), true, at('10:30')),
  ],
  [
    'in a grace, with the old one out of use: nothing',
    grace(at('13:00'), { ofNew: at('11:31'), ofOld: at('10:30') }),
    [],
  ],
])('a connection %s', (_, connection, expected) => {
  expect(attentionOfConnection(connection, now)).toEqual(expected);
});

/** The destination `crm`, for which so many deliveries wait. */
const crm = (
  state: ObservedDestination['health']['state'],
  count: number,
  more: Partial<ObservedDestination['health']> = {},
): ObservedDestination => ({ destination: { name: 'crm' }, health: { state, waiting: waiting(count), ...more } });
const waiting = (count: number) => ({ count, isMore: false });
const wrong = { at: at('11:59'), what: 'answered 503' };

test.each<[string, ObservedDestination, object[]]>([
  ['that is well, though something waits: nothing', crm('well', 3), []],
  ['that was failing: nothing', crm('well', 0, { lastFailing: { from: at('09:00'), until: at('10:00') } }), []],
  [
    'that fails, since a time that is known',
    crm('failing', 2, { since: at('11:30'), wrong, nextAttemptAt: at('12:01') }),
    [
      {
        kind: 'destination_failing',
        destination: 'crm',
        since: at('11:30'),
        waiting: waiting(2),
        wrong,
        nextAttemptAt: at('12:01'),
      },
    ],
  ],
  ['that fails', crm('failing', 3), [{ kind: 'destination_failing', destination: 'crm', waiting: waiting(3) }]],
  [
    'that fails and asked for nothing: that it fails',
    crm('failing', 3, { blockedUntil: at('12:10') }),
    [{ kind: 'destination_failing', destination: 'crm', waiting: waiting(3) }],
  ],
  [
    'that is slow',
    crm('slow', 3, { since: at('11:50') }),
    [{ kind: 'destination_slow', destination: 'crm', since: at('11:50'), waiting: waiting(3) }],
  ],
  [
    'that recovers',
    crm('recovering', 3, { since: at('11:50') }),
    [{ kind: 'destination_recovering', destination: 'crm', since: at('11:50'), waiting: waiting(3) }],
  ],
  [
    'that asked for nothing',
    crm('recovering', 3, { blockedUntil: at('12:10') }),
    [{ kind: 'destination_blocked', destination: 'crm', until: at('12:10'), waiting: waiting(3) }],
  ],
  [
    'of which one delivery fails although others succeed',
    crm('well', 1, { alone: { count: 1, id: 'dlv_1', since: at('11:00'), attempts: 4, wrong } }),
    [{ kind: 'delivery_failing', destination: 'crm', count: 1, id: 'dlv_1', since: at('11:00'), attempts: 4, wrong }],
  ],
  [
    'with deliveries that were given up',
    crm('well', 0, { givenUpAt: at('08:00') }),
    [{ kind: 'deliveries_given_up', destination: 'crm', since: at('08:00') }],
  ],
  [
    'paused for an hour while something waits',
    crm('paused', 1, { since: at('11:00') }),
    [{ kind: 'paused', destination: 'crm', since: at('11:00'), waiting: waiting(1) }],
  ],
  ['paused while nothing waits: nothing', crm('paused', 0, { since: at('11:00') }), []],
  ['paused for less: nothing', crm('paused', 1, { since: at('11:01') }), []],
])('a destination %s', (_, observed, expected) => {
  expect(attentionOfDestination(observed, now)).toEqual(expected);
});

test('events that were given up are added up, since the first of these days', () => {
  const items = [
    { at: '2026-01-29T00:00:00.000Z', givenUp: 0 },
    { at: '2026-01-30T00:00:00.000Z', givenUp: 2 },
    { at: '2026-01-31T00:00:00.000Z', givenUp: 1 },
  ];
  expect(attentionOfGivenUp('orders', items)).toEqual([
    { kind: 'events_given_up', connection: 'orders', since: '2026-01-30T00:00:00.000Z', count: 3 },
  ]);
  expect(attentionOfGivenUp('orders', items.slice(0, 1))).toEqual([]);
});

const since = fc.constantFrom(at('08:00'), at('09:00'));
const counted = { count: fc.integer({ min: 2, max: 9 }), whileInactive: fc.constantFrom(0, 1) };
const uncounted = attentionKinds.filter((kind) => kind !== 'refusing' && kind !== 'events_given_up');
const anyFinding = fc.oneof(
  fc.record({ kind: fc.constantFrom(...uncounted), since }, { requiredKeys: ['kind'] }),
  fc.record({ kind: fc.constant('refusing'), since, ...counted }, { requiredKeys: ['kind', 'count', 'whileInactive'] }),
  fc.record({ kind: fc.constant('events_given_up'), since, count: counted.count }),
) as fc.Arbitrary<Attention>;

/** Less where more is lost. What is not counted is less urgent than all that is. */
function lostKeyOf(found: Attention): number {
  if (found.kind === 'refusing') return 10 - (found.count - found.whileInactive);
  return found.kind === 'events_given_up' ? 10 - found.count : 10;
}

test('the most urgent is first, of the same kind where the most is lost, then the oldest, with those of an unknown time before', () => {
  fc.assert(
    fc.property(fc.array(anyFinding), (found) => {
      const sorted = byUrgency(found);
      expect(new Set(sorted)).toEqual(new Set(found));
      const keys = sorted.map(
        (each) =>
          `${attentionKinds.indexOf(each.kind) + 10} ${String(lostKeyOf(each)).padStart(2, '0')} ${each.since ?? ''}`,
      );
      expect(keys).toEqual(keys.toSorted());
    }),
  );
});
