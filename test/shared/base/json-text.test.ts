import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { itemTexts } from '../../../shared/base/json-text.ts';
import { jsonTexts, spaces } from './given-json.ts';

/** The items as written, without the white space around them. */
const trimmed = (texts: readonly string[]): string[] =>
  texts.map((text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''));

describe("the texts of a list's items", () => {
  test('are unchanged, for any items at any place in the document', () => {
    const lists = fc.array(jsonTexts, { maxLength: 8 });
    const around = fc.array(fc.tuple(fc.constantFrom('a', 'é"\\', '', '__proto__'), jsonTexts), { maxLength: 3 });
    fc.assert(
      fc.property(lists, around, spaces, (items, members, space) => {
        const list = `${space}[${items.join(',') || space}]${space}`;
        expect(itemTexts(list, [])).toEqual(trimmed(items));
        const written = members.map(([name, value]) => `${space}${JSON.stringify(name)}${space}:${value},`).join('');
        expect(itemTexts(`{${written}"items"${space}:${list}}`, ['items'])).toEqual(trimmed(items));
        const outer = `[${members.map(([, value]) => `${value},`).join('')}{"x]":${list}}]`;
        expect(itemTexts(outer, [String(members.length), 'x]'])).toEqual(trimmed(items));
      }),
    );
  });

  test('parse to the same values as the list, and so does any generated JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(4), (list, indent) => {
        const text = JSON.stringify({ list }, null, indent);
        const items = itemTexts(text, ['list']) ?? [];
        expect(items.map((item) => JSON.parse(item))).toEqual(JSON.parse(text).list);
        expect(items.every((item) => text.includes(item))).toBe(true);
      }),
    );
  });

  test.each<[string, string, string[], string[] | undefined]>([
    [
      'numbers that no double holds',
      '[12345678901234567890,1.0,1e400,-0]',
      [],
      ['12345678901234567890', '1.0', '1e400', '-0'],
    ],
    [
      'brackets and quotation marks in texts',
      '["]","\\"]","\\\\",{"}":"\\\\\\"["}]',
      [],
      ['"]"', '"\\"]"', '"\\\\"', '{"}":"\\\\\\"["}'],
    ],
    ['the last of two lists of one name', '{"a":[1],"a":[2]}', ['a'], ['2']],
    ['a name that is written with escapes', '{"\\u0061":[1]}', ['a'], ['1']],
    ['an empty list', '{"a": [ ]}', ['a'], []],
    ['no list but an object', '{"a":{"b":1}}', ['a'], undefined],
    ['no list but a text', '{"a":"[1]"}', ['a'], undefined],
    ['nothing there', '{"a":[1]}', ['b'], undefined],
    ['nothing beneath a number', '{"a":7}', ['a', 'b'], undefined],
    ['what only every object has', '{}', ['constructor'], undefined],
    ['a lone number', ' 7 ', [], undefined],
  ])('are found with %s', (_, text, keys, items) => {
    expect(itemTexts(text, keys)).toEqual(items);
  });

  test('may be deeply nested and very many', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(itemTexts(`{"a":[${deep},{"b":${deep}}]}`, ['a'])).toEqual([deep, `{"b":${deep}}`]);
    const item = `"${'\\\\'.repeat(100_000)}\\""`;
    expect(itemTexts(`[${item},1]`, [])).toEqual([item, '1']);
    expect(itemTexts(`[${'1,'.repeat(100_000)}1]`, [])).toHaveLength(100_001);
  });
});
