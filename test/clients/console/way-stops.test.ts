/** What the picture of an event's way shows of its deliveries. */
import { describe, expect, test } from '@jest/globals';
import type { TimelineItem } from '../../../clients/console/events/timeline-reads.ts';
import { lastSent, secondsUntil } from '../../../clients/console/events/way-stops.ts';
import type { RoutedDelivery } from '../../../shared/deliveries/dispatch/delivery-view.ts';

const routed = (id: string, status: RoutedDelivery['status'], replay?: number): RoutedDelivery => ({
  ...{ id, status, destination: 'shop', rule: 'paid', event: 'evt_1', connection: 'orders', attempts: 0 },
  receivedAt: '2026-11-26T10:00:00.000Z',
  ...(replay !== undefined && { replay }),
});

describe('the last time that an event was sent', () => {
  test.each<[what: string, replays: number, deliveries: RoutedDelivery[], shown: string[]]>([
    ['nothing was made', 0, [], []],
    ['no rule matched', 0, [routed('a', 'not_matched'), routed('b', 'not_reached')], []],
    [
      'it was never replayed',
      0,
      [routed('a', 'delivered'), routed('b', 'not_matched'), routed('c', 'parked')],
      ['a', 'c'],
    ],
    [
      'it was replayed twice',
      2,
      [routed('a', 'failed'), routed('b', 'given_up', 1), routed('c', 'delivered', 2), routed('d', 'queued', 2)],
      ['c', 'd'],
    ],
    ['nothing of the last replay is known', 2, [routed('a', 'delivered', 1), routed('b', 'not_matched', 2)], []],
  ])('if %s', (_, replays, deliveries, shown) => {
    expect(lastSent(deliveries, replays).map(({ id }) => id)).toEqual(shown);
  });
});

const received: TimelineItem = {
  ...{ step: 'received', at: '2026-11-26T10:00:00.250Z', method: 'POST', size: 2, sourceIp: '192.0.2.7' },
};
const attempted = (attempt: number, at: string, more: { delivery?: string; replay?: number } = {}): TimelineItem => ({
  ...{ step: 'attempted', at, ms: 5, delivery: 'a', destination: 'shop', rule: 'paid', attempt },
  ...{ outcome: 'answered', status: 200 },
  ...more,
});

describe('the time until the last attempt', () => {
  test.each<[what: string, items: TimelineItem[], seconds: number | undefined]>([
    ['without an attempt', [received], undefined],
    ['of the only attempt', [received, attempted(1, '2026-11-26T10:00:01.500Z')], 1.25],
    [
      'of attempt 10 and not of 9, whatever their order',
      [received, attempted(10, '2026-11-26T11:00:00.250Z'), attempted(9, '2026-11-26T10:30:00.250Z')],
      3600,
    ],
    [
      'not of another delivery',
      [received, attempted(1, '2026-11-26T10:00:01.250Z'), attempted(2, '2026-11-26T10:00:09.250Z', { delivery: 'b' })],
      1,
    ],
    [
      'from the replay that it belongs to',
      [
        received,
        { step: 'replayed', replay: 1, at: '2026-11-26T12:00:00.000Z', by: 'op_0' },
        { step: 'replayed', replay: 2, at: '2026-11-26T13:00:00.000Z', by: 'op_0' },
        attempted(1, '2026-11-26T13:00:02.000Z', { replay: 2 }),
      ],
      2,
    ],
    [
      'of a replay whose time is not known',
      [received, { step: 'replayed', replay: 1 }, attempted(1, '2026-11-26T13:00:02.000Z', { replay: 1 })],
      undefined,
    ],
    ['of an event whose arrival is not in the timeline', [attempted(1, '2026-11-26T13:00:02.000Z')], undefined],
  ])('%s', (_, items, seconds) => {
    expect(secondsUntil('a', items)).toBe(seconds);
  });
});
