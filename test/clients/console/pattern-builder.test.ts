/** The conditions of the pattern builder, and the patterns that they are. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Condition,
  conditionErrors,
  conditionsOf,
  isBlank,
  patternOfConditions,
  scalarIn,
  testsOf,
  typedOf,
  withSubject,
} from '../../../clients/console/routes/pattern-builder.ts';
import { routesText } from '../../../clients/console/routes-text.ts';
import { compilePattern } from '../../../shared/ground/pattern/event-pattern.ts';
import { codePoint } from '../../support/any-text.ts';

const type = (test: Condition['test'], value: string): Condition => ({ subject: 'type', name: '', test, value });
const header = (name: string, test: Condition['test'], value = ''): Condition => ({
  ...{ subject: 'header', name, test, value },
});
const data = (name: string, test: Condition['test'], value = ''): Condition => ({
  ...{ subject: 'data', name, test, value },
});

/** Conditions, and the pattern that means the same: each is made of the other one. */
const pairs: [conditions: Condition[], pattern: object][] = [
  [[type('equals', 'order.paid')], { type: ['order.paid'] }],
  [[type('oneOf', 'order.paid\norder.refunded')], { type: ['order.paid', 'order.refunded'] }],
  [[type('prefix', 'order.')], { type: [{ prefix: 'order.' }] }],
  [[type('equals', '5')], { type: ['5'] }],
  [[header('x-shop', 'equals', 'north')], { headers: { 'x-shop': ['north'] } }],
  [[header('x-shop', 'equals', 'true')], { headers: { 'x-shop': ['true'] } }],
  [[header('x-shop', 'prefix', 'no')], { headers: { 'x-shop': [{ prefix: 'no' }] } }],
  [[header('x-shop', 'exists')], { headers: { 'x-shop': [{ exists: true }] } }],
  [[header('x-shop', 'missing')], { headers: { 'x-shop': [{ exists: false }] } }],
  [[data('status', 'equals', 'paid')], { data: { status: ['paid'] } }],
  [[data('customer.country', 'oneOf', 'DE\nFR')], { data: { customer: { country: ['DE', 'FR'] } } }],
  [[data('merged', 'equals', 'true')], { data: { merged: [true] } }],
  [[data('merged', 'equals', '"true"')], { data: { merged: ['true'] } }],
  [[data('gone', 'oneOf', 'null\n7\n""')], { data: { gone: [null, 7, ''] } }],
  [[data('note', 'equals', '" a "')], { data: { note: [' a '] } }],
  [[data('note', 'equals', '"a\\nb"')], { data: { note: ['a\nb'] } }],
  [[data('note', 'equals', '{}')], { data: { note: ['{}'] } }],
  [[data('number', 'prefix', '49')], { data: { number: [{ prefix: '49' }] } }],
  [[data('id', 'exists')], { data: { id: [{ exists: true }] } }],
  [[data('amount', 'greater', '100')], { data: { amount: [{ numeric: ['>', 100] }] } }],
  [[data('amount', 'less', '-0.5')], { data: { amount: [{ numeric: ['<', -0.5] }] } }],
  [
    [type('equals', 'order.paid'), header('x-shop', 'exists'), data('a.b', 'equals', '1'), data('a.c', 'missing')],
    {
      type: ['order.paid'],
      headers: { 'x-shop': [{ exists: true }] },
      data: { a: { b: [1], c: [{ exists: false }] } },
    },
  ],
  [[data('__proto__.x', 'equals', '1')], JSON.parse('{"data": {"__proto__": {"x": [1]}}}')],
];

test.each(pairs)('%j is %j, and the other way round', (conditions, pattern) => {
  expect([JSON.stringify(patternOfConditions(conditions)), conditionsOf(pattern as Record<string, unknown>)]).toEqual([
    JSON.stringify(pattern),
    conditions,
  ]);
  expect(conditionErrors(conditions)).toEqual(conditions.map(() => ({})));
});

test('no condition is no pattern, and the other way round', () => {
  expect([patternOfConditions([]), conditionsOf(undefined)]).toEqual([undefined, []]);
});

test('a name and a value may have space around them, and the name of a header is in lower case', () => {
  expect(patternOfConditions([header(' X-Shop ', 'equals', ' north '), data(' a.b ', 'oneOf', ' 1 \n\n x ')])).toEqual({
    headers: { 'x-shop': ['north'] },
    data: { a: { b: [1, 'x'] } },
  });
});

test.each<[says: string, pattern: unknown]>([
  ['an alternative', { $or: [{ type: ['a'] }, { data: { a: [1] } }] }],
  ['another field', { sourceIp: [{ cidr: '192.0.2.0/24' }] }],
  ['another field beside one that can be shown', { type: ['a'], provider: ['github'] }],
  ['an exclusion', { type: [{ 'anything-but': ['a'] }] }],
  ['two operators', { type: [{ prefix: 'a' }, { prefix: 'b' }] }],
  ['an operator beside a value', { type: ['a', { prefix: 'b' }] }],
  ['an operator in an operator', { type: [{ prefix: { 'equals-ignore-case': 'a' } }] }],
  ['a range', { data: { a: [{ numeric: ['>', 0, '<=', 5] }] } }],
  ['another comparison', { data: { a: [{ numeric: ['>=', 0] }] } }],
  ['a number that is compared in a header', { headers: { a: [{ numeric: ['>', 0] }] } }],
  ['a type that is there', { type: [{ exists: true }] }],
  ['a type that is a number', { type: [5] }],
  ['a header with upper case letters, which no event has', { headers: { 'X-Shop': ['a'] } }],
  ['a header within a header', { headers: { a: { b: ['c'] } } }],
  ['the whole body', { data: ['a'] }],
  ['a field with a dot in its name', { data: { 'a.b': ['c'] } }],
  ['a field without a name', { data: { '': ['c'] } }],
  ['a field with a space at its end', { data: { 'a ': ['c'] } }],
  ['a mistake', { type: 'a' }],
  ['a list without values', { type: [] }],
  ['an empty object', { data: {} }],
  ['an empty pattern', {}],
  ['a list in a list', { type: [['a']] }],
])('%s stays JSON: %j', (_, pattern) => {
  expect(conditionsOf(pattern as Record<string, unknown>)).toBeUndefined();
});

test('a pattern that is nested too deeply stays JSON', () => {
  const deep = (levels: number): unknown => (levels === 0 ? ['a'] : { a: deep(levels - 1) });
  expect(conditionsOf({ data: deep(50) })).toHaveLength(1);
  for (const levels of [51, 5_000]) expect(conditionsOf({ data: deep(levels) })).toBeUndefined();
});

describe('a mistake', () => {
  const { headerMissing, pathError, valueMissing, numberError, fieldTwice } = routesText;
  test.each<[conditions: Condition[], errors: object[]]>([
    [[type('equals', ' ')], [{ value: valueMissing }]],
    [[type('oneOf', '\n')], [{ value: valueMissing }]],
    [[header(' ', 'equals', 'a')], [{ name: headerMissing }]],
    [[header('', 'exists')], [{ name: headerMissing }]],
    [[data('', 'equals', '')], [{ name: pathError, value: valueMissing }]],
    [[data('a..b', 'exists')], [{ name: pathError }]],
    [[data('.a', 'exists')], [{ name: pathError }]],
    [[data(`a${'.a'.repeat(50)}`, 'exists')], [{ name: pathError }]],
    [[data('a', 'greater', 'many')], [{ value: numberError }]],
    [[data('a', 'less', '1e999')], [{ value: numberError }]],
    [
      [type('equals', 'a'), type('prefix', 'b')],
      [{}, { value: fieldTwice }],
    ],
    [
      [header('x-a', 'exists'), header('X-A', 'missing')],
      [{}, { name: fieldTwice }],
    ],
    [
      [data('a.b', 'exists'), data('a', 'exists')],
      [{}, { name: fieldTwice }],
    ],
    [
      [data('a', 'exists'), data('a.b.c', 'exists')],
      [{}, { name: fieldTwice }],
    ],
    [
      [data('a.b', 'exists'), data('a.c', 'exists'), header('a', 'exists')],
      [{}, {}, {}],
    ],
  ])('in %j is said at its field: %j', (conditions, errors) => {
    expect(conditionErrors(conditions)).toEqual(errors);
  });
});

test('another subject keeps what fits', () => {
  expect(withSubject(data('a.b', 'greater', '5'), 'header')).toEqual(header('a.b', 'equals', '5'));
  expect(withSubject(header('x-a', 'exists'), 'type')).toEqual(type('equals', ''));
  expect(withSubject(type('prefix', 'a'), 'data')).toEqual(data('', 'prefix', 'a'));
});

test('only a condition without entries is blank', () => {
  expect([type('equals', ' '), data('a', 'exists'), type('equals', 'a')].map(isBlank)).toEqual([true, false, false]);
});

const anyText = fc.string({ unit: fc.oneof(codePoint, fc.constantFrom(...'"\\ \n\r.tru5e-')), maxLength: 8 });
const anyScalar = fc.oneof(
  anyText,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

test('any value is typed so that it is read as the same value, on one line', () => {
  fc.assert(
    fc.property(fc.oneof(anyScalar, fc.constantFrom('true', '5', 'null', '"', '')), (value) => {
      const typed = typedOf(value, false);
      expect([JSON.stringify(scalarIn(typed, false)), /[\r\n]/.test(typed), typed.trim() === '']).toEqual([
        ...[JSON.stringify(value), false, false],
      ]);
    }),
  );
});

test('any text is typed so that it is read as the same text where only texts occur', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.constantFrom('true', '5', 'null', '"', '')), (text) => {
      expect(scalarIn(typedOf(text, true), true)).toBe(text);
    }),
  );
});

const anyName = fc.oneof(fc.constantFrom('a', 'b', 'a.b', '__proto__', '0', 'x-shop', 'constructor'), anyText);

/** A condition in the one form in which a pattern gives it back. */
const anyCondition: fc.Arbitrary<Condition> = fc
  .constantFrom('type' as const, 'header' as const, 'data' as const)
  .chain((subject) => fc.record({ subject: fc.constant(subject), test: fc.constantFrom(...testsOf[subject]) }))
  .chain(({ subject, test }) => {
    const isText = subject !== 'data';
    const typed = (isText || test === 'prefix' ? anyText : anyScalar).map((each) =>
      typedOf(each, isText || test === 'prefix'),
    );
    const number = fc.integer({ min: -5e9, max: 5e9 }).map(String);
    const lines = fc.array(typed, { minLength: 2, maxLength: 3 }).map((values) => values.join('\n'));
    const value = {
      ...{ equals: typed, prefix: typed, oneOf: lines, greater: number, less: number },
      ...{ exists: fc.constant(''), missing: fc.constant('') },
    }[test];
    const name = anyName.map((each) => (subject === 'header' ? each.toLowerCase() : each).trim());
    return fc.record({
      ...{ subject: fc.constant(subject), name: subject === 'type' ? fc.constant('') : name },
      ...{ test: fc.constant(test), value },
    });
  });

/** Whether the API takes a pattern. Without one, a rule is for every event. */
function isTaken(pattern: Record<string, unknown> | undefined): boolean {
  try {
    if (pattern) compilePattern(JSON.parse(JSON.stringify(pattern)));
    return true;
  } catch {
    return false;
  }
}

/** Texts of conditions in an order of their own: a pattern has the fields of one object together. */
const unordered = (conditions: readonly Condition[]) => conditions.map((each) => JSON.stringify(each)).sort();

test('from conditions to a pattern and back, they are the same, and the pattern is a valid one', () => {
  fc.assert(
    fc.property(fc.array(anyCondition, { maxLength: 5 }), (all) => {
      const conditions = all.filter(
        (_, at) => Object.keys(conditionErrors(all.slice(0, at + 1)).at(-1) ?? {}).length === 0,
      );
      const pattern = patternOfConditions(conditions);
      const back = conditionsOf(pattern) ?? [];
      expect(unordered(back)).toEqual(unordered(conditions));
      expect(JSON.stringify(patternOfConditions(back))).toBe(JSON.stringify(pattern));
      expect(isTaken(pattern)).toBe(true);
    }),
  );
});

test('of any JSON, the conditions say exactly that or there are none', () => {
  const leaf = fc.array(fc.oneof(anyScalar, fc.record({ prefix: anyScalar }), fc.record({ exists: fc.boolean() })));
  const { pattern } = fc.letrec((tie) => ({
    pattern: fc.dictionary(fc.oneof(fc.constantFrom('type', 'headers', 'data', 'a'), anyText), tie('node'), {
      maxKeys: 3,
    }),
    node: fc.oneof({ maxDepth: 3 }, leaf, tie('pattern'), anyScalar),
  })) as { pattern: fc.Arbitrary<Record<string, unknown>> };
  fc.assert(
    fc.property(pattern, (given) => {
      const conditions = conditionsOf(given);
      const isSame = () => JSON.stringify(patternOfConditions(conditions ?? [])) === JSON.stringify(given);
      expect(conditions === undefined || (isSame() && isTaken(given))).toBe(true);
    }),
  );
});
