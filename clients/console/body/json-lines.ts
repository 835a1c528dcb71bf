/**
 * JSON as lines that can be folded, and a line as tokens. Works on the text and parses no value: numbers, escapes and doubled keys stay as they
 * came. The text must be valid JSON. Not recursive, so any depth works.
 */
import { LineList, type SyntaxToken } from './lines.ts';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
/** `[` and `{`, and the signs that close them, differ in one bit. */
const isOpen = (code: number): boolean => code === 0x5b || code === 0x7b;
const isClose = (code: number): boolean => code === 0x5d || code === 0x7d;

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote) return at + 1;
  }
  return text.length;
}

function endOfBare(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code) || isClose(code) || code === comma || code === colon) break;
    at += 1;
  }
  return at;
}

/** The index after the token that begins here. A bracket, a comma and a colon are tokens of their own. */
export function endOfToken(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (code === quote) return endOfString(text, start);
  return isOpen(code) || isClose(code) || code === comma || code === colon ? start + 1 : endOfBare(text, start);
}

/** Adds the lines of one JSON text: one for each member, and one for each bracket that closes. What is empty stays on one line. */
export function addJsonLines(list: LineList, text: string, from: number, to: number): void {
  let start = -1;
  let last = from;
  const end = (): void => {
    if (start >= 0) list.add(start, last);
    start = -1;
  };
  for (let at = skipSpace(text, from); at < to; ) {
    const code = text.charCodeAt(at);
    const next = endOfToken(text, at);
    const after = skipSpace(text, next);
    if (isOpen(code) && !isClose(text.charCodeAt(after))) {
      list.open(start < 0 ? at : start, next);
      start = -1;
    } else if (isClose(code) && !isOpen(text.charCodeAt(last - 1))) {
      end();
      // A comma after the bracket is on its line.
      const hasComma = text.charCodeAt(after) === comma && after < to;
      list.close(at, hasComma ? after + 1 : next);
      if (hasComma) {
        last = after + 1;
        at = skipSpace(text, last);
        continue;
      }
    } else {
      if (start < 0) start = at;
      last = next;
      if (code === comma) end();
    }
    last = next;
    at = after;
  }
  end();
}

export function jsonLinesOf(text: string) {
  const list = new LineList();
  addJsonLines(list, text, text.startsWith('\ufeff') ? 1 : 0, text.length);
  return list.lines();
}

function kindOf(text: string, start: number, next: number): SyntaxToken['kind'] {
  const code = text.charCodeAt(start);
  if (code === quote) return text.charCodeAt(skipSpace(text, next)) === colon ? 'name' : 'text';
  if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return 'number';
  return isOpen(code) || isClose(code) || code === comma || code === colon ? 'sign' : 'word';
}

/** The tokens of a line, with one space after a colon and no other. */
export function jsonTokens(text: string, start: number, end: number): SyntaxToken[] {
  const tokens: SyntaxToken[] = [];
  for (let at = start; at < end; ) {
    const next = endOfToken(text, at);
    const kind = kindOf(text, at, next);
    const sign = text.slice(at, next);
    tokens.push({ kind, text: sign === ':' ? ': ' : sign });
    at = skipSpace(text, next);
  }
  return tokens;
}

/** A preview has about so many characters. */
const previewLength = 160;

/** The begin of a value on one line, with a space after each comma. */
export function previewOf(text: string, start: number, end: number): SyntaxToken[] {
  const tokens = jsonTokens(text, start, Math.min(end, start + previewLength)).map((token) =>
    token.text === ',' ? { ...token, text: ', ' } : token,
  );
  return end - start <= previewLength ? tokens : [...tokens, { kind: 'plain', text: ' …' }];
}
