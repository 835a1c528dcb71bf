/** The body of an event: its exact bytes, and as text. Nothing here makes markup. */
import { inByteOrder } from '../body/visible-text.ts';
import type { EventAnswer } from './event-reads.ts';

/** The most bytes that are formatted. More would make the page slow. */
export const maxFormattedBytes = 128 * 1024;

/** The exact bytes. Undefined if this operator does not get them. */
export function bytesOf({ body, bodyBase64 }: Pick<EventAnswer, 'body' | 'bodyBase64'>): Uint8Array | undefined {
  if (body !== undefined) return new TextEncoder().encode(body);
  if (bodyBase64 === undefined) return undefined;
  return Uint8Array.from(atob(bodyBase64), (character) => character.charCodeAt(0));
}

/**
 * JSON over several lines. Undefined if the bytes are no JSON, or too many. Works on the text: numbers stay as they came, because a
 * parser would round large ones.
 */
export function formattedJson(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0 || bytes.length > maxFormattedBytes) return undefined;
  const json = new TextDecoder().decode(bytes);
  try {
    JSON.parse(json);
  } catch {
    return undefined;
  }
  const formatted = indented(json);
  return formatted && inByteOrder(formatted);
}

/** All of the bytes as the text that was sent. Undefined if they are not UTF-8. */
export function exactTextOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The bytes in base64. */
export const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** The end of the name of a file with these bytes. Never one that a browser shows as a page. */
export function extensionOf(bytes: Uint8Array): 'json' | 'txt' | 'bin' {
  const body = exactTextOf(bytes);
  if (body === undefined) return 'bin';
  try {
    // A byte order mark before JSON is no part of it.
    JSON.parse(body.replace(/^\ufeff/, ''));
    return 'json';
  } catch {
    return 'txt';
  }
}

/** The most characters of formatted JSON. */
const maxFormattedLength = 4 * maxFormattedBytes;

/** Tokens of JSON: a string, white space, or any other single character. */
const token = /"(?:[^"\\]|\\.)*"|\s+|[^\s"]/g;

/** Undefined if the indentation makes it too long, as thousands of levels do. */
function indented(json: string): string | undefined {
  let depth = 0;
  let out = '';
  const newLine = () => `\n${'  '.repeat(depth)}`;
  const tokens = (json.match(token) ?? []).filter((each) => each.trim() !== '');
  for (const [index, each] of tokens.entries()) {
    if (out.length > maxFormattedLength) return undefined;
    if (each === '{' || each === '[') {
      depth += 1;
      out += /^[}\]]$/.test(tokens[index + 1] ?? '') ? each : each + newLine();
    } else if (each === '}' || each === ']') {
      depth -= 1;
      out += /^[{[]$/.test(tokens[index - 1] ?? '') ? each : newLine() + each;
    } else if (each === ',') out += each + newLine();
    else out += each === ':' ? ': ' : each;
  }
  return out;
}
