/** A time limit for a program counts only the time in which this process ran. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { runningLimit } from '../../../../clients/cli/listen/running-time.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A limit, and the time by a clock that also runs while the process stands still. */
function aLimit(ms: number) {
  let stood = 0;
  const limit = runningLimit(ms, () => performance.now() + stood);
  return {
    limit,
    run: (milliseconds: number) => void jest.advanceTimersByTime(milliseconds),
    standStill: (milliseconds: number) => {
      stood += milliseconds;
    },
  };
}

test.each([50, 1_000, 2_500, 30_000])('%i ms are up then, and not before', (ms) => {
  const { limit, run } = aLimit(ms);
  run(ms - 1);
  expect(limit.signal.aborted).toBe(false);
  run(1_000);
  expect([limit.signal.aborted, jest.getTimerCount()]).toEqual([true, 0]);
});

test('hours in which the process stood still do not count, also in the last second', () => {
  const { limit, run, standStill } = aLimit(3_000);
  run(1_500);
  standStill(8 * 3_600_000);
  run(1_000);
  standStill(60_000);
  run(900);
  expect(limit.signal.aborted).toBe(false);
  run(3_000);
  expect(limit.signal.aborted).toBe(true);
});

test('what has arrived when the time is up is read first', () => {
  const { limit, run } = aLimit(1_000);
  const order: string[] = [];
  limit.signal.addEventListener('abort', () => order.push('up'));
  // Node reads its sockets after the timers that are due, and before what setImmediate gets.
  setTimeout(() => order.push('read'), 1_000);
  run(1_500);
  expect(order).toEqual(['read', 'up']);
});

test('one that is ended never aborts, and leaves no timer', () => {
  const { limit, run } = aLimit(1_000);
  limit.end();
  run(5_000);
  expect([limit.signal.aborted, jest.getTimerCount()]).toEqual([false, 0]);
});
