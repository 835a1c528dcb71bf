/** Each expression that the page about transforms shows has the result that the page shows. */
import { expect, test } from '@jest/globals';
import { contextProgram } from '../../infra/bundle/esbuild-bundle.ts';
import { transformHandler } from '../../shared/deliveries/transform/transform-handler.ts';
import { readPage } from './given-pages.ts';

const page = 'docs/transforms.md';
const at = '2026-03-04T05:06:07.008Z';
const evaluate = transformHandler(contextProgram());

const [event = '', ...results] = [...readPage(page).matchAll(/^```json\n(.*?)^```$/gms)].map(([, text = '']) => text);
/** Each expression, and the block of JSON after it if no other expression is between. */
const examples = [...readPage(page).matchAll(/^```jsonata\n(.*?)^```$(?:\n\n```json\n(.*?)^```$)?/gms)].map(
  ([, expression = '', result]) => [expression, result] as const,
);

test('the page shows several expressions, and no result without one', () => {
  expect(examples.length).toBeGreaterThan(3);
  expect(examples.flatMap(([, result]) => result ?? [])).toEqual(results);
});

test.each(examples)('%s', async (expression, result) => {
  const answer = await evaluate({ expression, input: JSON.parse(event), at });
  const text = result === undefined ? undefined : JSON.stringify(JSON.parse(result));
  expect(answer).toEqual(text === undefined ? { kind: 'empty' } : { kind: 'json', text });
});
