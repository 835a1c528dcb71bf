import { expect, test } from '@jest/globals';
import { nextAttemptAt, waitAt } from '../../../../shared/deliveries/dispatch/retry-schedule.ts';

const usual = {};
const [second, minute, hour] = [1_000, 60_000, 3_600_000];

test.each([
  [0, 5 * second],
  [1, 30 * second],
  [2, 2 * minute],
  [3, 10 * minute],
  [4, 30 * minute],
  [5, hour],
  [6, 2 * hour],
  [7, 4 * hour],
  [8, 8 * hour],
  [9, 12 * hour],
  [40, 12 * hour],
])('the wait after %i waits is the one of the schedule, a fifth less or more', (step, wait) => {
  expect(waitAt(usual, step, 0.5)).toBe(wait);
  expect(waitAt(usual, step, 0)).toBe(wait * 0.8);
  expect(waitAt(usual, step, 1)).toBe(wait * 1.2);
});

test('what a receiver asks for counts if it is longer, up to twelve hours', () => {
  expect(waitAt(usual, 0, 0.5, 90 * second)).toBe(90 * second);
  expect(waitAt(usual, 2, 0.5, 90 * second)).toBe(2 * minute);
  expect(waitAt(usual, 0, 0.5, 12 * hour)).toBe(12 * hour);
  expect(waitAt(usual, 0, 0.5, 12 * hour + 1)).toBe(12 * hour);
  expect(waitAt(usual, 0, 0.5, -5)).toBe(5 * second);
});

test('a schedule of its own has the waits of the destination, of which the last one repeats', () => {
  const own = { schedule: [30, 5, 3_600] };
  const waitsOf = (random: number) => [0, 1, 2, 3, 40].map((step) => waitAt(own, step, random));
  expect(waitsOf(0.5)).toEqual([30 * second, 5 * second, hour, hour, hour]);
  expect(waitsOf(0)).toEqual([24 * second, 4 * second, 48 * minute, 48 * minute, 48 * minute]);
  expect(waitAt(own, 1, 0.5, 90 * second)).toBe(90 * second);
});

const now = 1_772_366_400_000;

test('the next attempt is after the wait, and the last one right after the limit', () => {
  expect(nextAttemptAt(now, hour, { age: hour, limit: 3 * hour })).toBe(now + hour);
  expect(nextAttemptAt(now, 2 * hour + second, { age: hour, limit: 3 * hour })).toBe(now + 2 * hour + second);
  expect(nextAttemptAt(now, 8 * hour, { age: hour, limit: 3 * hour })).toBe(now + 2 * hour + second);
  expect(nextAttemptAt(now, 8 * hour, { age: 3 * hour - 1, limit: 3 * hour })).toBe(now + second + 1);
});

test('after the limit there is no next attempt', () => {
  expect(nextAttemptAt(now, second, { age: 3 * hour, limit: 3 * hour })).toBeUndefined();
  expect(nextAttemptAt(now, second, { age: 3 * hour + 1, limit: 3 * hour })).toBeUndefined();
});
