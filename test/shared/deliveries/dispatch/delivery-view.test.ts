import { expect, test } from '@jest/globals';
import { deliveryViewOf } from '../../../../shared/deliveries/dispatch/delivery-view.ts';
import { aRow, eventId, receivedAt, receivedMs } from './given-delivery.ts';

const plain = {
  id: `dlv_${eventId}_1772366400000_to-orders_0`,
  event: eventId,
  connection: 'orders',
  receivedAt,
  rule: 'to-orders',
  destination: 'orders',
};

test('a delivery has what a person needs of its row, and its attempts are those that were made', () => {
  expect(deliveryViewOf(aRow({ status: 'delivered', attempt: 2 }))).toEqual({
    ...plain,
    status: 'delivered',
    attempts: 1,
  });
  const last = { at: receivedMs + 1_500, ms: 20, outcome: 'answered', status: 503, answer: 'no' };
  const row = aRow({
    attempt: 5,
    last,
    replay: 2,
    test: true,
    redelivery: 1,
    redeliveredBy: 'op_2',
    due: receivedMs + 60_000,
  });
  expect(deliveryViewOf(row)).toEqual({
    ...plain,
    id: `dlv_${eventId}_1772366400000_to-orders_2`,
    replay: 2,
    test: true,
    status: 'waiting',
    attempts: 3,
    redelivered: { times: 1, by: 'op_2' },
    nextAttemptAt: '2026-03-01T12:01:00.000Z',
    last: { ...last, at: '2026-03-01T12:00:01.500Z' },
  });
});

test('the next attempt is when it is meant to be, not when the net comes', () => {
  const view = deliveryViewOf(aRow({ attempt: 2, due: receivedMs + 905_000, nextAt: receivedMs + 5_000 }));
  expect(view.nextAttemptAt).toBe('2026-03-01T12:00:05.000Z');
  expect(deliveryViewOf(aRow({ status: 'parked' }))).not.toHaveProperty('nextAttemptAt');
});
