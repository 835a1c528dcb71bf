import { describe, expect, test } from '@jest/globals';
import { matchingRules, ruleVerdictsOf } from '../../../../shared/deliveries/route/match-rules.ts';
import type { Routes, Rule } from '../../../../shared/deliveries/route/routes.ts';
import type { RoutedEvent } from '../../../../shared/events/bus/routed-event.ts';

const event: RoutedEvent = {
  type: 'order.paid',
  provider: 'shopify',
  headers: { 'x-shop': 'books' },
  query: 'a=1',
  path: 'in',
  sourceIp: '192.0.2.7',
  data: { amount: 30, lines: [{ sku: 'a' }, { sku: 'b' }] },
};
const rule = (id: string, when?: object): Rule => ({
  id,
  ...(when && { when: when as Record<string, unknown> }),
  to: { id: 'dst_1', name: 'shop' },
});
const ids = (routes: Routes, steps?: number) => {
  const found = matchingRules(routes, event, steps);
  return found === 'over_budget' ? found : found.map(({ id }) => id);
};

const paid = rule('paid', { type: [{ prefix: 'order.' }], data: { amount: [{ numeric: ['>', 20] }] } });
const large = rule('large', { data: { amount: [{ numeric: ['>', 1_000] }] } });
const local = rule('local', { sourceIp: [{ cidr: '192.0.2.0/24' }], headers: { 'x-shop': ['books'] } });
const rest = rule('rest');

describe('an event goes by', () => {
  test.each<[string, Routes['mode'], Rule[], string[]]>([
    ['each rule that matches', 'all', [paid, large, local, rest], ['paid', 'local', 'rest']],
    ['the first rule that matches', 'first', [large, local, paid, rest], ['local']],
    ['the last rule if no other one matches', 'first', [large, rest], ['rest']],
    ['no rule if none matches', 'first', [large], []],
    ['no rule of an empty list', 'all', [], []],
  ])('%s', (_, mode, rules, expected) => {
    expect(ids({ mode, rules })).toEqual(expected);
  });
});

describe('the budget of an event', () => {
  const routes: Routes = { mode: 'all', rules: [rest, paid, rest] };

  test('is shared by all its rules', () => {
    // The event, its type, the test; data, amount, the test: eight steps with the fields on the way.
    const stepsOf = (wanted: Routes) => {
      let steps = 0;
      while (ids(wanted, steps) === 'over_budget') steps += 1;
      return steps;
    };
    const one = stepsOf({ mode: 'all', rules: [paid] });
    expect(one).toBe(8);
    expect(stepsOf({ mode: 'all', rules: [paid, local, paid] })).toBe(
      2 * one + stepsOf({ mode: 'all', rules: [local] }),
    );
  });

  test('is one for each event', () => {
    expect([ids(routes, 8), ids(routes, 8)]).toEqual([
      ['rest', 'paid', 'rest'],
      ['rest', 'paid', 'rest'],
    ]);
  });

  test('that is used up leaves all that follow unknown', () => {
    expect(ids(routes, 7)).toBe('over_budget');
    expect(ruleVerdictsOf(routes, event, 7).map(({ verdict }) => verdict)).toEqual([
      ...['match', 'over budget', 'over budget'],
    ]);
  });

  test('does not matter once the first rule is found', () => {
    expect(ids({ mode: 'first', rules: [rest, paid] }, 0)).toEqual(['rest']);
  });
});

test('each rule has a verdict', () => {
  const verdicts = ruleVerdictsOf({ mode: 'first', rules: [large, local, paid] }, event);
  expect(verdicts.map(({ rule, verdict }) => [rule.id, verdict])).toEqual([
    ['large', 'no match'],
    ['local', 'match'],
    ['paid', 'not reached'],
  ]);
});
