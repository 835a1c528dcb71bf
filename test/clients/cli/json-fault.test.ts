/** Where a text stops being JSON. */
import { expect, test } from '@jest/globals';
import { jsonFault } from '../../../clients/cli/json-fault.ts';

test.each([
  ['', 1, 1],
  ['whsec_secret', 1, 1],
  ['\uFEFF{}', 1, 1],
  ['{', 1, 2],
  ['{"a": 1,}', 1, 9],
  ['{"a" 1}', 1, 6],
  ['{"a": 1\r\n "b": 2}', 2, 2],
  ['{"a": TRUE}', 1, 7],
  ['{a: 1}', 1, 2],
  ["{'a': 1}", 1, 2],
  ['{"a": [1, 2}', 1, 12],
  ['[1, 2,\n\t3\n', 3, 1],
  ['["a": 1]', 1, 5],
  ['[01]', 1, 3],
  ['[1.]', 1, 3],
  ['["a\nb"]', 1, 2],
  ['["\\x"]', 1, 2],
  ['{"a": {"b": [{}, "ü€😀", -1.5e+3, null]}} x', 1, 43],
  ['{"a": 1} // a note', 1, 10],
  ['[1]]', 1, 4],
])('%j stops at line %i, column %i', (text, line, column) => {
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  expect(jsonFault(text)).toEqual({ line, column });
});
