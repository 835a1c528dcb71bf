import { describe, expect, test } from '@jest/globals';
import { itemBytes, writeUnits } from '../../../../shared/ground/aws/item-size.ts';

// The rules are those of "DynamoDB item sizes and formats" in the developer guide of DynamoDB.
describe('the size of an item', () => {
  test.each([
    ['no attribute', {}, 0],
    ['a text', { a: { S: 'bcd' } }, 4],
    ['an empty text', { a: { S: '' } }, 1],
    ['letters of several bytes', { ä: { S: '€' } }, 5],
    ['bytes', { a: { B: new Uint8Array(10) } }, 11],
    ['a boolean', { a: { BOOL: false } }, 2],
    ['several attributes', { ab: { S: 'c' }, de: { N: '1' }, f: { BOOL: true } }, 9],
  ])('with %s counts names and values', (_, item, bytes) => {
    expect(itemBytes(item)).toBe(bytes);
  });

  // One byte for each two digits, and one more. Zeros at either end do not count.
  test.each([
    ['0', 1],
    ['7', 2],
    ['42', 2],
    ['100', 2],
    ['1000', 2],
    ['123', 3],
    ['1001', 3],
    ['100001', 4],
    ['1000000', 2],
    ['12345678', 5],
    ['1772366400', 5],
    ['-7', 3],
    ['-42', 3],
    ['-100', 3],
  ])('counts the number %s as %d bytes', (number, bytes) => {
    expect(itemBytes({ a: { N: number } })).toBe(1 + bytes);
  });
});

test.each([
  [1, 1],
  [1024, 1],
  [1025, 2],
  [2048, 2],
])('%d bytes cost %d write units', (bytes, units) => {
  expect(writeUnits(bytes)).toBe(units);
});
