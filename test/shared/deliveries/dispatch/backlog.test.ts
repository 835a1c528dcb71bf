/**
 * No chain of invocations is longer than eight, and what a chain leaves to the sweep comes a minute later at most. The same world without
 * the bound shows what comes later because of it.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Change, planted } from '../../../support/dispatch-world/plant.ts';
import { type Backlog, backlog } from '../../../support/dispatch-world/runs.ts';
import { count, testInFull } from '../../../support/full-counts.ts';

const second = 1_000;
const minute = 60 * second;

const unbounded: Change = {
  file: 'shared/ground/aws/invocation-chain.ts',
  from: 'const longestChain = 8;',
  to: 'const longestChain = 100_000;',
};

describe.each(Array.from({ length: count({ usual: 1, full: 20 }) }, (_, at) => at + 1))(
  'a backlog of forty minutes (seed %i)',
  (seed) => {
    let bounded: Backlog;
    let free: Backlog;
    beforeAll(async () => {
      bounded = await backlog(seed);
      free = await (await planted([unbounded])).backlog(seed);
    });

    test('is worked off, by chains of eight invocations', () => {
      expect(bounded).toMatchObject({ violations: [], longestChain: 8, delivered: 560 });
      for (const { workedMs } of [bounded.rated, bounded.slow]) expect(workedMs).toBeGreaterThan(38 * minute);
    });

    test('would be a single chain without the bound', () => {
      expect(free.delivered).toBe(560);
      expect(free.longestChain).toBeGreaterThan(300);
      expect(free.violations[0]).toContain('a chain of more than eight invocations');
    });

    test('ends less than a minute later because of the bound, and each attempt in between begins so', () => {
      expect(bounded.rated.lateMs).toBeLessThanOrEqual(free.rated.lateMs + minute);
      expect(bounded.slow.idleMs).toBeLessThanOrEqual(free.slow.idleMs + minute);
      expect(bounded.againLateMs.queue).toBeLessThanOrEqual(free.againLateMs.queue + minute);
      expect(bounded.againLateMs.lane).toBeLessThanOrEqual(free.againLateMs.lane + minute);
    });
  },
);

/** Mistakes in the counting, and what they do to the chains or to what waits. */
const mistakes: [string, Change[], (found: Backlog) => boolean][] = [
  [
    'what is received says nothing of its chain',
    [
      {
        file: 'shared/deliveries/dispatch/chained-queues.ts',
        from: 'place = Math.max(place, placeAfter(sent));',
        to: 'void placeAfter;',
      },
    ],
    ({ longestChain }) => longestChain > 300,
  ],
  [
    'the last invocation writes a time that only its message would keep',
    [{ file: 'shared/deliveries/dispatch/record-result.ts', from: ' && !queues.isLast;', to: ';' }],
    ({ againLateMs }) => againLateMs.queue > 10 * minute,
  ],
  [
    'the last turn of a lane does not say when it ends',
    [
      {
        file: 'shared/deliveries/dispatch/lane.ts',
        from: '(timer ? { ...timer, due: ends } : unchanged)',
        to: 'unchanged',
      },
    ],
    ({ rated, slow }) => rated.lateMs > 22 * second + minute || slow.idleMs > 57 * second + minute,
  ],
  [
    'nobody waits for the last turn',
    [{ file: 'shared/deliveries/dispatch/lane-lease.ts', from: 'if (!endsSoon || ', to: 'if (endsSoon || ' }],
    ({ rated, slow }) => rated.lateMs > 22 * second + minute || slow.idleMs > 57 * second + minute,
  ],
];

testInFull.each(mistakes)('found: %s', async (_, changes, isFound) => {
  expect(isFound(await (await planted(changes)).backlog(1))).toBe(true);
});
