/** The body of an event: its exact bytes, and how to look at them. Nothing here makes markup. */
import type { StoredEvent } from './event-reads.ts';

/** The most bytes that a view shows, as text and in hexadecimal. More would make the page slow. */
export const maxShownBytes = 128 * 1024;
export const maxHexBytes = maxShownBytes / 8;

/** The exact bytes. Undefined if this operator does not get them. */
export function bytesOf({ body, bodyBase64 }: Pick<StoredEvent, 'body' | 'bodyBase64'>): Uint8Array | undefined {
  if (body !== undefined) return new TextEncoder().encode(body);
  if (bodyBase64 === undefined) return undefined;
  return Uint8Array.from(atob(bodyBase64), (character) => character.charCodeAt(0));
}

/** The characters that change the direction of the text around them. A sender could show a name as another one with them. */
const directionControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text with its direction controls named, so that it stands in the order of its bytes. */
export const inOrder = (text: string): string =>
  text.replace(directionControls, (control) => {
    return `⟨U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });

/** The bytes as text. Bytes that are no UTF-8 become replacement characters. */
export const textOf = (bytes: Uint8Array): string => inOrder(utf8Of(bytes));

const utf8Of = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, maxShownBytes));

/**
 * JSON over several lines. Undefined if the bytes are no JSON, or too many. Works on the text: numbers stay as they came, because a
 * parser would round large ones.
 */
export function formattedJson(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0 || bytes.length > maxShownBytes) return undefined;
  const json = utf8Of(bytes);
  try {
    JSON.parse(json);
  } catch {
    return undefined;
  }
  const formatted = indented(json);
  return formatted && inOrder(formatted);
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
const maxFormattedLength = 4 * maxShownBytes;

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

const bytesOfLine = 16;

/** The bytes in hexadecimal, 16 a line, each line with its offset and its printable characters. */
export function hexOf(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, maxHexBytes);
  const lines: string[] = [];
  for (let offset = 0; offset < shown.length; offset += bytesOfLine) {
    const line = [...shown.subarray(offset, offset + bytesOfLine)];
    const hex = line.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const printable = line.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${offset.toString(16).padStart(8, '0')}  ${hex.padEnd(bytesOfLine * 3 - 1)}  ${printable}`);
  }
  return lines.join('\n');
}
