import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { afterCursor, cursorOf, limitOf } from '../../../../shared/operators/api/list-page.ts';
import { Problem } from '../../../../shared/operators/api/problem.ts';

/** The result, or the status and the code of the rejection. */
function outcomeOf<T>(read: () => T): T | [number, string] {
  try {
    return read();
  } catch (error) {
    if (error instanceof Problem) return [error.status, error.code];
    throw error;
  }
}

test.each<[string | undefined, unknown]>([
  [undefined, 50],
  ['1', 1],
  ['007', 7],
  ['200', 200],
  ['201', [400, 'invalid_limit']],
  ['0', [400, 'invalid_limit']],
  ['0001', [400, 'invalid_limit']],
  ['', [400, 'invalid_limit']],
  ['-1', [400, 'invalid_limit']],
  ['1.5', [400, 'invalid_limit']],
  ['1e2', [400, 'invalid_limit']],
  [' 5', [400, 'invalid_limit']],
  ['5 ', [400, 'invalid_limit']],
])('the limit %j means %j', (text, expected) => {
  expect(outcomeOf(() => limitOf(text))).toEqual(expected);
});

describe('a cursor', () => {
  const anything = () => true;

  test('leads back to the position that it was made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (position) => {
        expect(afterCursor(cursorOf(position) ?? undefined, anything)).toBe(position);
      }),
    );
  });

  test('can go into a URL as it is', () => {
    expect(cursorOf('orders?>')).toBe('b3JkZXJzPz4');
    expect(cursorOf('~~~?')).toBe('fn5-Pw');
  });

  test('is null at the end of the list, and its absence means the start', () => {
    expect(cursorOf(undefined)).toBeNull();
    expect(afterCursor(undefined, () => false)).toBeUndefined();
  });

  test.each([
    ['was changed', 'b3JkZXJzPz5'],
    ['has padding', 'b3JkZXI='],
    ['is no base64url', 'not a cursor'],
    ['is no UTF-8', '_w'],
  ])('is refused if it %s', (_, cursor) => {
    expect(outcomeOf(() => afterCursor(cursor, anything))).toEqual([400, 'invalid_cursor']);
  });

  test('of another list is refused', () => {
    const isOrders = (text: string) => text === 'orders';
    expect(afterCursor('b3JkZXJz', isOrders)).toBe('orders');
    expect(outcomeOf(() => afterCursor('aW52b2ljZXM', isOrders))).toEqual([400, 'invalid_cursor']);
  });
});
