/** A body page by page, as text and in hexadecimal. A page is as much as is shown without a wait. */
import { madeVisible } from './visible-text.ts';

/** Of characters of the text, and of bytes. */
export const pageLength = { text: 32 * 1024, hex: 8 * 1024 } as const;

export const pagesOf = (length: number, ofPage: number): number => Math.max(1, Math.ceil(length / ofPage));

/** A character of two halves belongs to the page that has its first. */
function pageBorder(text: string, at: number): number {
  const isInside = /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');
  return isInside ? at + 1 : at;
}

/** @param page from 1 */
export function textPage(text: string, page: number): string {
  const from = (page - 1) * pageLength.text;
  return madeVisible(text.slice(pageBorder(text, from), pageBorder(text, from + pageLength.text)));
}

const bytesOfLine = 16;

/** Bytes in hexadecimal, 16 a line, each line with its offset and its printable characters. @param page from 1 */
export function hexPage(bytes: Uint8Array, page: number): string {
  const from = (page - 1) * pageLength.hex;
  const lines: string[] = [];
  for (let offset = from; offset < Math.min(bytes.length, from + pageLength.hex); offset += bytesOfLine) {
    const line = [...bytes.subarray(offset, Math.min(offset + bytesOfLine, from + pageLength.hex))];
    const hex = line.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const printable = line.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${offset.toString(16).padStart(8, '0')}  ${hex.padEnd(bytesOfLine * 3 - 1)}  ${printable}`);
  }
  return lines.join('\n');
}
