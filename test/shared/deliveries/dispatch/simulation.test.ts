/**
 * The whole of dispatching in virtual time: the real code, with services that fail and are late, receivers that are ill, and operators
 * who act in between. What must hold is in `test/support/dispatch-world/checker.ts`. A seed that fails is shown by
 * `node test/support/dispatch-world/main.ts PROFILE --trace SEED`.
 */
import { describe, expect, test } from '@jest/globals';
import { alwaysFailing } from '../../../support/dispatch-world/always-failing.ts';
import { deadlyEvent } from '../../../support/dispatch-world/deadly-event.ts';
import { flood, shareOf } from '../../../support/dispatch-world/flood.ts';
import { lateParks } from '../../../support/dispatch-world/late-park.ts';
import { type ProfileName, profiles, runSeed } from '../../../support/dispatch-world/scenario.ts';
import { count, testInFull } from '../../../support/full-counts.ts';

const seconds = 1_000;
const hours = 3_600_000;

test.each(Object.keys(profiles) as ProfileName[])(
  'nothing is lost, stranded, sent to whom it must not be sent, or untold (profile %s)',
  async (name) => {
    const found: string[] = [];
    const seen = new Set<string>();
    for (let seed = 1; seed <= count({ usual: 12, full: 300 }); seed += 1) {
      const { violations, counts } = await runSeed(seed, profiles[name]);
      found.push(...violations.map(({ kind, text }) => `seed ${seed}: ${kind}: ${text}`));
      for (const each of Object.keys(counts)) seen.add(each);
    }
    expect(found).toEqual([]);
    // Otherwise the runs would not contain what has to be tested.
    const usual = [
      'attempts',
      'cancelled',
      'delivered',
      'expired',
      'failed',
      'given_up',
      'incidents',
      'opened',
      'probes',
    ];
    expect([...seen]).toEqual(expect.arrayContaining(usual));
  },
);

describe('a flood for a destination that hangs', () => {
  test.each([false, true])(
    'delays a healthy one by one time limit, and arrives after the recovery, the oldest first (fair queue: %s)',
    async (isFair) => {
      const each = count({ usual: 1_000, full: 100_000 });
      // What is put aside takes executions too, so a larger flood needs more of them.
      const dispatchConcurrency = count({ usual: 5, full: 50 });
      // A public route takes no more than 2,000 a second, and 4,000 at once.
      const within = count({ usual: 5 * seconds, full: 48 * seconds });
      const result = await flood({ unwell: ['hanging'], each, within, well: 1_000, dispatchConcurrency, isFair });
      expect(result).toMatchObject({ violations: [], delivered: each + 1_000, givenUp: 0 });
      expect(result.delays).toHaveLength(1_000);
      expect(shareOf(result.delays, 0.99)).toBeLessThanOrEqual(20 * seconds);
      // So many are under way at a time.
      expect(result.mostOutOfOrder).toBeLessThanOrEqual(16);
    },
  );

  testInFull.each([8, 20])('%i of them: what they cost a healthy one', async (many) => {
    const result = await flood({ unwell: Array(many).fill('hanging'), each: 100, well: 1_000 });
    const [half, most] = [0.5, 0.99].map((share) => (shareOf(result.delays, share) / seconds).toFixed(1));
    process.stdout.write(
      `${many} destinations hang: half of a healthy one's attempts begin within ${half} s, 99 % within ${most} s\n`,
    );
    expect(result).toMatchObject({ violations: [], delivered: 100 * many + 1_000, givenUp: 0 });
    // Four at a time, in turns of a time limit.
    expect(shareOf(result.delays, 0.99)).toBeLessThanOrEqual((many / 4 + 1) * 20 * seconds);
  });
});

describe('an event whose attempt ends the function each time', () => {
  test.each([
    // The sweep can send it once more between two of them.
    { rated: false, by: 'from the queue', most: 6 },
    { rated: true, by: 'by a lane', most: 5 },
  ])('fails after five times, and the others arrive, $by', async ({ rated, most }) => {
    const { attempts, ...result } = await deadlyEvent(1, rated);
    expect(result).toEqual({ violations: [], end: 'failed internal', delivered: 50 });
    expect(attempts).toBeGreaterThanOrEqual(5);
    expect(attempts).toBeLessThanOrEqual(most);
  });
});

test.each(Array.from({ length: count({ usual: 1, full: 20 }) }, (_, at) => at + 1))(
  'what is parked just when the timer of its lane ends is attempted all the same (seed %i)',
  async (seed) => {
    expect(await lateParks(seed)).toEqual([]);
  },
);

describe('one event that always fails, among others that go well', () => {
  const schedule = [
    5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 43_200, 43_200, 43_200, 43_200, 43_200,
  ];

  test.each(Array.from({ length: count({ usual: 1, full: 20 }) }, (_, at) => at + 1))(
    'opens nothing, delays nothing, and is attempted at its times for 72 hours (seed %i)',
    async (seed) => {
      const { waits, lastsMs, longestDelay, ...result } = await alwaysFailing(seed);
      expect(result).toEqual({ violations: [], opened: 0, status: 'given_up', delivered: 500 });
      expect(longestDelay).toBeLessThanOrEqual(2 * seconds);
      // The last one is cut to the limit.
      const whole = waits.slice(0, -1).map((ms, at) => ms / seconds / (schedule[at] ?? 0));
      // A queue rounds up to seconds, and a batch reads before it attempts.
      expect(Math.min(...whole)).toBeGreaterThanOrEqual(0.8);
      expect(Math.max(...whole.slice(1))).toBeLessThanOrEqual(1.25);
      expect(waits[0]).toBeLessThanOrEqual(7.5 * seconds);
      expect(lastsMs).toBeGreaterThanOrEqual(72 * hours);
      expect(lastsMs).toBeLessThanOrEqual(72 * hours + 5 * seconds);
    },
  );
});

testInFull('a flood of twenty thousand, with a queue that is fair', async () => {
  const result = await flood({ unwell: ['down'], each: 20_000, well: 1_000, isFair: true });
  expect(result).toMatchObject({ violations: [], delivered: 21_000, givenUp: 0 });
  // Until the destination is known as unwell, its messages are attempted; to put them aside takes executions, too.
  expect(shareOf(result.delays, 0.99)).toBeLessThanOrEqual(40 * seconds);
  expect(result.mostOutOfOrder).toBeLessThanOrEqual(16);
});
