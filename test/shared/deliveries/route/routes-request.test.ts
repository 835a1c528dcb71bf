/** The bounds of a list of rules. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matchingRules } from '../../../../shared/deliveries/route/match-rules.ts';
import { routesRequestSchema } from '../../../../shared/deliveries/route/routes-request.ts';
import type { RoutedEvent } from '../../../../shared/events/bus/routed-event.ts';
import { parse } from '../../../../shared/ground/base/parse.ts';
import { count } from '../../../support/full-counts.ts';

const rule = (more: object = {}) => ({ id: 'paid', to: 'shop', ...more });
const faultsOf = (body: unknown): string[] => {
  const parsed = routesRequestSchema.safeParse(body);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
};
const ofRule = (more: object) => faultsOf({ rules: [rule(more)] });

describe('a list is refused', () => {
  test.each<[string, unknown, string]>([
    ['with 51 rules', { rules: Array.from({ length: 51 }, (_, at) => rule({ id: `r${at}` })) }, 'rules '],
    ['with an unknown mode', { mode: 'any', rules: [] }, 'mode '],
    ['without rules', {}, 'rules '],
    ['with a field that there is none of', { rules: [rule({ unless: 1 })] }, 'rules.0 '],
    ['with an empty expression', { rules: [rule({ transform: '' })] }, 'rules.0.transform '],
    ['with a pattern that is a list', { rules: [rule({ when: [] })] }, 'rules.0.when '],
    ['with a pattern that is null', { rules: [rule({ when: null })] }, 'rules.0.when '],
  ])('%s', (_, body, place) => {
    expect(faultsOf(body)).toEqual([expect.stringMatching(new RegExp(`^${place}`))]);
  });

  test.each(['', 'a'.repeat(33), 'Paid', 'a_b', 'a b', 'ä', 'a\n'])('with the id %j', (id) => {
    expect(ofRule({ id })).toEqual(['rules.0.id must be 1 to 32 characters: lower case letters, digits and dashes']);
  });

  test('with the same id twice', () => {
    expect(faultsOf({ rules: [rule(), rule({ id: 'rest' }), rule()] })).toEqual([
      'rules.0.id is the id of another rule too',
    ]);
  });

  test('with a rule that no event reaches, but not with an "otherwise"', () => {
    const rules = [rule({ when: { type: ['a'] } }), rule({ id: 'all' }), rule({ id: 'rest' })];
    expect(faultsOf({ mode: 'first', rules })).toEqual([
      'rules.1.when is missing; every event matches this rule, so in the mode first no rule after it is reached',
    ]);
    expect(faultsOf({ mode: 'first', rules: rules.slice(0, 2) })).toEqual([]);
    expect(faultsOf({ mode: 'all', rules })).toEqual([]);
  });
});

const notAField = 'is not a field of an event: use type, provider, headers, query, path, sourceIp, data';

describe('a mistake in a pattern is told at its place', () => {
  test.each<[object, string]>([
    [{ typo: ['x'] }, `rules.0.when.typo ${notAField}`],
    // A search has this one.
    [{ type: ['a'], method: ['POST'] }, `rules.0.when.method ${notAField}`],
    [{ body: { a: [1] } }, `rules.0.when.body ${notAField}`],
    [{ absent: [{ exists: false }] }, `rules.0.when.absent ${notAField}`],
    [{ $or: [{ type: ['a'] }, { typo: ['b'] }] }, `rules.0.when.$or.1.typo ${notAField}`],
    [
      { $or: [{ type: ['a'] }, { $or: [{ path: ['a'] }, { typo: ['b'] }] }] },
      `rules.0.when.$or.1.$or.1.typo ${notAField}`,
    ],
    // Neither is the operator.
    [{ $or: ['a', 'b'] }, `rules.0.when.$or ${notAField}`],
    [{ $or: { type: ['a'] } }, `rules.0.when.$or ${notAField}`],
    [{}, 'rules.0.when must name a field: an empty object is not allowed'],
    [{ data: { amount: [{ numeric: ['>', 'x'] }] } }, 'rules.0.when.data.amount.0 needs a comparison like'],
    [{ data: { 'a/b': ['x', { exits: true }] } }, 'rules.0.when.data.a/b.1 contains exits, which is not an operator'],
    [{ type: 'push' }, 'rules.0.when.type must be an array of the wanted values, or an object of fields'],
    [{ $or: [{ type: ['a'] }, { type: [] }] }, 'rules.0.when.$or.1.type must contain a value'],
  ])('%j', (when, fault) => {
    expect(ofRule({ when })).toEqual([expect.stringContaining(fault)]);
  });

  test.each<object>([
    { type: ['a'], provider: ['a'], headers: { any: ['a'] }, query: ['a'], path: ['a'], sourceIp: ['a'], data: [1] },
    { $or: [{ type: ['a'] }, { data: { any: { $or: [{ more: [1] }, { typo: [2] }] } } }] },
    { data: { $or: ['a', 'b'] } },
  ])('a field that events have is none, nor is any below it: %j', (when) => {
    expect(ofRule({ when })).toEqual([]);
  });

  test('a field that no event has is told of each rule, and after all else', () => {
    const rules = [rule({ id: 'a', when: { typo: ['x'] } }), rule({ when: { type: ['a'], y: [1], z: [1] } })];
    expect(faultsOf({ rules })).toEqual(
      ['rules.0.when.typo', 'rules.1.when.y', 'rules.1.when.z'].map((place) => `${place} ${notAField}`),
    );
    expect(faultsOf({ rules: [...rules, rule({ id: 'c', when: {} })] })).toEqual([
      'rules.2.when must name a field: an empty object is not allowed',
    ]);
  });

  test('of each rule', () => {
    const rules = [rule({ id: 'a', when: {} }), rule({ id: 'b', when: { type: ['a'] } }), rule({ when: { type: 1 } })];
    expect(faultsOf({ rules })).toEqual([
      expect.stringMatching(/^rules\.0\.when must/),
      expect.stringMatching(/^rules\.2\.when\.type must/),
    ]);
  });

  test('with a JSON pointer in the answer of the API', () => {
    const wrong = { rules: [rule({ when: { data: { 'a/b': ['x', { exits: true }] } } })] };
    expect(() => parse(routesRequestSchema, wrong, 'body')).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        facts: { errors: [expect.objectContaining({ pointer: '/rules/0/when/data/a~1b/1' })] },
      }),
    );
  });
});

describe('the size of a list', () => {
  const filledTo = (bytes: number) => {
    const empty = { mode: 'all', rules: [rule({ transform: 'x' })] };
    return { rules: [rule({ transform: 'x'.repeat(bytes - JSON.stringify(empty).length + 1) })] };
  };

  test('is at most 32 KB', () => {
    expect(faultsOf(filledTo(32_768))).toEqual([]);
    expect(faultsOf(filledTo(32_769))).toEqual(['rules can be at most 32768 bytes with the mode, and are 32769']);
  });

  test('is not measured of a pattern that is nested too deeply', () => {
    const deep = JSON.parse(`{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`);
    expect(ofRule({ when: deep })).toEqual(['rules.0.when.a.0 must not contain an array within an array']);
  });
});

describe('the patterns together', () => {
  const names = (length: number) => Array.from({ length }, (_, at) => String(at));
  /** In each combination: a path with its values, a type with its value, and data and a with its value. */
  const combined = (values: number, types: number, amounts: number) => ({
    path: names(values),
    $or: names(types).map((type) => ({ type: [type] })),
    data: { $or: names(amounts).map((a) => ({ a: [a] })) },
  });

  test.each<[string, object[], string[]]>([
    ['may name 20,000 fields and values, counted in each combination of $or', [combined(194, 10, 10)], []],
    ['may not name more', [combined(195, 10, 10)], ['rules.0.when makes the patterns too large together']],
    ['may be two of half that size', [combined(194, 10, 5), combined(194, 5, 10)], []],
    [
      'may not be more of them, and the first that is too much is named',
      [combined(194, 10, 5), combined(194, 5, 10), { type: ['a'] }],
      ['rules.2.when makes the patterns too large together'],
    ],
    ['are looked at until they are too large', [combined(195, 10, 10), {}], ['rules.0.when makes']],
  ])('%s', (_, patterns, expected) => {
    const rules = patterns.map((when, at) => rule({ id: `r${at}`, when }));
    expect(faultsOf({ rules })).toEqual(expected.map((fault) => expect.stringContaining(fault)));
  });
});

describe('of every list that is accepted', () => {
  const value = fc.oneof(
    fc.constantFrom('a', 'b', 1, null, true),
    fc.constantFrom(
      { exists: false },
      { exists: true },
      { prefix: 'a' },
      { 'anything-but': ['a', 'c', 'd'] },
      { wildcard: 'a*b*c' },
    ),
  );
  const values = fc.array(value, { minLength: 1, maxLength: 40, size: 'max' });
  const { pattern } = fc.letrec<{ pattern: object; field: unknown }>((tie) => ({
    pattern: fc.oneof(
      fc.dictionary(fc.constantFrom('type', 'data', 'a', 'b', 'c'), tie('field'), { minKeys: 1, maxKeys: 4 }),
      fc.record({
        $or: fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), values, { minKeys: 1 }), {
          minLength: 2,
          maxLength: 12,
        }),
        data: tie('field'),
      }),
    ),
    field: fc.oneof({ depthSize: 'small' }, values, tie('pattern')),
  }));
  const list = fc
    .array(fc.option(pattern, { nil: undefined, freq: 8 }), { minLength: 1, maxLength: 50, size: 'max' })
    .map((patterns) => ({
      mode: 'all' as const,
      rules: patterns.map((when, at) => ({ id: `r${at}`, to: 'shop', ...(when && { when: { data: when } }) })),
    }));
  const leaf = fc.constantFrom('a', 'b', 'abc', 1, null, true);
  const flat = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.oneof(leaf, fc.dictionary(fc.constantFrom('a', 'b'), leaf)),
  );
  const wide = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.array(leaf, { maxLength: 20, size: 'max' })), {
    maxLength: 60,
    size: 'max',
  });
  const eventWith = (data: unknown): RoutedEvent => ({
    type: 'a',
    provider: 'p',
    headers: {},
    query: '',
    path: '',
    sourceIp: '',
    data,
  });
  const accepted = ({ rules, mode }: { rules: { id: string }[]; mode: 'all' }) => ({
    mode,
    rules: rules.map((each) => ({ ...each, to: { id: 'dst_1', name: 'shop' } })),
  });

  test('an event without arrays is matched within the budget', () => {
    fc.assert(
      fc.property(list, flat, (routes, data) => {
        fc.pre(faultsOf(routes).length === 0);
        expect(matchingRules(accepted(routes), eventWith(data))).not.toBe('over_budget');
      }),
      { numRuns: count({ usual: 15, full: 500 }) },
    );
  });

  test('any event is matched, or is too much work, and each answer is the same in any budget that suffices', () => {
    fc.assert(
      fc.property(list, wide, fc.nat(20_000), (routes, data, steps) => {
        fc.pre(faultsOf(routes).length === 0);
        const [enough, found] = [undefined, steps].map((budget) =>
          matchingRules(accepted(routes), eventWith(data), budget),
        );
        expect([enough, 'over_budget']).toContainEqual(found);
      }),
      { numRuns: count({ usual: 15, full: 500 }) },
    );
  });

  test('the largest one takes no more steps than an event may', () => {
    // A field that is absent is looked for once more from the top.
    const deep = (depth: number): object => (depth === 0 ? { a: [{ exists: true }, 'x'] } : { a: deep(depth - 1) });
    const routes = {
      mode: 'all' as const,
      rules: Array.from({ length: 50 }, (_, at) => ({ id: `r${at}`, to: 'shop', when: { data: deep(89) } })),
    };
    expect(faultsOf(routes)).toEqual([]);
    expect(matchingRules(accepted(routes), eventWith({}))).toEqual([]);
  });
});
