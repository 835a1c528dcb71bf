import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type AttemptCounts,
  bucketOf,
  noAttempts,
  quantileOf,
  sumOfAttempts,
} from '../../../../shared/ground/statistics/attempt-counts.ts';

/** The counts of answers that took so long. */
function countsOf(all: readonly number[]): AttemptCounts {
  const counts = { ...noAttempts('dst_1'), delivered: all.length };
  for (const ms of all) counts.times[bucketOf(ms)] = (counts.times[bucketOf(ms)] ?? 0) + 1;
  return counts;
}

const times = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 100, size: 'max' });

test('the time of a part of the answers is within ten percent of the right one, before it is rounded to a millisecond', () => {
  fc.assert(
    fc.property(times, fc.constantFrom(0.5, 0.95, 1), (all, part) => {
      const right = all.toSorted((one, other) => one - other)[Math.ceil(all.length * part) - 1] ?? 0;
      const found = quantileOf(countsOf(all), part) ?? 0;
      expect(Math.abs(found - right)).toBeLessThanOrEqual(0.1 * right + 0.5);
    }),
  );
});

test('there is no time without answers', () => {
  expect(quantileOf(noAttempts('dst_1'), 0.5)).toBeUndefined();
});

test('the sum of periods has the times of all of them, by destination', () => {
  fc.assert(
    fc.property(times, times, (one, other) => {
      const sum = sumOfAttempts([{ shop: countsOf(one) }, { shop: countsOf(other), stock: countsOf(other) }]);
      expect(sum).toEqual({ shop: countsOf([...one, ...other]), stock: countsOf(other) });
    }),
  );
});

test('the 500 destinations with the most attempts are kept', () => {
  const all = Array.from(
    { length: 600 },
    (_, at) => [`d${at}`, { ...noAttempts(`dst_${at}`), failed: at + 1 }] as const,
  );
  const names = Object.keys(sumOfAttempts([Object.fromEntries(all)]));
  expect([names.length, names[0], names.at(-1)]).toEqual([500, 'd599', 'd100']);
});
