import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isPaused, pausedMsAt } from '../../../../shared/deliveries/destination/destination.ts';

const noon = '2026-03-01T12:00:00.000Z';

test.each([
  ['2026-03-01T12:00:00.000Z', 500, undefined, 500],
  ['2026-03-01T12:00:00.000Z', 500, noon, 500],
  ['2026-03-01T12:00:02.000Z', 500, noon, 2500],
  // Another machine's clock may be behind that of the pause.
  ['2026-03-01T11:59:59.000Z', 500, noon, 500],
])('at %s, after %i ms and a pause since %s, it was paused for %i ms', (now, pausedMs, pausedSince, expected) => {
  expect(pausedMsAt({ pausedMs, pausedSince }, new Date(now))).toBe(expected);
});

test('while a pause lasts, its time grows as the clock does', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (pausedMs, ms) => {
      const now = new Date(Date.parse(noon) + ms);
      expect(pausedMsAt({ pausedMs, pausedSince: noon }, now)).toBe(pausedMs + ms);
    }),
  );
});

test('only a paused destination is paused', () => {
  expect([isPaused({ status: 'paused' }), isPaused({ status: 'active' })]).toEqual([true, false]);
});
