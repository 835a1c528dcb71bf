import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRetried, waitsIn, waitsText } from '../../../../shared/deliveries/destination/retry-settings.ts';

test.each<[string[] | undefined, number | undefined, boolean]>([
  [undefined, 404, true],
  [undefined, undefined, true],
  [[], undefined, true],
  [[], 429, true],
  [[], 500, false],
  [['5xx'], 500, true],
  [['5xx'], 599, true],
  [['5xx'], 499, false],
  [['5xx'], 429, true],
  [['4xx'], 400, true],
  [['4xx'], 302, false],
  [['3xx'], 302, true],
  [['503', '408'], 408, true],
  [['503', '408'], 500, false],
])('with %j, a delivery that got %j is tried again: %s', (retryOn, status, isTried) => {
  expect(isRetried(retryOn, status)).toBe(isTried);
});

describe('waits as a text', () => {
  test.each([
    ['30s,5m,1h', [30, 300, 3_600]],
    [' 30 s ,  5m ', [30, 300]],
    ['90m', [5_400]],
    ['999999s', [999_999]],
  ])('%j is %j', (text, waits) => expect(waitsIn(text)).toEqual(waits));

  test.each(['', '5', 'm', '5d', '5m,', ',5m', '5m 1h', '-5m', '1.5h', '1000000s', 'none', '5M'])(
    '%j is none',
    (text) => expect(waitsIn(text)).toBeUndefined(),
  );

  test('are written in the largest unit that fits', () => {
    expect(waitsText([5, 60, 90, 3_600, 5_400, 43_200])).toBe('5s, 1m, 90s, 1h, 90m, 12h');
  });

  test('are read as they were written', () => {
    const anyWaits = fc.array(fc.integer({ min: 5, max: 43_200 }), { minLength: 1, maxLength: 20, size: 'max' });
    fc.assert(fc.property(anyWaits, (waits) => expect(waitsIn(waitsText(waits))).toEqual(waits)));
  });
});
