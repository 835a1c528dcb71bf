import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  generateToken,
  isMistyped,
  isSameDigest,
  isWellFormed,
  type TokenKind,
  withoutTokens,
} from '../../../../shared/endpoints/credential/token.ts';

const base62 = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];
const kinds = fc.constantFrom<TokenKind>('hle', 'hlo');
const random = fc.uint8Array({ minLength: 32, maxLength: 32 });
const tokens = fc.tuple(kinds, random).map(([kind, bytes]) => ({ kind, token: generateToken(kind, bytes) }));

describe('a generated token', () => {
  test('matches the pattern of secret scanners, and is well formed only for its kind', () => {
    fc.assert(
      fc.property(tokens, ({ kind, token }) => {
        expect(token).toMatch(/^hl[eo]_[0-9A-Za-z]{49}$/);
        expect(isWellFormed(kind, token)).toBe(true);
        expect(isWellFormed(kind === 'hle' ? 'hlo' : 'hle', token)).toBe(false);
        expect(isMistyped(token)).toBe(false);
      }),
    );
  });

  test('encodes its random bits as a base62 number', () => {
    const numberOf = (text: string) => [...text].reduce((sum, digit) => sum * 62n + BigInt(base62.indexOf(digit)), 0n);
    fc.assert(
      fc.property(random, (bytes) => {
        const value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
        expect(numberOf(generateToken('hle', bytes).slice(4, 47))).toBe(value);
      }),
    );
  });

  // Computed with another program.
  test.each([
    [0x00, '0000000000000000000000000000000000000000000', '2CZclj'],
    [0xff, 'yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp1', '3sRzl1'],
  ])('of bytes that are all %d is this number with its CRC-32', (byte, body, checksum) => {
    expect(generateToken('hle', new Uint8Array(32).fill(byte))).toBe(`hle_${body}${checksum}`);
  });

  test('has 256 random bits', () => {
    // With a byte less, every number begins with a zero. With 256 bits, one in sixty does.
    const firstDigits = Array.from({ length: 20 }, () => generateToken('hle').charAt(4));
    expect(firstDigits.some((digit) => digit !== '0')).toBe(true);
  });

  test('is malformed if one character is changed, left out or added', () => {
    const places = fc.nat({ max: 52 });
    fc.assert(
      fc.property(tokens, places, fc.constantFrom(...base62, '_', '-', ' ', 'é'), ({ kind, token }, at, other) => {
        const [before, after] = [token.slice(0, at), token.slice(at + 1)];
        expect(isWellFormed(kind, before + other + after)).toBe(token[at] === other);
        expect(isWellFormed(kind, before + after)).toBe(false);
        expect(isWellFormed(kind, before + other + token.slice(at))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('is malformed if two neighbouring characters are exchanged', () => {
    fc.assert(
      fc.property(tokens, fc.integer({ min: 4, max: 51 }), ({ kind, token }, at) => {
        const [one = '', other = ''] = token.slice(at, at + 2);
        fc.pre(one !== other);
        expect(isWellFormed(kind, token.slice(0, at) + other + one + token.slice(at + 2))).toBe(false);
      }),
    );
  });
});

test('an adopted value counts as mistyped only if it begins like a generated token', () => {
  for (const value of ['whsec_0123456789', 'hlf_0123456789', 'HLE_0123456789', 'my-hle_0123456789'])
    expect(isMistyped(value)).toBe(false);
  expect(['hle_', 'hle_0123456789', `hle_${'0'.repeat(49)}`].map(isMistyped)).toEqual([true, true, true]);
});

test.each([
  ['an endpoint’s token', 'use hle_AbC0123456789, please', 'use hle_…, please'],
  ['an operator’s token', 'Bearer hlo_zZ9', 'Bearer hlo_…'],
  ['a signing secret', '{"secret":"hls_a1"}', '{"secret":"hls_…"}'],
  ['two in one text', 'hle_a hlo_b', 'hle_… hlo_…'],
  ['the beginning of one', 'hle_A', 'hle_…'],
  ['no token', 'hle_ hlx_A ahl_B', 'hle_ hlx_A ahl_B'],
])('only the prefix of a token is left: %s', (_, text, shown) => {
  expect(withoutTokens(text)).toBe(shown);
});

test('two digests are the same only with the same length and the same bytes', () => {
  const digest = Buffer.from('abcd', 'hex');
  expect(isSameDigest(digest, Buffer.from('abcd', 'hex'))).toBe(true);
  expect(isSameDigest(digest, Buffer.from('abce', 'hex'))).toBe(false);
  // A record that was changed by hand can have a digest of another length.
  expect(isSameDigest(digest, Buffer.from('ab', 'hex'))).toBe(false);
});
