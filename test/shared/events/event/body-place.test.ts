import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bodyKeyOf, connectionKeyPattern, retentionClasses } from '../../../../shared/events/event/body-place.ts';

const event = { connectionId: 'c1', id: 'evt_1', sha256: 'ab' };

test.each([
  [1, 'keep-1/c1/evt_1/ab'],
  [2, 'keep-7/c1/evt_1/ab'],
  [7, 'keep-7/c1/evt_1/ab'],
  [8, 'keep-30/c1/evt_1/ab'],
  [30, 'keep-30/c1/evt_1/ab'],
  [31, 'keep-90/c1/evt_1/ab'],
  [90, 'keep-90/c1/evt_1/ab'],
  [91, 'keep-365/c1/evt_1/ab'],
  [365, 'keep-365/c1/evt_1/ab'],
])('a body that is kept for %d days has the key %s', (days, key) => {
  expect(bodyKeyOf(event, days)).toBe(key);
});

test('the pattern of a connection has its keys, and no other', () => {
  const matches = (pattern: string, key: string) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(key);
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), fc.constantFrom(...retentionClasses), (one, other, days) => {
      const key = bodyKeyOf({ ...event, connectionId: one }, days);
      expect(matches(connectionKeyPattern(one), key)).toBe(true);
      expect(matches(connectionKeyPattern(other), key)).toBe(one === other);
    }),
  );
});

test('a retention that is longer than every class throws', () => {
  expect(() => bodyKeyOf(event, 366)).toThrow('366 days');
});
