import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyUrl, codePoint } from './any-text.ts';

test.each(['\0', 'a', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'])('%j is a code point', (text) => {
  expect(codePoint.canShrinkWithoutContext(text)).toBe(true);
});

test.each(['', 'ab', '\ud800', '\udfff', '\u{10000}a', 1, undefined])('%j is none', (value) => {
  expect(codePoint.canShrinkWithoutContext(value)).toBe(false);
});

test('a text of code points is well-formed, and one that fails shrinks to the smallest that does', () => {
  fc.assert(fc.property(fc.string({ unit: codePoint }), (text) => text.isWellFormed()));
  const { counterexample } = fc.check(
    fc.property(fc.string({ unit: codePoint }), (text) => !/[^\0-\uffff]/u.test(text)),
    {
      numRuns: 1_000,
    },
  );
  expect(counterexample).toEqual(['\u{10000}']);
});

test('a URL is one, and has the parts that are asked for', () => {
  fc.assert(fc.property(anyUrl(), (url) => /^https?:\/\/[^/?#]+(\/[^/?#]*)*$/.test(url) && URL.canParse(url)));
  const urls = fc.sample(anyUrl({ query: true, fragment: true }), 200);
  expect(urls.filter((url) => URL.canParse(url))).toEqual(urls);
  const kinds = urls.map((url) => /^[^?#]*(\?[^#]*)?(#.*)?$/.exec(url)?.slice(1).map(Boolean).join());
  expect([...new Set(kinds)].sort()).toEqual(['false,false', 'false,true', 'true,false', 'true,true']);
});

test('no test uses an arbitrary that lists all code points', () => {
  const files = globSync('test/**/*.ts').filter((file) => !file.includes('any-text'));
  expect(files.length).toBeGreaterThan(150);
  const costly =
    /[uU]nit: 'binary'|fc\.web(Url|Path|Segment|QueryParameters|Fragments)\(|noUnicodeString: false|withUserInfo/;
  expect(files.filter((file) => costly.test(readFileSync(file, 'utf8')))).toEqual([]);
});
