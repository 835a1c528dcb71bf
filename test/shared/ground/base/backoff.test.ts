import { expect, test } from '@jest/globals';
import { waitAfter } from '../../../../shared/ground/base/backoff.ts';

test.each([
  [1, 0, 1_000],
  [2, 0, 2_000],
  [3, 0, 4_000],
  [6, 0, 32_000],
  [7, 0, 60_000],
  [1_000, 0, 60_000],
  // The random part takes away at most half.
  [3, 0.5, 3_000],
  [3, 1, 2_000],
  [7, 1, 30_000],
  [1, 1, 1_000],
  [2, 0.3333, 1_667],
])('after %i attempts, with %f for the random part, the next one follows in %i ms', (attempts, random, ms) => {
  expect(waitAfter(attempts, undefined, random)).toBe(ms);
});

test.each([
  [7_000, 7_000],
  [0, 1_000],
  [-5_000, 1_000],
  [3_600_000, 60_000],
  [1_500.4, 1_500],
])('a receiver that asks for %f ms gets %i ms, without a random part', (retryAfter, ms) => {
  expect(waitAfter(3, retryAfter, 1)).toBe(ms);
});
