import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deliveryIdOf, deliveryKeyOf } from '../../../../shared/deliveries/dispatch/delivery-job.ts';
import { aJob, eventId, receivedAt } from './given-delivery.ts';

test('the id of a delivery has its event, the time, the rule and the replay, and no dot', () => {
  expect(deliveryIdOf(aJob())).toBe(`dlv_${eventId}_1772366400000_to-orders_0`);
  expect(deliveryIdOf(aJob({ replay: 3, rule: '1' }))).toBe(`dlv_${eventId}_1772366400000_1_3`);
});

test('the key is found again in the id', () => {
  expect(deliveryKeyOf(`dlv_${eventId}_1772366400000_to-orders_2`)).toEqual({
    event: eventId,
    receivedAt,
    rule: 'to-orders',
    replay: 2,
  });
});

test.each([
  '',
  'dlv_',
  eventId,
  `dlv_${eventId}_1772366400000_to-orders`,
  `dlv_${eventId}_1772366400000_to_orders_0`,
  `dlv_${eventId}_1772366400000_TO_0`,
  `dlv_${eventId}_now_to-orders_0`,
  `dlv_${eventId}_1772366400000_to-orders_0 `,
  `dlv_${eventId}_1772366400000_to-orders_1000000000`,
  `dlv_${eventId}_8640000000000001_to-orders_0`,
  `dlv_evt_U_1772366400000_to-orders_0`,
])('%j is no id of a delivery', (text) => {
  expect(deliveryKeyOf(text)).toBeUndefined();
});

test('two deliveries never share an id', () => {
  const key = fc.record({
    event: fc.constantFrom(eventId, eventId.replace('0', '1')),
    receivedAt: fc.constantFrom(receivedAt, '2026-03-01T12:00:00.001Z'),
    rule: fc.stringMatching(/^[a-z0-9-]{1,4}$/),
    replay: fc.nat(20),
  });
  fc.assert(fc.property(key, (one) => expect(deliveryKeyOf(deliveryIdOf(one))).toEqual(one)));
});
