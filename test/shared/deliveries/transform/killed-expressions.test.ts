import { expect, test } from '@jest/globals';
import { killedExpressions } from '../../../../shared/deliveries/transform/killed-expressions.ts';
import type { RuleInForce } from '../../../../shared/deliveries/transform/transform.ts';

const minute = 60_000;

const ruleNamed = (rule: string): RuleInForce => ({ connectionId: 'con_1', routes: 'v1', rule });

/** Kills of rules' expressions at times, and which rules' are stopped at the end. */
function stoppedAt(end: number, kills: [at: number, rule: string][]): string[] {
  let now = 0;
  const killed = killedExpressions(
    () => now,
    () => undefined,
  );
  for (const [at, rule] of kills) {
    now = at;
    killed.add(ruleNamed(rule));
  }
  now = end;
  return [...new Set(kills.map(([, rule]) => rule))].filter((each) => killed.isStopped(ruleNamed(each)));
}

test.each<[string, number, [number, string][], string[]]>([
  [
    'two kills',
    1,
    [
      [0, 'a'],
      [1, 'a'],
    ],
    [],
  ],
  [
    'three kills in a minute',
    59_999,
    [
      [0, 'a'],
      [1, 'a'],
      [59_999, 'a'],
    ],
    ['a'],
  ],
  [
    'three kills in more than a minute',
    minute,
    [
      [0, 'a'],
      [1, 'a'],
      [minute, 'a'],
    ],
    [],
  ],
  [
    'kills of two rules',
    4,
    [
      [0, 'a'],
      [1, 'b'],
      [2, 'a'],
      [3, 'b'],
    ],
    [],
  ],
  [
    'three kills of one of them',
    4,
    [
      [0, 'a'],
      [1, 'b'],
      [2, 'a'],
      [3, 'a'],
    ],
    ['a'],
  ],
  [
    'just before a quarter of an hour',
    15 * minute + 1,
    [
      [0, 'a'],
      [1, 'a'],
      [2, 'a'],
    ],
    ['a'],
  ],
  [
    'a quarter of an hour later',
    15 * minute + 2,
    [
      [0, 'a'],
      [1, 'a'],
      [2, 'a'],
    ],
    [],
  ],
  [
    'one kill after that',
    15 * minute + 4,
    [
      [0, 'a'],
      [1, 'a'],
      [2, 'a'],
      [15 * minute + 3, 'a'],
    ],
    [],
  ],
])('%s', (_, end, kills, stopped) => {
  expect(stoppedAt(end, kills)).toEqual(stopped);
});

test.each<[string, Partial<RuleInForce>]>([
  ['another connection with the same list', { connectionId: 'con_2' }],
  ['another list of the connection', { routes: 'v2' }],
  ['another rule of the list', { rule: 'b' }],
])('stops nothing of %s', (_, other) => {
  const killed = killedExpressions(
    () => 0,
    () => undefined,
  );
  const stopped = ruleNamed('a');
  for (let kill = 0; kill < 3; kill += 1) killed.add(stopped);
  expect([killed.isStopped(stopped), killed.isStopped({ ...stopped, ...other })]).toEqual([true, false]);
});

test('says once that it has stopped one', () => {
  let told = 0;
  const killed = killedExpressions(
    () => 0,
    () => {
      told += 1;
    },
  );
  for (let kill = 0; kill < 5; kill += 1) killed.add(ruleNamed('a'));
  expect(told).toBe(1);
});

test('of very many rules the instance remembers some', () => {
  const killed = killedExpressions(
    () => 0,
    () => undefined,
  );
  for (const rule of ['a', 'a']) killed.add(ruleNamed(rule));
  for (let other = 0; other < 1_000; other += 1) killed.add(ruleNamed(`other-${other}`));
  killed.add(ruleNamed('a'));
  expect(killed.isStopped(ruleNamed('a'))).toBe(false);
});
