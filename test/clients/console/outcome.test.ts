/** What a list of events says of where each went. */
import { describe, expect, test } from '@jest/globals';
import {
  eventOutcomeOf,
  isAskedAgain,
  type OutcomeDelivery,
  silenceOf,
} from '../../../clients/console/events/outcome.ts';

const event = { id: 'evt_1', receivedAt: '2026-11-26T10:00:00.000Z' };
const routed = (
  rule: string,
  status: OutcomeDelivery['status'],
  more: Partial<OutcomeDelivery> = {},
): OutcomeDelivery => ({
  ...{ id: rule, rule, status, event: 'evt_1', connection: 'shop', destination: 'crm', receivedAt: event.receivedAt },
  ...more,
});

describe('the outcome of an event', () => {
  test.each<[what: string, items: OutcomeDelivery[], rules: string[]]>([
    ['without a delivery', [], []],
    [
      'begins with what was lost, then what waits',
      [
        routed('a', 'delivered'),
        routed('b', 'waiting'),
        routed('c', 'cancelled'),
        routed('d', 'failed'),
        routed('e', 'given_up'),
      ],
      ['e', 'd', 'b', 'c', 'a'],
    ],
    [
      'is that of the last replay',
      [routed('a', 'failed'), routed('b', 'delivered', { replay: 2 }), routed('c', 'failed', { replay: 1 })],
      ['b'],
    ],
    ['has nothing of another event', [routed('a', 'delivered', { event: 'evt_2' }), routed('b', 'delivered')], ['b']],
    [
      'has nothing of an event that had its id before',
      [routed('a', 'failed', { receivedAt: '2025-01-01T00:00:00.000Z' })],
      [],
    ],
  ])('%s', (_, items, rules) => {
    const { deliveries, isWhole } = eventOutcomeOf(event, { items, incomplete: ['evt_2'] });
    expect([deliveries.map(({ rule }) => rule), isWhole]).toEqual([rules, true]);
  });

  test('may miss something if only a part was read', () => {
    expect(eventOutcomeOf(event, { items: [], incomplete: ['evt_1'] }).isWhole).toBe(false);
  });
});

const after = (seconds: number) => new Date(Date.parse(event.receivedAt) + seconds * 1000);
const outcome = (...statuses: OutcomeDelivery['status'][]) => ({
  deliveries: statuses.map((status) => routed(status, status)),
  isWhole: true,
});

describe('an event is asked about', () => {
  test.each<[what: string, known: ReturnType<typeof outcome> | undefined, seconds: number, isAsked: boolean]>([
    ['if nothing is known', undefined, 999_999, true],
    ['for an hour if it has no delivery', outcome(), 3_599, true],
    ['no longer', outcome(), 3_600, false],
    ['for five minutes if all have ended, as others may appear', outcome('delivered', 'failed'), 299, true],
    ['and then not again', outcome('delivered', 'failed', 'given_up', 'expired', 'cancelled'), 300, false],
    ['as long as something waits', outcome('delivered', 'waiting'), 999_999, true],
    ['as long as something is parked', outcome('parked'), 999_999, true],
  ])('%s', (_, known, seconds, isAsked) => {
    expect(isAskedAgain(event, known, after(seconds))).toBe(isAsked);
  });
});

test('without a delivery, an event is not known yet for an hour', () => {
  expect([silenceOf(event, after(3_599)), silenceOf(event, after(3_600))]).toEqual(['notYet', 'none']);
});
