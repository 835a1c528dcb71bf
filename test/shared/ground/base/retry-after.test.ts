import { expect, test } from '@jest/globals';
import { retryAfterMs } from '../../../../shared/ground/base/retry-after.ts';

const now = new Date('2026-03-01T12:00:00Z');

test.each<[string | null | undefined, number | undefined]>([
  ['3', 3000],
  ['120', 120_000],
  ['0', 0],
  ['Sun, 01 Mar 2026 12:00:05 GMT', 5000],
  // Dates that end, or begin, with digits.
  ['Sun, 01 Mar 2026 12:00:05 +0000', 5000],
  ['2026-03-01T12:00:05Z', 5000],
  ['Sun, 01 Mar 2026 11:59:55 GMT', -5000],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
  [undefined, undefined],
])('a Retry-After of %j means %j ms', (value, ms) => {
  expect(retryAfterMs(value, now)).toBe(ms);
});
