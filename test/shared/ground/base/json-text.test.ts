import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { itemTexts, onlyMembers, rangesAt, valueTextAt } from '../../../../shared/ground/base/json-text.ts';
import { jsonTexts, spaces } from './given-json.ts';

/** The items as written, without the white space around them. */
const trimmed = (texts: readonly string[]): string[] =>
  texts.map((text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''));

describe("the texts of a list's items", () => {
  test('are the original texts, for any items at any place in the document', () => {
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

  test('parse to the items of the list', () => {
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
      'found if the list has numbers that JavaScript cannot represent',
      '[12345678901234567890,1.0,1e400,-0]',
      [],
      ['12345678901234567890', '1.0', '1e400', '-0'],
    ],
    [
      'found if strings contain brackets and quotation marks',
      '["]","\\"]","\\\\",{"}":"\\\\\\"["}]',
      [],
      ['"]"', '"\\"]"', '"\\\\"', '{"}":"\\\\\\"["}'],
    ],
    ['those of one list if another one follows', '{"a":[1,2],"b":[3]}', ['a'], ['1', '2']],
    ['those of one list if a longer one is around it', '[[1] ,2,3]', ['0'], ['1']],
    ['those of the last list if the key occurs twice', '{"a":[1],"a":[2]}', ['a'], ['2']],
    ['found if the key is written with escapes', '{"\\u0061":[1]}', ['a'], ['1']],
    ['an empty array if the list is empty', '{"a": [ ]}', ['a'], []],
    ['undefined if the pointer leads to an object', '{"a":{"b":1}}', ['a'], undefined],
    ['undefined if the pointer leads to a string', '{"a":"[1]"}', ['a'], undefined],
    ['undefined if the pointer leads to nothing', '{"a":[1]}', ['b'], undefined],
    ['undefined if the pointer leads into a number', '{"a":7}', ['a', 'b'], undefined],
    ['undefined if the pointer leads to an inherited property', '{}', ['constructor'], undefined],
    ['undefined if the document is a number', ' 7 ', [], undefined],
  ])('are %s', (_, text, keys, items) => {
    expect(itemTexts(text, keys)).toEqual(items);
  });

  test('are found if they are deeply nested, very long or very many', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(itemTexts(`{"a":[${deep},{"b":${deep}}]}`, ['a'])).toEqual([deep, `{"b":${deep}}`]);
    const item = `"${'\\\\'.repeat(100_000)}\\""`;
    expect(itemTexts(`[${item},1]`, [])).toEqual([item, '1']);
    expect(itemTexts(`[${'1,'.repeat(100_000)}1]`, [])).toHaveLength(100_001);
  });
});

describe('the text of a value', () => {
  test.each<[string, string[], string | undefined]>([
    ['{"a": {"b" : [1, 2 ] } }', ['a', 'b'], '[1, 2 ]'],
    ['{"a":1,"a":2}', ['a'], '2'],
    [' 1.0 ', [], '1.0'],
    ['"a"', [], '"a"'],
    ['[[1],[2,[3]]]', ['1', '1', '0'], '3'],
    ['{"a":1}', ['b'], undefined],
    ['{"a":1}', ['a', 'b'], undefined],
    ['{"a":1}', ['b', 'a'], undefined],
  ])('%s at %j is %j', (text, keys, value) => {
    expect(valueTextAt(text, keys)).toBe(value);
  });
});

test('only the members that are asked for are found, and null if there are two', () => {
  const text = '{"a":1,"b":[2],"c":3,"c":4,"d":{"a":5}}';
  expect([...onlyMembers(text, new Set(['b', 'c', 'e']))]).toEqual([
    ['b', '[2]'],
    ['c', null],
  ]);
});

test('an empty object has no member, not even one without a name', () => {
  expect([...onlyMembers('{ }', new Set(['']))]).toEqual([]);
  expect([...onlyMembers('{"":1}', new Set(['']))]).toEqual([['', '1']]);
});

test('the ranges of a key that occurs twice are both found, and the whole of a string on the way', () => {
  const found = (text: string, ...keys: string[]) =>
    [...rangesAt(text, keys)].map(({ start, end }) => text.slice(start, end));
  expect(found('{"a":{"b":1},"c":2,"a":{"b":"x"}}', 'a', 'b')).toEqual(['1', '"x"']);
  expect(found('{"a":"{\\"b\\":1}"}', 'a', 'b')).toEqual(['"{\\"b\\":1}"']);
  expect(found(' 7 ')).toEqual(['7']);
  expect(found('{"a":1}', 'b')).toEqual([]);
});

describe('a text that ends too early', () => {
  test.each([
    ['[', []],
    ['[1', ['1']],
    ['[1,', ['1']],
    ['[1, ', ['1']],
    ['["a', ['"a']],
    ['["a\\"', ['"a\\"']],
    ['[[1,{"a":2', ['[1,{"a":2']],
    ['[{"a', ['{"a']],
  ])('%s has the items %j', (text, items) => {
    expect(itemTexts(text, [])).toEqual(items);
  });
});
