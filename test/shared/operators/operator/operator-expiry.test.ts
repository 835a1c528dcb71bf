import { describe, expect, test } from '@jest/globals';
import { isEarlyEnough, latestExpiryBy } from '../../../../shared/operators/operator/operator-expiry.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const tomorrow = '2026-03-02T12:00:00.000Z';

describe('the latest expiry that an admin may give', () => {
  test.each([
    ['has no limit for one without an expiry', { id: 'op_1' }, 0, 'unlimited'],
    ['is that of the admin', { id: 'op_1', expiresAt: tomorrow }, 0, new Date(tomorrow)],
    ['is none for one of an issuer', { id: 'oidc:ci', expiresAt: tomorrow }, 0, 'none'],
    ['is so many days from now for one of an issuer', { id: 'oidc:ci' }, 1, new Date(tomorrow)],
  ] as const)('%s', (_, adder, days, latest) => {
    expect(latestExpiryBy(adder, days, now)).toEqual(latest);
  });
});

test.each([
  [undefined, 'unlimited', true],
  [tomorrow, 'unlimited', true],
  [undefined, 'none', false],
  [tomorrow, 'none', false],
  [undefined, new Date(tomorrow), false],
  [tomorrow, new Date(tomorrow), true],
  ['2026-03-02T12:00:00.001Z', new Date(tomorrow), false],
] as const)('an expiry of %s is early enough for the latest %s: %s', (expiresAt, latest, isEarly) => {
  expect(isEarlyEnough(expiresAt, latest)).toBe(isEarly);
});
