import { describe, expect, test } from '@jest/globals';
import { addSkips, skipCountOf, skipsOf } from '../../../../shared/ground/job/skips.ts';

describe('the reasons to skip things', () => {
  test('are counted one by one', () => {
    expect(skipsOf([])).toEqual({});
    expect(skipsOf(['held', 'test', 'held', 'expired', 'held'])).toEqual({ held: 3, test: 1, expired: 1 });
  });

  test('are added up, without reasons that did not occur', () => {
    expect(addSkips({}, {})).toEqual({});
    expect(addSkips<string>({ held: 1 }, {})).toEqual({ held: 1 });
    expect(addSkips<string>({ held: 1, test: 0, expired: 3 }, { held: 2, test: 0, expired: 4 })).toEqual({
      held: 3,
      expired: 7,
    });
  });

  test('have a sum', () => {
    expect(skipCountOf({})).toBe(0);
    expect(skipCountOf({ held: 1, test: 2, expired: 4 })).toBe(7);
  });
});
