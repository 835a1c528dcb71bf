import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inParallel } from '../../../../shared/ground/base/parallel.ts';
import { aMoment } from '../../../support/a-moment.ts';

test('starts in order, with at most so many at a time, and keeps the order of the results', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3)), fc.integer({ min: 1, max: 4 }), async (turns, atOnce) => {
      const started: number[] = [];
      let running = 0;
      let most = 0;
      const results = await inParallel([...turns.keys()], atOnce, async (item) => {
        started.push(item);
        running += 1;
        most = Math.max(most, running);
        for (let left = turns[item] ?? 0; left >= 0; left -= 1) await undefined;
        running -= 1;
        return `result ${item}`;
      });
      expect(started).toEqual([...turns.keys()]);
      expect(results).toEqual(turns.map((_, item) => `result ${item}`));
      expect(most).toBe(Math.min(atOnce, turns.length));
    }),
  );
});

test('after an error no further call starts', async () => {
  const started: number[] = [];
  const done = inParallel([1, 2, 3, 4, 5], 2, async (item) => {
    started.push(item);
    await undefined;
    if (item === 2) throw new Error('call 2 failed');
    await aMoment();
  });
  await expect(done).rejects.toThrow('call 2 failed');
  // Call 1 ends meanwhile.
  await aMoment();
  await aMoment();
  expect(started).toEqual([1, 2]);
});
