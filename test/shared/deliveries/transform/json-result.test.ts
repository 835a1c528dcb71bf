import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonResult } from '../../../../shared/deliveries/transform/json-result.ts';

const mebibyte = 1_048_576;
const tooLarge = { kind: 'error', message: 'The result is larger than 1 MiB.' };
const notJson = { kind: 'error', message: 'The result has a function or a regular expression in it.' };
const notFinite = {
  kind: 'error',
  message: 'The result has a number in it that JSON does not have, such as infinity.',
};

test('a value that JSON has is its JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonResult(value)).toEqual({ kind: 'json', text: JSON.stringify(value) });
    }),
  );
});

test.each([
  [undefined, { kind: 'empty' }],
  [null, { kind: 'json', text: 'null' }],
  [
    { a: undefined, b: [undefined] },
    { kind: 'json', text: '{"b":[null]}' },
  ],
  [() => 1, notJson],
  [{ a: [{ b: /x/.exec }] }, notJson],
  [{ _jsonata_function: true, implementation: Math.max }, notJson],
  [Number.POSITIVE_INFINITY, notFinite],
  [{ a: [Number.NaN] }, notFinite],
])('%j is %j', (value, outcome) => {
  expect(jsonResult(value)).toEqual(outcome);
});

test.each([
  ['a text', (bytes: number) => 'x'.repeat(bytes - 2)],
  ['a text of wide characters', (bytes: number) => 'ż'.repeat((bytes - 2) / 2)],
  ['a text that JSON escapes', (bytes: number) => '\n'.repeat((bytes - 2) / 2)],
  [
    'many elements',
    (bytes: number) =>
      Array(bytes / 2 - 2)
        .fill(1)
        .concat(12),
  ],
  ['a name', (bytes: number) => ({ ['x'.repeat(bytes - 6)]: 1 })],
])('%s may be 1 MiB as JSON', (_, resultOf) => {
  const texts = [mebibyte, mebibyte + 2].map((bytes) => JSON.stringify(resultOf(bytes)));
  expect(texts.map((text) => Buffer.byteLength(text))).toEqual([mebibyte, mebibyte + 2]);
  const written = jsonResult(resultOf(mebibyte));
  // An expectation of the text itself would print it.
  expect([written.kind, written.kind === 'json' && written.text === texts[0]]).toEqual(['json', true]);
  expect(jsonResult(resultOf(mebibyte + 2))).toEqual(tooLarge);
});

test('what would become gigabytes is never written', () => {
  let text = 'x';
  let list: unknown[] = [1];
  let record: object = {};
  for (let twice = 0; twice < 28; twice++) {
    text += text;
    list = [list, list];
    record = { a: record, b: record };
  }
  // Three of these texts are longer than a text can be.
  expect([[text, text, text], list, record].map(jsonResult)).toEqual([tooLarge, tooLarge, tooLarge]);
});

test('a failure of JSON itself is not hidden', () => {
  const circle: unknown[] = [];
  circle.push(circle);
  expect(() => jsonResult(circle)).toThrow('circular');
});
