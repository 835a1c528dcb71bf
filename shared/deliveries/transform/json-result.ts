import type { TransformAnswer } from './transform.ts';

/** The largest result, as JSON text. */
export const maxResultBytes = 1_048_576;

/** The length of a text in UTF-8. A fresh context has no `Buffer`. A surrogate is half of four bytes. */
function bytesOf(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

class NoJson extends Error {}

const tooLarge = () => new NoJson('The result is larger than 1 MiB.');

/**
 * Turns the result of an expression into JSON text. Functions and numbers such as infinity, which `JSON.stringify` would leave out or
 * replace, are errors: they are mistakes in the expression, and the receiver should not find them.
 */
export function jsonResult(value: unknown): TransformAnswer {
  if (value === undefined) return { kind: 'empty' };
  try {
    const text = JSON.stringify(value, jsonOnly(maxResultBytes));
    if (bytesOf(text) > maxResultBytes) throw tooLarge();
    return { kind: 'json', text };
  } catch (error) {
    if (error instanceof NoJson) return { kind: 'error', message: error.message };
    throw error;
  }
}

/**
 * Looks at each value before it is written. A few bytes of an expression can make a text of gigabytes, by repeating a text or a
 * part of the result, and memory for it is taken only when it is written. So each value counts before that, with the least that it takes.
 */
function jsonOnly(limit: number): (this: unknown, key: string, value: unknown) => unknown {
  let left = limit;
  return function (key, value) {
    if (typeof value === 'function') throw new NoJson('The result has a function or a regular expression in it.');
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new NoJson('The result has a number in it that JSON does not have, such as infinity.');
    }
    left -= (Array.isArray(this) ? 0 : key.length) + (typeof value === 'string' ? value.length : 1);
    if (left < 0) throw tooLarge();
    return value;
  };
}
