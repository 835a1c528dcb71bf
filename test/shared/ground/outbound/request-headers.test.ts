/** Which headers a request has, and how often a webhook came through Hooklatch. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hopsOf, sendableHeaders } from '../../../../shared/ground/outbound/request-headers.ts';

test.each([
  [{}, 0],
  [{ 'hooklatch-hops': undefined }, 0],
  [{ 'hooklatch-hops': '' }, 0],
  [{ 'hooklatch-hops': '0' }, 0],
  [{ 'hooklatch-hops': '1' }, 1],
  [{ 'hooklatch-hops': ' 2 ' }, 2],
  [{ 'hooklatch-hops': '12' }, 12],
  [{ 'hooklatch-hops': '1,3, 2' }, 3],
  [{ 'hooklatch-hops': '1,x' }, 1],
  [{ 'hooklatch-hops': '-1' }, 0],
  [{ 'hooklatch-hops': '1.5' }, 0],
  [{ 'hooklatch-hops': '1e9' }, 0],
  [{ 'hooklatch-hops': 'x2' }, 0],
  [{ 'hooklatch-hops': '123456789' }, 123_456_789],
  [{ 'hooklatch-hops': '1234567890' }, 0],
])('%j says that a webhook came through Hooklatch %d times', (headers, hops) => {
  expect(hopsOf(headers)).toBe(hops);
});

test.each<[string, Record<string, string>]>([
  ['a line break in the value', { 'x-a': 'b\r\nx-c: d' }],
  ['a line feed in the value', { 'x-a': 'b\n' }],
  ['a zero in the value', { 'x-a': '\0' }],
  ['a control character in the value', { 'x-a': '\x1f' }],
  ['a deleted character in the value', { 'x-a': 'b\x7f' }],
  ['no name', { '': 'b' }],
  ['a space in the name', { 'x a': 'b' }],
  ['a line break in the name', { 'x-a\r\nx-c': 'b' }],
  ['a line feed after the name', { 'x-a\n': 'b' }],
  ['a colon in the name', { 'x:a': 'b' }],
  ['a letter of another alphabet in the name', { 'x-ö': 'b' }],
  ...[
    ...['connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-connection', 'te', 'trailer'],
    ...['transfer-encoding', 'upgrade', 'hooklatch-hops', 'Host', 'TRANSFER-ENCODING'],
  ].map((name): [string, Record<string, string>] => [`${name}, which the sender of the request sets`, { [name]: 'b' }]),
])('a header with %s is left out and named', (_, headers) => {
  const others = { 'content-type': 'text/plain' };
  expect(sendableHeaders({ ...headers, ...others })).toEqual({ headers: others, leftOut: Object.keys(headers) });
});

test.each([
  ['a plain value', 'b', 'b'],
  ['an empty value', '', ''],
  ['a tab', 'a\tb', 'a\tb'],
  ['the first and the last printable character', ' ~', ' ~'],
  ['bytes', '\x80\xff', '\x80\xff'],
  ['UTF-8 that was read as bytes', 'K\u00c3\u00b6ln', 'K\u00c3\u00b6ln'],
  ['characters beyond a byte, which become UTF-8', 'Łódź', '\u00c5\u0081\u00c3\u00b3d\u00c5\u00ba'],
])('%s is sent', (_, value, bytes) => {
  expect(sendableHeaders({ 'X-A': value })).toEqual({ headers: { 'x-a': bytes }, leftOut: [] });
});

test('every character of a token may be in a name', () => {
  const name = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz";
  expect(sendableHeaders({ [name]: 'b' })).toEqual({ headers: { [name]: 'b' }, leftOut: [] });
});

test('each header is sent or named, and nothing that is sent breaks a request into two', () => {
  const text = fc.string({ unit: fc.integer({ min: 0, max: 0x17f }).map((code) => String.fromCharCode(code)) });
  fc.assert(
    fc.property(fc.dictionary(fc.oneof(text, fc.constantFrom('host', 'Via', 'x-a')), text), (given) => {
      const { headers, leftOut } = sendableHeaders(given);
      const lower = new Set(Object.keys(given).map((name) => name.toLowerCase()));
      expect(new Set([...Object.keys(headers), ...leftOut.map((name) => name.toLowerCase())])).toEqual(lower);
      expect(
        Object.entries(headers)
          .flat()
          .filter((sent) => /[^\t\x20-\x7e\x80-\xff]/.test(sent)),
      ).toEqual([]);
    }),
  );
});
