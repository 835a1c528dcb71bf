import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRouteThrottle } from '../../../local/api-gateway/route-throttle.ts';
import { count } from '../../support/full-counts.ts';

/** The times in milliseconds at which a request passes, of requests at these times. */
function passing(rate: number, burst: number, times: readonly number[]): number[] {
  const throttle = createRouteThrottle(rate, burst);
  return times.filter((time) => throttle.take(new Date(time)));
}

test('a refused request neither takes a token nor fills the bucket', () => {
  expect(passing(1, 1, [0, 500, 600, 999, 1_000, 1_001, 2_000])).toEqual([0, 1_000, 2_000]);
});

test('in no period pass more than the burst and what the rate adds in it', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 2, maxLength: 30, size: 'max' });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), gaps, (rate, burst, waits) => {
      let now = 0;
      const times = waits.map((wait) => (now += wait));
      const passed = passing(rate, burst, times);
      const periods = passed.flatMap((from, first) =>
        passed.slice(first).map((to, later) => ({ calls: later + 1, allowed: burst + ((to - from) / 1000) * rate })),
      );
      expect(periods.length).toBeGreaterThan(0);
      expect(periods.filter(({ calls, allowed }) => calls > allowed + 1e-9)).toEqual([]);
    }),
    { numRuns: count({ usual: 50, full: 2_000 }) },
  );
});
