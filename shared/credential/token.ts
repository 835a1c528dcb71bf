/**
 * The form of a token, and how two of them are compared.
 *
 * A generated token is a prefix that says whose it is, 43 base62 characters (256 random bits) and 6 base62 characters
 * of CRC-32 over those 43. The checksum is no protection: it lets a typo or a truncated paste be refused without
 * reading a secret, and lets secret scanners be sure of what they found.
 */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const base62Alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** What secret scanners look for, and what is taken out of everything that is stored beside a body. */
export const tokenForm = /hl[eos]_[0-9A-Za-z]{49}/g;

/**
 * `hle_` guards an endpoint, `hlo_` is an operator's, and `hls_` is a secret that a sender signs with. The last two differ
 * so that a token can be told from a signing secret: a token travels in requests, and must never sign one.
 */
export type TokenKind = 'hle' | 'hlo' | 'hls';

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) text = base62Alphabet.charAt(Number(rest % 62n)) + text;
  return text;
}

const checksum = (body: string): string => base62(BigInt(crc32(body)), 6);

/**
 * Makes a token of 256 random bits.
 * @param random 32 bytes; an argument so that a test can choose them.
 */
export function generateToken(kind: TokenKind, random: Uint8Array = randomBytes(32)): string {
  const body = base62(BigInt(`0x${Buffer.from(random).toString('hex')}`), 43);
  return `${kind}_${body}${checksum(body)}`;
}

/** Whether a text that claims to be a generated token of this kind has the right length, alphabet and checksum. */
export function isWellFormed(kind: TokenKind, text: string): boolean {
  const match = /^(hl[eos])_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/.exec(text);
  return match !== null && match[1] === kind && match[3] === checksum(match[2] ?? '');
}

/** Whether no live token can have this value: it claims the generated form and does not have it. */
export function isMistyped(text: string): boolean {
  return text.startsWith('hle_') && !isWellFormed('hle', text);
}

/** SHA-256 of a token. Equal lengths make the comparison of two digests constant in time, whatever was presented. */
export const tokenDigest = (token: string): Buffer => hash('sha256', token, 'buffer');

/** Compares two digests in constant time. */
export const isSameDigest = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);
