/** The paths of an expression that a dry run names. What each case names is written by hand. */
import { expect, test } from '@jest/globals';
import jsonata from 'jsonata';
import { contextProgram } from '../../../../infra/bundle/esbuild-bundle.ts';
import { emptyPathsIn } from '../../../../shared/deliveries/transform/empty-paths.ts';
import { transformHandler } from '../../../../shared/deliveries/transform/transform-handler.ts';
import { at } from './expression-pool.ts';

const input = {
  type: 'push',
  headers: { 'x-shop': 'books' },
  data: {
    repository: { name: 'hooks', owner: null },
    items: [{ price: 1, tags: [{ text: 'a' }] }, [{ price: 2, size: 3 }]],
    none: [],
    'a b': { c: 1 },
    zero: 0,
    off: false,
    blank: '',
  },
};

test.each<[string, string[]]>([
  // What is there, also if it is null, false, empty or zero.
  ['{"name": data.repository.name, "owner": data.repository.owner}', []],
  ['[data.zero, data.off, data.blank, data.none, type]', []],
  ['data.`a b`.c & headers.`x-shop`', []],
  // A misspelt name, with the path up to it and no further.
  ['data.repositry', ['data.repositry']],
  ['{"name": data.repositry.name, "id": data.repositry.id}', ['data.repositry']],
  ['data.repository.full_name', ['data.repository.full_name']],
  ['dta.repository.name', ['dta']],
  ['headers.`x-shp`', ['headers.`x-shp`']],
  // A null and a text have no names in them.
  ['data.repository.owner.login', ['data.repository.owner.login']],
  ['type.length', ['type.length']],
  ['data.constructor', ['data.constructor']],
  // Lists are gone through; one element that has the name is enough.
  ['data.items.price', []],
  ['data.items.size', []],
  ['data.items.tags.text', []],
  ['data.items.prize', ['data.items.prize']],
  ['data.none.price', ['data.none.price']],
  // Wherever an expression looks at the whole input.
  ['$uppercase(data.nme) & "-" & $string(data.nmbr)', ['data.nme', 'data.nmbr']],
  ['data.a ? data.b : data.c', ['data.a', 'data.b', 'data.c']],
  ['($x := data.b; [-data.d, $x.e])', ['data.b', 'data.d']],
  ['data.f ~> $uppercase', ['data.f']],
  ['$map(data.itmes, function($i) { $i.name })', ['data.itmes']],
  ['$filter(data.itmes, $boolean).name', ['data.itmes']],
  ['$.data.g & $$.data.h', ['data.g', 'data.h']],
  ['data.itmes[]', ['data.itmes']],
  ['data.itmes[price > 1].name', ['data.itmes']],
  ['data.itmes^(price).name', ['data.itmes']],
  ['data.itmes{name: price}', ['data.itmes']],
  ['data.itmes@$i.name', ['data.itmes']],
  ['data.itmes#$at.name', ['data.itmes']],
  // After a predicate or an order too.
  ['data.items[price > 9].nme', ['data.items.nme']],
  ['data.items[0].price', []],
  ['data.items#$at.nme', ['data.items.nme']],
  ['data.items^(price).nme', ['data.items.nme']],
  // What sees something else than the whole input is not named, nor what comes after it.
  ['data.items[cost > 1]', []],
  ['data.items@$i.repository.name', []],
  ['data.items^(cost)', []],
  ['data.items{nme: cost}', []],
  ['data.items.{"a": nme}', []],
  ['data.items.(nme)', []],
  ['data.items.$string(nme)', []],
  ['data.*.nme', []],
  ['**.nme', []],
  ['$map(data.items, function($i) { data.nme })', []],
  ['data ~> |repository|{"a": nme}|', []],
  ['($x := data; $x.nme)', []],
  ['"data.nme"', []],
])('%s names %j', (expression, paths) => {
  expect(emptyPathsIn(jsonata(expression).ast(), input)).toEqual(paths);
});

test('the first twenty paths are named, each up to 128 characters', () => {
  const names = Array.from({ length: 21 }, (_, n) => `data.n${n}`);
  expect(emptyPathsIn(jsonata(`[${names.join()}]`).ast(), input)).toEqual(names.slice(0, 20));
  const exact = `data.${'n'.repeat(123)}`;
  expect(emptyPathsIn(jsonata(`[${exact}, ${exact}n]`).ast(), input)).toEqual([exact, `data.${'n'.repeat(122)}…`]);
});

test('what takes too long is not found out', () => {
  const data = Array.from({ length: 600_000 }, () => 0);
  expect(emptyPathsIn(jsonata('[data.a, data.b, c]').ast(), { data })).toEqual(['data.a']);
});

test('a nest of lists is gone through, however deep', () => {
  const data = JSON.parse(`${'['.repeat(50_000)}{"a":1}${']'.repeat(50_000)}`);
  expect(emptyPathsIn(jsonata('[data.a, data.b]').ast(), { data })).toEqual(['data.b']);
});

const handler = transformHandler(contextProgram());

test.each([
  ['{"a": data.nme}', { kind: 'json', text: '{}', emptyPaths: ['data.nme'] }],
  ['data.nme', { kind: 'empty', emptyPaths: ['data.nme'] }],
  ['$error(data.nme)', { kind: 'error', message: expect.any(String), emptyPaths: ['data.nme'] }],
  ['data.repository.name', { kind: 'json', text: '"hooks"' }],
  ['data.', { kind: 'error', message: 'Unexpected end of expression', position: 5 }],
])('a dry run of %s names them beside what came of it, and a delivery does not', async (expression, answer) => {
  expect(await handler({ expression, input, at, isDryRun: true })).toMatchObject(answer);
  expect(await handler({ expression, input, at })).not.toHaveProperty('emptyPaths');
});

test('no value of the event is named, whatever an expression does', async () => {
  const expression = '($e := {} ~> |$|{"x": data.repository.name}|; $lookup(data, data.repository.name).`x`; data.nme)';
  expect(await handler({ expression, input, at, isDryRun: true })).toMatchObject({ emptyPaths: ['data.nme'] });
});
