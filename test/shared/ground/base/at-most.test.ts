import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { atMost } from '../../../../shared/ground/base/at-most.ts';

test('calls run in order, as many at a time as allowed, whichever of them fail', async () => {
  const arbitraryEnds = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.boolean()), {
    minLength: 1,
    maxLength: 12,
    size: 'max',
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), arbitraryEnds, async (count, ends) => {
      const limited = atMost(count);
      const begun: number[] = [];
      let running = 0;
      let most = 0;
      const results = ends.map(([turns, fails], at) =>
        limited(async () => {
          begun.push(at);
          most = Math.max(most, ++running);
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
          running -= 1;
          if (fails) throw new Error(`call ${at}`);
          return at;
        }).catch((error: Error) => error.message),
      );
      expect(await Promise.all(results)).toEqual(ends.map(([, fails], at) => (fails ? `call ${at}` : at)));
      expect(begun).toEqual([...ends.keys()]);
      expect(most).toBe(Math.min(count, ends.length));
    }),
  );
});

test('a call that comes when all have ended begins at once', async () => {
  const limited = atMost(1);
  await limited(async () => undefined);
  let begun = false;
  void limited(async () => {
    begun = true;
  });
  expect(begun).toBe(true);
});
