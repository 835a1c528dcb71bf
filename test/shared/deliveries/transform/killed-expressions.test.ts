import { expect, test } from '@jest/globals';
import { killedExpressions } from '../../../shared/transform/killed-expressions.ts';

const minute = 60_000;

/** Kills of expressions at times, and which expressions are stopped at the end. */
function stoppedAt(end: number, kills: [at: number, expression: string][]): string[] {
  let now = 0;
  const killed = killedExpressions(
    () => now,
    () => undefined,
  );
  for (const [at, expression] of kills) {
    now = at;
    killed.add(expression);
  }
  now = end;
  return [...new Set(kills.map(([, expression]) => expression))].filter((each) => killed.isStopped(each));
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
    'kills of two expressions',
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

test('says once that it has stopped one', () => {
  let told = 0;
  const killed = killedExpressions(
    () => 0,
    () => {
      told += 1;
    },
  );
  for (let kill = 0; kill < 5; kill += 1) killed.add('a');
  expect(told).toBe(1);
});

test('of very many expressions the instance remembers some', () => {
  const killed = killedExpressions(
    () => 0,
    () => undefined,
  );
  for (const expression of ['a', 'a']) killed.add(expression);
  for (let other = 0; other < 1_000; other += 1) killed.add(`other ${other}`);
  killed.add('a');
  expect(killed.isStopped('a')).toBe(false);
});
