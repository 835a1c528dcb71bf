/** Finds a text in lines as they are shown, and says how a line is cut into pieces for its colours and its finds. */
import type { Lines, SyntaxKind, SyntaxToken, Tokeniser } from './lines.ts';
import { madeVisible } from './visible-text.ts';

/** The line of each find. */
export type Finds = Uint32Array<ArrayBuffer>;

/** So many finds are counted at most. */
export const mostFinds = 10_000;

/** Large and small letters are the same. Undefined for an empty query. */
export const queryPattern = (query: string): RegExp | undefined =>
  query === '' ? undefined : new RegExp(query.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'giu');

/** The tokens of a line as a person sees them. */
export const shownTokens = (tokens: readonly SyntaxToken[]): SyntaxToken[] =>
  tokens.map(({ kind, text }) => ({ kind, text: madeVisible(text) }));

const textOf = (tokens: readonly SyntaxToken[]): string => tokens.map(({ text }) => text).join('');

/** The number of finds in a text, but at most so many. */
function countOf(text: string, pattern: RegExp, most: number): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) {
    if (count === most) break;
    count += 1;
  }
  return count;
}

/** The line of each find, in order. A line with two finds is there twice. */
export function findsIn(text: string, { starts, ends }: Lines, tokens: Tokeniser, query: string): Finds {
  const pattern = queryPattern(query);
  const finds: number[] = [];
  for (let line = 0; pattern && line < starts.length && finds.length < mostFinds; line++) {
    const shown = textOf(shownTokens(tokens(text, starts[line] ?? 0, ends[line] ?? 0)));
    const count = countOf(shown, pattern, mostFinds - finds.length);
    for (let each = 0; each < count; each++) finds.push(line);
  }
  return Uint32Array.from(finds);
}

/** A piece of a line: in one colour, and in a find or not. */
export interface Piece {
  kind: SyntaxKind;
  text: string;
  /** The number of the find in this line that it is in, from 0. */
  find?: number;
}

/** A row shows so many characters at most: more would make the page slow. */
export const mostRowLength = 1_000;

export interface Row {
  pieces: Piece[];
  /** The characters that are left out before and after the pieces. */
  before: number;
  after: number;
}

interface Find {
  start: number;
  end: number;
  find: number;
}

/** The part of a line that is shown: its beginning, or what is around the find that is looked at. */
function shownPart(text: string, pattern: RegExp | undefined, current: number | undefined) {
  let from = 0;
  let find = 0;
  for (const { index, 0: found } of pattern && current !== undefined ? text.matchAll(pattern) : []) {
    if (find === current && index + found.length > mostRowLength) from = index - mostRowLength / 2;
    if (find === current) break;
    find += 1;
  }
  return { from, to: Math.min(text.length, from + mostRowLength) };
}

/** The finds in a part of a line. */
function findsBetween(text: string, pattern: RegExp | undefined, from: number, to: number): Find[] {
  const near: Find[] = [];
  let find = 0;
  for (const { index: start, 0: found } of pattern ? text.matchAll(pattern) : []) {
    if (start >= to) break;
    if (start + found.length > from) near.push({ start, end: start + found.length, find });
    find += 1;
  }
  return near;
}

/** Where the piece that begins at `at` ends: with its token, or where a find begins or ends. */
function pieceEnd(at: number, end: number, finds: readonly Find[]): number {
  const next = finds.find((each) => each.end > at);
  const border = next && (next.start > at ? next.start : next.end);
  return border === undefined ? end : Math.min(end, border);
}

/**
 * A line as a row. A long one is cut: it then begins shortly before the find that is looked at.
 * @param current the number of that find in this line
 */
export function rowOf(shown: readonly SyntaxToken[], pattern: RegExp | undefined, current?: number): Row {
  const text = textOf(shown);
  const { from, to } = shownPart(text, pattern, current);
  const finds = findsBetween(text, pattern, from, to);
  const pieces: Piece[] = [];
  let begin = 0;
  for (const { kind, text: token } of shown) {
    const last = Math.min(begin + token.length, to);
    for (let at = Math.max(begin, from); at < last; ) {
      const end = pieceEnd(at, last, finds);
      const find = finds.find((each) => each.start <= at && at < each.end)?.find;
      pieces.push({ kind, text: text.slice(at, end), ...(find !== undefined && { find }) });
      at = end;
    }
    begin += token.length;
  }
  return { pieces, before: from, after: text.length - to };
}
