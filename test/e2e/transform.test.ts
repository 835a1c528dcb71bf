/** Attacks on the functions that evaluate expressions, as their callers see them: each ends or errs alone. */
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TransformFunction, transformFunction } from '../../shared/deliveries/transform/transform-function.ts';
import { environment } from '../shared/deliveries/transform/expression-pool.ts';
import { inFull, testInFull } from '../support/full-counts.ts';
import { aSharedRuntime, type World } from '../support/given.ts';

let world: World;
let client: LambdaClient;
let called: TransformFunction;

beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
  const { aws, functions } = world.runtime;
  const { url: endpoint, region, administrator: credentials } = aws;
  const [, { name } = { name: '' }] = Object.entries(functions).find(([id]) => /^transformFunction/.test(id)) ?? [];
  client = new LambdaClient({ endpoint, region, credentials, maxAttempts: 1 });
  called = transformFunction(name, { client });
});

afterAll(async () => {
  client.destroy();
  await world.end();
});

const at = '2026-03-04T05:06:07.008Z';

const input = {
  data: { text: `${'a'.repeat(50)}!`, long: 'a'.repeat(100_000), digits: `${'1'.repeat(2_000)}!`, id: 7 },
};

const byTime = { kind: 'killed', how: 'time' };
const byMemory = { kind: 'killed', how: 'memory' };
const error = (message: string) =>
  expect.objectContaining({ kind: 'error', message: expect.stringContaining(message) });
const tooLong = error('Evaluation timeout');
const tooLarge = error('The result is larger than 1 MiB.');

/** Applies a function that doubles a value to the value. */
const doubled = (double: string, value: string, times: number): string =>
  `($d := function($v, $n) { $n = 0 ? $v : $d(${double}, $n - 1) }; $d(${value}, ${times}))`;

/**
 * What the attack does, and how it may end besides for its time. The limits of time are of the clock on the wall, so on a busy machine any
 * attack can meet one first. `test/shared/deliveries/transform` and `test/local/lambda` show that each of the other limits holds by itself.
 */
const attacks: [string, string, ...ends: object[]][] = [
  ['a regular expression that tries every way', '$match(data.text, /^(a+)+$/)'],
  ['a text that is made and then looked at', '$length($pad("x", 200000000))', byMemory],
  ['a text that is made, and is the result', '$pad("x", 20000000)', tooLarge],
  ['a function that calls itself for ever', '($f := function($n) { 1 + $f($n + 1) }; $f(0))', error('Stack overflow')],
  ['a list of a billion', '[1..1e9]', error('must not exceed 1e7')],
  [
    'a function of JSONata that is replaced',
    '($l := function($x) { 666 }; {} ~> |$sum|$l|)',
    { kind: 'json', text: '{}', ms: expect.any(Number) },
  ],
  [
    'names of the language',
    '$merge([{"__proto__": {"polluted": 1}}, {"constructor": {"prototype": {"polluted": 1}}}])',
    {
      ...{ kind: 'json', text: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}' },
      ms: expect.any(Number),
    },
  ],
];

const moreAttacks: typeof attacks = [
  ['a function that calls itself last, for ever', '($f := function($n) { $f($n + 1) }; $f(0))'],
  ['a picture of a time with many fractions', '$toMillis(data.digits, "[f1][f1][f1][f1][f1][f1]")'],
  ['a pattern that the input repeats', '$contains(data.long, /(a|a)*c/)'],
  ['a list of lists', '[1..1000000].[1..1000000]', byMemory],
  ['a text that is doubled', doubled('$v & $v', '"x"', 40), error('Invalid string length')],
  ['an object that is doubled', doubled('{"a": $v, "b": $v}', '1', 40), tooLarge],
  ['a list that is doubled', doubled('[[$v], [$v]]', '1', 40), tooLarge],
  ['a text for each letter', '$replace(data.long, /a/, function() { data.long })', error('Invalid string length')],
  ['a text in base64', '$base64encode($pad("x", 100000000))', byMemory],
  ['two loops', '$map([1..100000], function($x) { $map([1..100000], function($y) { $x * $y }) })'],
  ['a list that grows', '$reduce([1..1000000], $append)', byMemory],
  ['ten thousand brackets', `${'('.repeat(10_000)}1${')'.repeat(10_000)}`, error('Maximum call stack size exceeded')],
];

describe('an expression that attacks', () => {
  test.each([...attacks, ...inFull(moreAttacks)])(
    'by %s ends or errs alone, and the next one works',
    async (_, expression, ...ends) => {
      expect([byTime, tooLong, ...ends]).toContainEqual(await called.transform(expression, input, at));
      expect(await called.transform('{"id": $sum(data.id), "at": $now()}', input, at)).toMatchObject({
        kind: 'json',
        text: `{"id":7,"at":"${at}"}`,
      });
      // What a prototype would have, every object has.
      expect(await called.transform('data.polluted', input, at)).toEqual({
        ...{ kind: 'empty', emptyPaths: ['data.polluted'] },
      });
    },
  );

  testInFull('by replacing the bounds of JSONata is ended by that of Lambda', async () => {
    const expression = `(${environment}; $b := $e.base; {} ~> |$b|{"guardrails": $e.lookup}|; $f := function($n) { $f($n + 1) }; $f(0))`;
    expect(await called.transform(expression, input, at)).toEqual(byTime);
  });

  test('is no attack if it is only checked, and the check finds what is refused', async () => {
    const found = await Promise.all(
      ['$match(data.text, /^(a+)+$/)', 'data.', '$eval("1")', '$random()'].map(called.check),
    );
    expect(found).toEqual([
      undefined,
      { message: 'Unexpected end of expression', position: 5 },
      { message: '$eval is not available: what it evaluates could not be checked before.', position: 5 },
      { message: '$random is not available: each attempt must send the same content.', position: 7 },
    ]);
  });
});

test('the function logs nothing', async () => {
  const before = world.logs.length;
  const secret = 's3cret-of-the-sender';
  const kinds: string[] = [];
  for (const expression of ['data.secret', '$number(data.secret)', `$error("${secret}")`, `"${secret}`, 'data.none'])
    kinds.push((await called.transform(expression, { data: { secret } }, at)).kind);
  expect(kinds).toEqual(['json', 'error', 'error', 'error', 'empty']);
  expect(world.logs.slice(before)).toEqual([]);
});
