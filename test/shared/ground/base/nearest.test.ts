import { expect, test } from '@jest/globals';
import { nearest } from '../../../../shared/ground/base/nearest.ts';

test.each<[string, string | undefined]>([
  ['allowfrom', 'allowFrom'],
  ['ALLOWFROM', 'allowFrom'],
  ['allow_from', 'allowFrom'],
  ['retentionDay', 'retentionDays'],
  ['anser', 'answer'],
  ['typ', 'type'],
  ['status', undefined],
  ['bath', undefined],
  ['', undefined],
  ['x', undefined],
])('suggests for %j: %j', (typed, meant) => {
  expect(nearest(typed, ['auth', 'answer', 'dedupe', 'allowFrom', 'retentionDays', 'type'])).toBe(meant);
});

test.each([
  ['strip', ['stripes', 'stripe'], 'stripe'],
  ['strip', ['stripe', 'stripes'], 'stripe'],
  ['strip', ['stripes'], 'stripes'],
  ['stripess', ['stripe', 'stripes'], 'stripes'],
  // Equally near: the first counts.
  ['tape', ['tap', 'type'], 'tap'],
  ['tape', ['type', 'tap'], 'type'],
  ['strip', ['stripest'], undefined],
  ['post', ['GET', 'POST'], 'POST'],
])('the name that is nearest to %j among %j is %j', (typed, known, meant) => {
  expect(nearest(typed, known)).toBe(meant);
});

test('a suggestion compares only the first 64 characters of a name', () => {
  expect(nearest('a'.repeat(10_000), ['auth'])).toBeUndefined();
  expect(nearest('a'.repeat(10_000), ['a'.repeat(64)])).toBe('a'.repeat(64));
});
