import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { contextProgram } from '../../../../infra/bundle/esbuild-bundle.ts';
import { transformHandler } from '../../../../shared/deliveries/transform/transform-handler.ts';
import { bundleOf } from '../../../../tools/bench/bundle.ts';
import { testInFull } from '../../../support/full-counts.ts';
import { assembly } from '../../../support/given.ts';
import { at, environment } from './expression-pool.ts';

const handler = transformHandler(contextProgram());

const input = { data: { id: 7, items: [1, 2], day: '2020-01-01T00:00:00.000Z' } };
const evaluate = (expression: string, of: unknown = input) => handler({ expression, input: of, at });
const json = (text: string) => ({ kind: 'json', text });

test('an expression is evaluated on its input', async () => {
  expect(await evaluate('{"id": data.id, "at": $now()}')).toEqual(json(`{"id":7,"at":"${at}"}`));
  expect(await evaluate('data.missing')).toEqual({ kind: 'empty' });
  expect(await evaluate('data.')).toEqual({ kind: 'error', message: 'Unexpected end of expression', position: 5 });
});

test('an expression is checked without being evaluated', async () => {
  expect(await handler({ check: '$error("evaluated")' })).toEqual({ kind: 'valid' });
  expect(await handler({ check: '$random()' })).toMatchObject({ kind: 'error', position: 7 });
});

test.each([{}, { expression: '1', at: 1 }, { expression: '1', input: {}, at: 'today' }])(
  '%j is no request',
  async (event) => {
    await expect(handler(event)).rejects.toHaveProperty('issues');
  },
);

test('an input that is nested too deeply to be written is an error, and not a fault', async () => {
  const data = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
  expect(await evaluate('1', { data })).toEqual({ kind: 'error', message: 'The event is nested too deeply.' });
});

describe('the time is that of the event', () => {
  test.each([
    ['$now()', '"2026-03-04T05:06:07.008Z"'],
    ['$now("[Y]-[M01]-[D01]")', '"2026-03-04"'],
    ['$now("[H01]:[m01]", "+0200")', '"07:06"'],
    ['$millis()', '1772600767008'],
    ['[1, 2].$millis()', '[1772600767008,1772600767008]'],
    // The date is missing, so it is that of now.
    ['$toMillis("10:20", "[H01]:[m01]")', '1772619600000'],
    ['$toMillis("2020-01-01T00:00:00.000Z")', '1577836800000'],
    ['data.day.$toMillis()', '1577836800000'],
    ['$fromMillis($millis(), "[Y]")', '"2026"'],
    [`(${environment}; $e.timestamp)`, '"2026-03-04T05:06:07.008Z"'],
    [`(${environment}; $found := $e.lookup("millis"); $found())`, '1772600767008'],
  ])('%s is %s', async (expression, text) => {
    expect(await evaluate(expression)).toEqual(json(text));
  });

  test.each([
    ['$now(1)', 'Argument 1 of function "now" does not match function signature'],
    ['$millis(1)', 'Argument 1 of function "millis" does not match function signature'],
    ['$toMillis(1)', 'Argument 1 of function "toMillis" does not match function signature'],
  ])('%s is an error, as in JSONata', async (expression, message) => {
    expect(await evaluate(expression)).toMatchObject({ kind: 'error', message });
  });
});

describe('an evaluation', () => {
  test.each([
    ['replaces a function', '($l := function($x) { 666 }; {} ~> |$sum|$l|; $sum([1]))', json('666')],
    [
      'replaces the list of what is found by name',
      `(${environment}; $b := $e.bind; $b("sum", $l); $sum([1]))`,
      json('666'),
    ],
    [
      'replaces the bounds of JSONata',
      `(${environment}; $b := $e.base; {} ~> |$b|{"guardrails": $keys}|; 1)`,
      expect.objectContaining({ kind: 'error' }),
    ],
  ])('that %s does so for itself alone', async (_, expression, own) => {
    expect(await evaluate(expression)).toEqual(own);
    expect(await evaluate('$sum(data.items)')).toEqual(json('3'));
    expect(await handler({ check: '$sum(data.items)' })).toEqual({ kind: 'valid' });
  });

  test('that changes an object of the language does so for itself alone', async () => {
    const withRegExp = (rest: string) => `(${environment}; $R := $e.base.RegexEngine; ${rest})`;
    const before = await evaluate(withRegExp('$R("(")'));
    expect(before).toMatchObject({ message: 'Invalid regular expression: /(/: Unterminated group' });
    expect(await evaluate(withRegExp('{} ~> |$R|{"token": "left", "position": 4711}|; 1'))).toEqual(json('1'));
    expect(await evaluate(withRegExp('$R("(")'))).toEqual(before);
  });

  test('that waits for what never comes is an error', async () => {
    const message = 'The evaluation does not end.';
    expect(await evaluate(`(${environment}; {"then": $e.lookup})`)).toEqual({ kind: 'error', message });
  });
});

test('base64 is that of JSONata in Node.js', async () => {
  expect(await evaluate('$base64encode(data)', { data: 'Ä?>~' })).toEqual(json('"xD8+fg=="'));
  expect(await evaluate('$base64decode(data)', { data: 'xD8-fg==' })).toEqual(json('"Ä?>~"'));
});

/** Runs code in a process that has the handler of the bundle as `handler`. */
function inProcess(code: string, ...flags: string[]) {
  const load = `const { handler } = require(${JSON.stringify(bundleOf('transform', assembly()))});`;
  return spawnSync(process.execPath, [...flags, '--eval', `${load} ${code}`], { encoding: 'utf8' });
}

test('a promise that nobody waits for ends nothing when it fails, and nothing of it is logged', () => {
  const request = { expression: `(${environment}; {"toJSON": $open.apply, "data": data})`, input, at };
  const { stdout, stderr, status } = inProcess(
    `handler(${JSON.stringify(request)}).then((answer) => process.stdout.write(JSON.stringify(answer)));`,
  );
  expect([JSON.parse(stdout), stderr, status]).toEqual([json('{}'), '', 0]);
});

testInFull('a process answers 2,000 requests in little memory, and ends before the next one', () => {
  const { stdout, status } = inProcess(
    `(async () => {
      for (;;) {
        const { text } = await handler(${JSON.stringify({ expression: '$sum(data.items)', input, at })});
        process.stdout.write(text);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();`,
    '--max-old-space-size=48',
  );
  expect([stdout, status]).toEqual(['3'.repeat(2_000), 75]);
});
