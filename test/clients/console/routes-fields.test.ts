/** The fields of the form for routes, and the request that they make. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  conditionsIn,
  errorsOfRule,
  isOtherwise,
  isSameList,
  jsonIn,
  mostRules,
  type RoutesFields,
  type RoutesRecord,
  type RuleFields,
  routesBody,
  routesFieldsOf,
  routesRules,
  withMovedRule,
  withNewRule,
  withoutRule,
} from '../../../clients/console/routes/routes-fields.ts';
import { routesText } from '../../../clients/console/routes-text.ts';
import { mergedErrors } from '../../../clients/console/shell/form-fields.ts';
import { maxRules, routesRequestSchema } from '../../../shared/deliveries/route/routes-request.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';

const { refusedFields } = routesRules;
const errorsOf = (fields: RoutesFields) => routesRules.errorsOf(fields, fields);
const anyOf = { $or: [{ type: ['a'] }, { type: ['b'] }] };
const list: RoutesRecord = {
  version: 3,
  mode: 'first',
  rules: [
    { id: 'paid', when: { type: ['order.paid'], data: { amount: [{ numeric: ['>', 100] }] } }, to: 'shop' },
    { id: 'either', when: anyOf, transform: '{ "id": data.id }', to: 'chat' },
    { id: 'otherwise', to: 'archive' },
  ],
};
const type = { subject: 'type', name: '', test: 'equals', value: 'order.paid' } as const;
const amount = { subject: 'data', name: 'amount', test: 'greater', value: '100' } as const;
const rule = (key: number, more: Partial<RuleFields> = {}): RuleFields => ({
  ...{ key, id: `rule-${key}`, to: 'shop', when: [], transform: '' },
  ...more,
});
const all = (...rules: RuleFields[]): RoutesFields => ({ mode: 'all', rules });

test('the fields of a list are what it says, as conditions where that is possible, and they make the same list again', () => {
  const fields = routesFieldsOf(list);
  expect(fields).toEqual({
    mode: 'first',
    rules: [
      { key: 0, id: 'paid', to: 'shop', when: [type, amount], transform: '' },
      { key: 1, id: 'either', to: 'chat', when: JSON.stringify(anyOf, null, 2), transform: '{ "id": data.id }' },
      { key: 2, id: 'otherwise', to: 'archive', when: [], transform: '' },
    ],
  });
  expect([routesBody(fields), errorsOf(fields)]).toEqual([{ mode: 'first', rules: list.rules }, {}]);
});

test('any list comes out of its fields as it went in', () => {
  const when = fc.oneof(
    fc.constantFrom<object | undefined>(undefined, anyOf, { type: ['a'] }, { data: { b: [{ exists: true }, 'c'] } }),
    fc.record({ headers: fc.dictionary(fc.string(), fc.array(fc.string(), { minLength: 1 }), { minKeys: 1 }) }),
  );
  const anyRule = fc
    .record({ when, transform: fc.constantFrom(undefined, 'data', ' data.a\n'), to: fc.string() })
    .map((each) => JSON.parse(JSON.stringify(each)));
  fc.assert(
    fc.property(
      fc.array(anyRule, { maxLength: 4 }),
      fc.constantFrom('all' as const, 'first' as const),
      (some, mode) => {
        const rules = some.map((each, at) => ({ id: `r-${at}`, ...each }));
        const body = routesBody(routesFieldsOf({ mode, rules }));
        expect(body.rules.map((each) => JSON.stringify(each.when))).toEqual(
          rules.map((each) => JSON.stringify(each.when)),
        );
        expect(body).toEqual({ mode, rules });
      },
    ),
  );
});

describe('what is wrong with a rule', () => {
  test.each<[Partial<RuleFields>, object]>([
    [{}, {}],
    [{ id: '' }, { id: routesText.idError }],
    [{ id: 'Paid' }, { id: routesText.idError }],
    [{ id: 'a'.repeat(33) }, { id: routesText.idError }],
    [{ id: 'rule-2' }, { id: routesText.idTwice }],
    [{ to: '' }, { to: routesText.toMissing }],
    [{ when: [type, { ...amount, value: '' }] }, { '1.value': routesText.valueMissing }],
    [{ when: [{ ...amount, name: '' }] }, { '0.name': routesText.pathError }],
    [{ when: ' ' }, {}],
    [{ when: '{}' }, {}],
    [{ when: '[]' }, { when: routesText.patternError }],
    [{ when: '"a"' }, { when: routesText.patternError }],
    [{ when: `{"type": ["${'a'.repeat(32 * 1024)}"]}` }, { when: routesText.patternError }],
    [{ when: '{"type": ' }, { when: expect.stringMatching(/^This is not JSON: ./) }],
  ])('%j is said at its field: %j', (more, errors) => {
    const found = errorsOf(all(rule(1, more), rule(2)));
    expect(errorsOfRule(found, 1)).toEqual(errors);
    expect(errorsOfRule(found, 2)).toEqual(more.id === 'rule-2' ? { id: routesText.idTwice } : {});
  });
});

test('a key that another one begins with is another rule', () => {
  expect(errorsOfRule({ '1.id': 'a', '11.id': 'b', '1.0.name': 'c' }, 1)).toEqual({ id: 'a', '0.name': 'c' });
});

test('the forms of ids and of modes, and the most rules, are those of the API', () => {
  expect(mostRules).toBe(maxRules);
  const ids = ['a', '-', '0-a', 'a'.repeat(32), 'a'.repeat(33), '', 'A', 'a b', 'ä', 'a\n'];
  const isTaken = (id: string) => routesRequestSchema.safeParse({ rules: [{ id, to: 'shop' }] }).success;
  expect(ids.map((id) => Object.keys(errorsOf(all(rule(1, { id })))).length === 0)).toEqual(ids.map(isTaken));
});

describe('the order', () => {
  const three = all(rule(0, { id: 'a' }), rule(1, { id: 'b' }), rule(2, { id: 'c' }));
  const ids = ({ rules }: RoutesFields) => rules.map(({ id }) => id).join('');

  test.each([
    [0, 1, 'bac'],
    [1, 1, 'acb'],
    [2, -1, 'acb'],
    [1, -1, 'bac'],
    [0, -1, 'abc'],
    [2, 1, 'abc'],
    [7, 1, 'abc'],
  ] as const)('of rules after rule %i is moved by %i is %s', (key, by, order) => {
    expect(ids(withMovedRule(three, key, by))).toBe(order);
  });

  test('keeps the others when a rule is removed', () => {
    expect(ids(withoutRule(three, 1))).toBe('ac');
  });

  test('has a new rule at its end, but before an “Otherwise”', () => {
    expect(ids(withNewRule(three, ''))).toBe('abcrule-1');
    const first: RoutesFields = { ...three, mode: 'first' };
    expect(ids(withNewRule(first, ''))).toBe('abrule-1c');
    const taken = all(rule(5, { id: 'rule-1' }), rule(9, { id: 'rule-3' }));
    expect(withNewRule(taken, 'shop').rules.at(-1)).toEqual(rule(10, { id: 'rule-2' }));
    expect(withNewRule(all(), 'shop').rules).toEqual([rule(0, { id: 'rule-1' })]);
  });
});

test('only the last rule of the mode first is an “Otherwise”, if it is for every event', () => {
  const [one, last, chosen] = [rule(0), rule(1), rule(1, { when: [type] })];
  const first = (...rules: RuleFields[]): RoutesFields => ({ mode: 'first', rules });
  expect([
    isOtherwise(first(one, last), last),
    isOtherwise(first(one, last), one),
    isOtherwise(all(one, last), last),
    isOtherwise(first(one, chosen), chosen),
  ]).toEqual([true, false, false, false]);
  const [empty, written] = [rule(1, { when: ' ' }), rule(1, { when: '{"type": ["a"]}' })];
  expect([isOtherwise(first(empty), empty), isOtherwise(first(written), written)]).toEqual([true, false]);
});

describe('from conditions to JSON and back', () => {
  test('nothing is lost', () => {
    const json = jsonIn([type, amount]) ?? '';
    expect([JSON.parse(json), conditionsIn(json)]).toEqual([list.rules[0]?.when, [type, amount]]);
    expect([jsonIn([]), conditionsIn(''), conditionsIn(' ')]).toEqual(['', [], []]);
  });

  test('a condition without entries is left out, and one that is not whole stays a condition', () => {
    expect(jsonIn([type, { ...amount, name: ' ', value: '' }])).toBe('{\n  "type": [\n    "order.paid"\n  ]\n}');
    expect(jsonIn([type, { ...amount, value: '' }])).toBeUndefined();
  });

  test('what conditions can’t say stays JSON', () => {
    expect([JSON.stringify(anyOf), '{', '{}', '[]'].map(conditionsIn)).toEqual(Array(4).fill(undefined));
  });
});

/** What the API finds wrong with a request. */
const refusal = (...faults: [pointer: string, message: string][]) =>
  new ApiError(
    422,
    {
      ...{ code: 'invalid_request', detail: 'Its own text.' },
      errors: faults.map(([pointer, message]) => ({ path: pointer.slice(1).replaceAll('/', '.'), pointer, message })),
    },
    undefined,
  );

describe('what the API refuses', () => {
  const fields = all(
    rule(7, { when: [type, { subject: 'header', name: 'X-A', test: 'exists', value: '' }, amount] }),
    rule(9, { when: JSON.stringify(anyOf) }),
  );
  test.each<[pointer: string, key: number, errors: object]>([
    ['/rules/0/id', 7, { id: 'It is odd.' }],
    ['/rules/0/to', 7, { to: 'It is odd.' }],
    ['/rules/1/transform', 9, { transform: 'It is odd.' }],
    ['/routes/rules/1/transform', 9, { transform: 'It is odd.' }],
    ['/rules/0/when', 7, { when: 'It is odd.' }],
    ['/rules/0/when/type/0', 7, { '0.value': 'It is odd.' }],
    ['/rules/0/when/headers/x-a', 7, { '1.name': 'It is odd.' }],
    ['/routes/rules/0/when/data/amount/0', 7, { '2.value': 'It is odd.' }],
    ['/rules/1/when/$or/0/type', 9, { when: '$or.0.type is odd.' }],
    ['/rules/1/when', 9, { when: 'It is odd.' }],
  ])('at %s is said at the field of the rule %i: %j', (pointer, key, errors) => {
    const refused = refusedFields(refusal([pointer, 'is odd']), fields);
    expect([errorsOfRule(refused, key), Object.keys(refused).length]).toEqual([errors, 1]);
  });

  test.each(['/mode', '/rules', '/rules/5/id', '/rules/0', '/rules/0/other', '/event/type', '/routes'])(
    'at %s is not said at a field',
    (pointer) => {
      expect(refusedFields(refusal([pointer, 'is odd']), fields)).toEqual({});
    },
  );

  test('is said once at a field, and a mistake that the form itself sees comes first', () => {
    const refused = refusedFields(
      refusal(['/rules/0/to', 'is odd'], ['/rules/0/to', 'is worse'], ['/rules/1/id', 'is odd']),
      fields,
    );
    expect(refused).toEqual({ '7.to': 'It is odd.', '9.id': 'It is odd.' });
    expect(mergedErrors({ '7.to': 'Own.' }, refused)).toEqual({ '7.to': 'Own.', '9.id': 'It is odd.' });
  });

  test('for another reason is at no field', () => {
    expect([refusedFields(new Error('no'), fields), refusedFields(undefined, fields)]).toEqual([{}, {}]);
  });
});

test('a list is the same whatever its version is, and another one after any change', () => {
  const [one, ...others] = list.rules;
  expect([
    isSameList(list, { ...list, version: 9 }),
    isSameList(list, { ...list, mode: 'all' }),
    isSameList(list, { ...list, rules: others }),
    isSameList(list, { ...list, rules: [{ id: 'x', to: 'y', ...one, transform: 'data' }, ...others] }),
  ]).toEqual([true, false, false, false]);
});
