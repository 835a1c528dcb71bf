/** The conditions under which a message can be split in one way only. Written by hand from the rules of the scheme. */
import { describe, expect, test } from '@jest/globals';
import {
  body,
  header,
  hmac,
  literal,
  timestamp,
  url,
  value,
} from '../../../../shared/endpoints/provider/common-schemes.ts';
import {
  type Boundaries,
  boundariesOf,
  isUnambiguous,
} from '../../../../shared/endpoints/signature/message-boundary.ts';
import type { MessagePart, Timestamp } from '../../../../shared/endpoints/signature/scheme.ts';

const id = value(header('x-id'));
const method: MessagePart = { part: 'method' };
const secret: MessagePart = { part: 'secret' };
const crc: MessagePart = { part: 'bodyCrc32' };
const form: MessagePart = { part: 'sortedForm' };

const boundaries = (message: MessagePart[], unit: Timestamp['unit'] = 's'): Boundaries =>
  boundariesOf(hmac('x-signature', { message, timestamp: { source: header('x-time'), unit } }));

describe('a part needs no condition', () => {
  test.each<[string, MessagePart[]]>([
    ['a method before the body', [method, body]],
    ['a method after the body', [body, method]],
    ['a secret beside the body', [secret, body]],
    ['the only part that is not fixed', [literal('v1'), id, literal('v1')]],
    ['a time before a dot', [timestamp, literal('.'), body]],
    ['a CRC before a dot', [crc, literal('.1'), body]],
    ['a CRC after a dot', [body, literal('1.'), crc]],
    ['a CRC before a method', [crc, method, body]],
    ['a CRC after a method', [body, method, crc]],
  ])('if it is %s', (_, message) => {
    expect(boundaries(message)).toEqual([]);
  });
});

describe('a part must not contain', () => {
  test.each<[string, MessagePart[], number, string]>([
    ['the literal after it', [id, literal('-.'), body], 0, '-.'],
    ['the literal before it', [body, literal('--.'), id], 2, '--.'],
    // A search for the whole text could find it too early, at the end of the value.
    ['the first character of a literal that begins as it ends', [id, literal('xyz-xyz'), body], 0, 'x'],
    ['the last character of a literal that ends as it begins', [body, literal('xyz-xyz'), id], 2, 'z'],
    ['the character of a literal that repeats it', [id, literal('--'), body], 0, '-'],
    ['the two characters after a URL, even if a URL may have each of them', [url, literal('!~'), body], 0, '!~'],
    ['a character of two code units, whole', [id, literal('\u{1f600}-\u{1f600}'), body], 0, '\u{1f600}'],
    ['the line break after a URL that follows a CRC', [crc, url, literal('\n'), body], 1, '\n'],
  ])('%s', (_, message, at, without) => {
    expect(boundaries(message)).toEqual([{ at, without }]);
  });

  test('the colon of the textual time after it', () => {
    expect(boundaries([id, timestamp, body], 'rfc3339')).toEqual([{ at: 0, without: ':' }]);
  });
});

test.each([
  ['s', 10],
  ['ms', 13],
] as const)('a time in %s beside a digit must have %d digits', (unit, length) => {
  expect(boundaries([timestamp, literal('1'), body], unit)).toEqual([{ at: 0, length }]);
});

describe('no condition is enough', () => {
  test.each<[string, MessagePart[], string]>([
    ['a CRC before a digit', [crc, literal('1.'), body], 'bodyCrc32 and literal'],
    ['a CRC after a digit', [body, literal('.1'), crc], 'literal and bodyCrc32'],
    ['a CRC after a URL', [body, literal('\n'), url, crc], 'url and bodyCrc32'],
    ['an id after a textual time', [body, timestamp, id], 'timestamp and value'],
    ['any fields of a form after a literal', [literal('v1'), form], 'a=bc and ab=c have the same signature'],
  ])('for %s', (_, message, says) => {
    expect(boundaries(message, 'rfc3339')).toEqual(expect.stringContaining(says));
  });

  test('for a time without a unit after an id', () => {
    const scheme = hmac('x-signature', { message: [id, timestamp, body] });
    expect(boundariesOf(scheme)).toEqual(expect.stringContaining('value and timestamp'));
  });
});

describe('beside the body', () => {
  const isClear = (message: MessagePart[], ...parts: string[]) =>
    isUnambiguous(
      boundaries(message),
      parts.map((part) => Buffer.from(part)),
    );

  test('a time ends where the digits end', () => {
    expect(isClear([timestamp, body], '1772366400', 'abc')).toBe(true);
    expect(isClear([timestamp, body], '1772366400', '1bc')).toBe(false);
    expect(isClear([timestamp, body], '1772366400', '')).toBe(true);
  });

  test('a time begins where the digits begin', () => {
    expect(isClear([body, timestamp], '1bc', '1772366400')).toBe(true);
    expect(isClear([body, timestamp], 'ab1', '1772366400')).toBe(false);
    expect(isClear([body, timestamp], '', '1772366400')).toBe(true);
  });

  test('a time ends before an empty body, also after an id', () => {
    expect(isClear([id, literal('.'), timestamp, body], 'a', '.', '1772366400', '')).toBe(true);
  });

  test('two parts must not touch', () => {
    expect(isClear([timestamp, body, url], '1772366400', '{}', 'https://h/')).toBe(true);
    expect(isClear([timestamp, body, url], '1772366400', '', 'https://h/')).toBe(false);
  });
});
