import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern } from '../../../../shared/ground/pattern/event-pattern.ts';
import { firstMismatch } from '../../../../shared/ground/pattern/first-mismatch.ts';
import { stepBudget } from '../../../../shared/ground/pattern/step-budget.ts';

const event = {
  type: 'order.paid',
  data: {
    amount: 30,
    'a/b': 1,
    lines: [
      { sku: 'a', count: 1 },
      { sku: 'b', count: 2 },
    ],
  },
};

describe('an event first differs from a pattern', () => {
  test.each<[string, object, string | undefined]>([
    [
      'in its first condition that is not met',
      { type: ['order.paid'], data: { amount: [1], lines: { sku: ['c'] } } },
      '/data/amount',
    ],
    ['in a field that it does not have', { data: { other: [1] } }, '/data/other'],
    ['in a field that it should not have', { data: { amount: [{ exists: false }] } }, '/data/amount'],
    ['in a field whose name needs escapes', { data: { 'a/b': [2] } }, '/data/a~1b'],
    ['in the alternatives of $or', { type: ['order.paid'], $or: [{ type: ['a'] }, { data: { amount: [1] } }] }, '/$or'],
    ['in alternatives within a field', { data: { $or: [{ amount: [1] }, { other: [1] }] } }, '/data/$or'],
    ['in a field that is named __proto__', JSON.parse('{"data":{"__proto__":["a"]}}'), '/data/__proto__'],
    ['in no condition by itself', { data: { lines: { sku: ['a'], count: [2] } } }, undefined],
    ['nowhere if it matches', { type: ['order.paid'] }, undefined],
  ])('%s', (_, pattern, place) => {
    expect(firstMismatch(pattern as Record<string, unknown>, event)?.at).toBe(place);
  });
});

test('nobody knows where if to find out takes too many steps', () => {
  expect(firstMismatch({ type: ['a'] }, event, stepBudget(3))).toBeUndefined();
  expect(firstMismatch({ type: ['a'] }, event, stepBudget(4))?.at).toBe('/type');
});

test('what is named does not match by itself, and nothing is named of an event that matches', () => {
  const value = fc.constantFrom('a', 'b', { exists: false }, { prefix: 'a' });
  const values = fc.array(value, { minLength: 1, maxLength: 2 });
  const pattern = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.oneof(values, fc.dictionary(fc.constantFrom('d', 'e'), values, { minKeys: 1 })),
    { minKeys: 1 },
  );
  const leaf = fc.constantFrom('a', 'b', 'ab');
  const some = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.oneof(leaf, fc.dictionary(fc.constantFrom('d', 'e'), leaf)),
  );
  fc.assert(
    fc.property(pattern, some, (wanted, given) => {
      const place = firstMismatch(wanted, given);
      // Without lists, an event that meets each condition meets all of them.
      expect(place === undefined).toBe(compilePattern(wanted)(given) === 'match');
    }),
  );
});
