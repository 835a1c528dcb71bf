/** What differs between two JSON texts. */
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import {
  differenceOf,
  type JsonDifference,
  mostDifferences,
} from '../../../../clients/console/body/json-difference.ts';
import { atPointer } from '../../../../shared/ground/base/json-pointer.ts';

const changed = (path: string, before: string, after: string): JsonDifference => ({
  path,
  kind: 'changed',
  before,
  after,
});
const added = (path: string, after: string): JsonDifference => ({ path, kind: 'added', after });
const removed = (path: string, before: string): JsonDifference => ({ path, kind: 'removed', before });

test.each<[before: string, after: string, differences: JsonDifference[]]>([
  ['{"a":1,"b":[2]}', ' { "b" : [ 2 ] , "a" : 1 } ', []],
  ['"\\u00e9\\/"', '"é/"', []],
  ['\ufeff1', '1', []],
  ['1.0', '1', [changed('', '1.0', '1')]],
  ['9007199254740993', '9007199254740992', [changed('', '9007199254740993', '9007199254740992')]],
  ['{"a":1}', '{"a":"1"}', [changed('/a', '1', '"1"')]],
  ['{"a":{"b":1}}', '{"a":{"b":2,"c":3}}', [changed('/a/b', '1', '2'), added('/a/c', '3')]],
  ['{"a":1,"b":{"c":[1,2]}}', '{"a":1}', [removed('/b', '{"c": [1, 2]}')]],
  ['{"a/b":{"~":1}}', '{"a/b":{"~":2}}', [changed('/a~1b/~0', '1', '2')]],
  ['[1,2,3]', '[1,4,2,3]', [added('/1', '4')]],
  ['[1,2,3]', '[2,3]', [removed('/0', '1')]],
  ['[1,1]', '[1]', [removed('/1', '1')]],
  ['[{"a":1,"b":2}]', '[{"a":1,"b":3}]', [changed('/0/b', '2', '3')]],
  ['[]', '{}', [changed('', '[]', '{}')]],
  ['{"a":1,"a":2}', '{"a":1,"a":3}', [changed('/a (2)', '2', '3')]],
  ['{"a":1,"a":2}', '{"a":1}', [removed('/a (2)', '2')]],
  ['{"__proto__":1}', '{"__proto__":2,"toString":3}', [changed('/__proto__', '1', '2'), added('/toString', '3')]],
])('from %s to %s', (before, after, differences) => {
  expect(differenceOf(before, after)).toEqual({ differences, more: 0 });
});

test.each([
  ['{', '1'],
  ['1', '<a/>'],
  ['[]', '['.repeat(10_000) + ']'.repeat(10_000)],
])('%.5s and %.5s are not compared', (before, after) => {
  expect(differenceOf(before, after)).toBeUndefined();
});

test('a long value is cut', () => {
  const [difference] = differenceOf('1', JSON.stringify('x'.repeat(1_000)))?.differences ?? [];
  expect(difference?.after).toBe(`"${'x'.repeat(199)}…`);
});

test('many differences are counted, and the first are listed', () => {
  const list = JSON.stringify(Array.from({ length: 400 }, (_, at) => at));
  const other = JSON.stringify(Array.from({ length: 400 }, (_, at) => -at - 1));
  const found = differenceOf(list, other);
  expect([found?.differences.length, found?.more]).toEqual([mostDifferences, 200]);
});

/** Without numbers that are written in another way than they are read. */
const anyValue = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const namesIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, each]) => [name, ...namesIn(each)])
    : [];

describe('any two values', () => {
  it('have no difference if they are equal, and one if they are not', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (one, other) => {
        const isEqual = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        const count = differenceOf(JSON.stringify(one), JSON.stringify(other))?.differences.length ?? 0;
        expect(count === 0).toBe(isEqual);
        expect(differenceOf(JSON.stringify(one), JSON.stringify(one, null, 2))?.differences).toEqual([]);
      }),
    );
  });

  it('differ at the places that are named', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (one, other) => {
        // A pointer can't name what is inside of a text, and an empty name is none.
        fc.pre(!namesIn([one, other]).includes(''));
        const differences = differenceOf(JSON.stringify(one), JSON.stringify(other))?.differences ?? [];
        const named = differences.filter(({ kind }) => kind !== 'removed');
        expect(
          named.map(({ path }) => JSON.stringify(atPointer(other, path)).replaceAll(/\s/g, '').slice(0, 20)),
        ).toEqual(named.map(({ after = '' }) => after.replaceAll(/\s/g, '').replace(/…$/, '').slice(0, 20)));
      }),
    );
  });
});

/** The same value with its members in the order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, each]) => [name, sorted(each)]);
  return { members };
}
