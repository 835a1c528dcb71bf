/** What reaches a terminal can't control it. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printable, printableLines } from '../../../../shared/ground/base/printable.ts';
import { codePoint } from '../../../support/any-text.ts';

test.each([
  ['\u001b[2Jx', '\\u001b[2Jx'],
  ['a\nb\tc\rd', 'a\\u000ab\\u0009c\\u000dd'],
  ['\u007f', '\\u007f'],
  ['\u0085\u009b31m\u009f', '\\u0085\\u009b31m\\u009f'],
  ['\u061c\u200e\u200f', '\\u061c\\u200e\\u200f'],
  ['\u202a\u202b\u202c\u202d\u202e', '\\u202a\\u202b\\u202c\\u202d\\u202e'],
  ['\u2066\u2067\u2068\u2069', '\\u2066\\u2067\\u2068\\u2069'],
  ['\u2028\u2029', '\\u2028\\u2029'],
  ['Zürich Łódź 🙂 👩‍💻 שלום', 'Zürich Łódź 🙂 👩‍💻 שלום'],
])('%j is printed as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('only line breaks stay between lines', () => {
  expect(printableLines('a\u009bb\n\nc\u202e\r\n')).toBe('a\\u009bb\n\nc\\u202e\\u000d\n');
});

test('JSON stays JSON with the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: codePoint }), fc.constantFrom(0, 2), (value, indent) => {
      const json = JSON.stringify(value, null, indent);
      const printed = printableLines(json);
      expect(printed).not.toMatch(/(?!\n)[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u);
      expect(JSON.parse(printed)).toEqual(JSON.parse(json));
    }),
    { examples: [['\u009b\u202e\u2028\u007f\u200e"\\\n', 2]] },
  );
});
