/**
 * The form of a token, and the comparison of tokens.
 *
 * A generated token is a prefix for its kind, 43 base62 characters (256 random bits) and 6 base62 characters of CRC-32
 * over these 43 characters. The checksum is not a protection. The checksum detects typos and truncated pastes without
 * reading a secret, and lets secret scanners avoid false matches.
 */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
const base62Alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/**
 * The shortest and the longest token, in characters. A token that the sender chose may have any length in this range.
 */
export const minTokenLength = 12;
export const maxTokenLength = 512;
/** The longest signing key, in characters. A public key in PEM is longer than a token. */
export const maxKeyLength = 4096;
/**
 * `hle_` is an endpoint's token, `hlo_` an operator's, and `hls_` a signing secret. Tokens and signing secrets have
 * different prefixes: a token is visible in requests, so it must never sign a request.
 */
const kinds = ['hle', 'hlo', 'hls'];
const prefix = `(?:${kinds.join('|')})_`;
/** The pattern for secret scanners. This pattern also redacts everything that is stored, except bodies. */
export const tokenForm = new RegExp(`${prefix}[0-9A-Za-z]{49}`, 'g');
const partialForm = new RegExp(`(${prefix})[0-9A-Za-z]+`, 'g');
/** Leaves only the prefix of each token, for texts that people see. It also cuts what only begins like a token. */
export const withoutTokens = (text) => text.replace(partialForm, '$1…');
function base62(value, length) {
    let text = '';
    for (let rest = value; text.length < length; rest /= 62n)
        text = base62Alphabet.charAt(Number(rest % 62n)) + text;
    return text;
}
const checksum = (body) => base62(BigInt(crc32(body)), 6);
/**
 * Makes a token of 256 random bits.
 * @param random 32 bytes, as an argument for tests
 */
export function generateToken(kind, random = randomBytes(32)) {
    const body = base62(BigInt(`0x${Buffer.from(random).toString('hex')}`), 43);
    return `${kind}_${body}${checksum(body)}`;
}
/** Whether a text is a generated token of this kind: prefix, length, alphabet and checksum are right. */
export function isWellFormed(kind, text) {
    const [, body, sum] = /^..._([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/.exec(text) ?? [];
    return body !== undefined && text.startsWith(kind) && sum === checksum(body);
}
/** Whether a text begins like a generated token but is not well formed. No live token can have such a value. */
export function isMistyped(text) {
    return text.startsWith('hle_') && !isWellFormed('hle', text);
}
/** SHA-256 of a token. All digests have the same length, so their comparison takes constant time for any input. */
export const tokenDigest = (token) => hash('sha256', token, 'buffer');
/** Compares two digests in constant time. */
export const isSameDigest = (one, other) => one.length === other.length && timingSafeEqual(one, other);
