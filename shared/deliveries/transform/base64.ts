/**
 * Base64 as JSONata has it in Node.js: a character stands for a byte, and what is not base64 is skipped. A fresh context has neither
 * `Buffer` nor `btoa`.
 */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Byte of a character → its six bits. Also those of base64url count. */
const bitsOf = new Map(
  [...alphabet, '-', '_'].map((character, at) => [character.charCodeAt(0), at < 64 ? at : at - 2]),
);

/** The byte at an index. Zero after the end. */
const byteAt = (text: string, at: number): number => text.charCodeAt(at) & 255;

export function base64Encoded(text: string): string {
  let encoded = '';
  for (let at = 0; at < text.length; at += 3) {
    const bits = (byteAt(text, at) << 16) | (byteAt(text, at + 1) << 8) | byteAt(text, at + 2);
    for (let shift = 18; shift >= 0; shift -= 6) encoded += alphabet[(bits >> shift) & 63];
  }
  const missing = (3 - (text.length % 3)) % 3;
  return encoded.slice(0, encoded.length - missing) + '='.repeat(missing);
}

/** What follows the first `=` does not count. */
export function base64Decoded(text: string): string {
  let decoded = '';
  let bits = 0;
  let known = 0;
  for (let at = 0; at < text.length && text[at] !== '='; at += 1) {
    const more = bitsOf.get(byteAt(text, at));
    if (more === undefined) continue;
    bits = ((bits << 6) | more) & 0xffff;
    known += 6;
    if (known < 8) continue;
    known -= 8;
    decoded += String.fromCharCode((bits >> known) & 255);
  }
  return decoded;
}
