/** No evaluation leaves anything to the next one, in whatever order they come. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { type Context, constants, createContext, runInContext, Script } from 'node:vm';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contextProgram } from '../../../../infra/bundle/esbuild-bundle.ts';
import { transformHandler } from '../../../../shared/deliveries/transform/transform-handler.ts';
import { inParallel } from '../../../../shared/ground/base/parallel.ts';
import { bundleOf } from '../../../../tools/bench/bundle.ts';
import { count, every } from '../../../support/full-counts.ts';
import { assembly } from '../../../support/given.ts';
import { at, pool, poolInput } from './expression-pool.ts';

type Evaluate = (expression: string) => unknown;

const requestOf = (expression: string) => ({ expression, input: poolInput, at });

/** Evaluates an expression in a process of its own, by what is deployed. */
async function inOwnProcess(expression: string): Promise<unknown> {
  const code = `
    const { handler } = require(process.argv[1]);
    handler(JSON.parse(process.argv[2])).then((answer) => process.stdout.write(JSON.stringify(answer)));`;
  const args = ['--eval', code, bundleOf('transform', assembly()), JSON.stringify(requestOf(expression))];
  return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout);
}

/** The answer of an evaluation. One that a busy machine held up for two seconds says nothing, and is repeated. */
async function answerOf(expression: string, evaluate: Evaluate): Promise<unknown> {
  for (;;) {
    const answer = await evaluate(expression);
    if (!JSON.stringify(answer)?.includes('Evaluation timeout')) return answer;
  }
}

async function eachAlone(expressions: readonly string[], evaluate: Evaluate): Promise<Map<string, unknown>> {
  return new Map(
    await inParallel(
      expressions,
      2,
      async (each): Promise<[string, unknown]> => [each, await answerOf(each, evaluate)],
    ),
  );
}

/** The expressions whose result in a sequence is not the one that they have alone, each with what came before it. */
async function changedIn(sequence: readonly string[], evaluate: Evaluate, alone: ReadonlyMap<string, unknown>) {
  const changed: unknown[] = [];
  for (const [index, expression] of sequence.entries()) {
    const answer = await answerOf(expression, evaluate);
    const expected = alone.get(expression);
    if (JSON.stringify(answer) !== JSON.stringify(expected))
      changed.push({ after: sequence.slice(0, index), expression, answer, expected });
  }
  return changed;
}

/** Random pairs and triples. */
const someOf = (expressions: readonly string[], sequences: number): string[][] =>
  fc.sample(fc.array(fc.constantFrom(...expressions), { minLength: 2, maxLength: 3 }), sequences);

test('the pool has 400 expressions, none of them twice', () => {
  expect(new Set(pool).size).toBe(pool.length);
  expect(pool.length).toBeGreaterThanOrEqual(400);
});

describe('the function of deliveries', () => {
  const chosen = every(61, pool);
  let alone: Map<string, unknown>;
  beforeAll(async () => {
    alone = await eachAlone(chosen, inOwnProcess);
  });

  test('gives each expression the result that it has alone in a process', async () => {
    const handler = transformHandler(contextProgram());
    const evaluate = (expression: string) => handler(requestOf(expression));
    const changed: unknown[] = [];
    for (const sequence of someOf(chosen, count({ usual: 25, full: 5_000 })))
      changed.push(...(await changedIn(sequence, evaluate, alone)));
    expect(changed).toEqual([]);
    expect([...alone.values()]).toContainEqual(expect.objectContaining({ kind: 'json' }));
  });
});

/** JSONata as its package has it, and a function that evaluates by it. */
const jsonataModule = new Script(
  `var window = globalThis; ${readFileSync(createRequire(import.meta.url).resolve('jsonata'), 'utf8')}`,
);
const evaluation = `async (expression) => {
  try {
    return JSON.stringify(await jsonata(expression, { stack: 10_000 }).evaluate(JSON.parse(input)));
  } catch ({ message, position }) {
    return JSON.stringify({ message, position });
  }
}`;

/** A context with one module of JSONata, for all evaluations that are made by it. */
function withOneModule(): Evaluate {
  const context = createContext({ input: JSON.stringify(poolInput) });
  jsonataModule.runInContext(context);
  return runInContext(evaluation, context) as Evaluate;
}

/** A context in which each evaluation has a module of its own. */
function withOneContext(): Evaluate {
  const program = new Script(contextProgram());
  const context: Context = createContext(constants.DONT_CONTEXTIFY, { microtaskMode: 'afterEvaluate' });
  return (expression) => {
    context['answer'] = undefined;
    context['request'] = JSON.stringify(requestOf(expression));
    program.runInContext(context);
    return context['answer'];
  };
}

describe('the comparison finds', () => {
  // The clock would show another time, and not what is left behind. A `then` would never end.
  const timeless = pool.filter((each) => !/\b(now|millis|toMillis|timestamp|then)\b/.test(each));

  test.each([
    ['the fault of one module for all evaluations', withOneModule, '$sum(data.n)'],
    ['the fault of one context for all modules', withOneContext, pool.find((each) => each.endsWith('$R("("))'))],
  ])('%s', async (_, start, victim) => {
    const chosen = [...timeless.slice(0, 6), ...timeless.filter((each) => each.includes('RegexEngine'))];
    const alone = await eachAlone(chosen, (expression) => start()(expression));
    const changed = await changedIn([...chosen, ...chosen], start(), alone);
    expect(changed).toContainEqual(expect.objectContaining({ expression: victim }));
  });

  test('the fault of one module among random pairs and triples', async () => {
    const chosen = timeless.slice(0, count({ usual: 12, full: 120 }));
    const alone = await eachAlone(chosen, (expression) => withOneModule()(expression));
    const evaluate = withOneModule();
    let changed = 0;
    for (const sequence of someOf(chosen, count({ usual: 200, full: 2_000 })))
      changed += (await changedIn(sequence, evaluate, alone)).length;
    expect(changed).toBeGreaterThan(0);
  });
});
