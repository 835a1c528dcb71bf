/**
 * XML as lines that can be folded. It is a reader for people, and no parser: it knows no entities, loads nothing and checks only that tags are
 * closed in their order.
 */
import { LineList, type Lines, type SyntaxToken } from './lines.ts';

/** Markup, or text up to the next one. A quoted value may have a `>`. */
const part =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE(?:[^[>]|\[[^\]]*\])*>|<\/[^<>\s]+\s*>|<[^\s<>/!?](?:[^<>"']|"[^"<]*"|'[^'<]*')*>|[^<]+/y;

const nameIn = (tag: string): string => /^<\/?([^\s/>]+)/.exec(tag)?.[1] ?? '';

interface Part {
  start: number;
  end: number;
  kind: 'open' | 'close' | 'empty' | 'text' | 'other';
  name: string;
}

function kindOfPart(found: string): Part['kind'] {
  if (!found.startsWith('<')) return 'text';
  if (found.startsWith('</')) return 'close';
  if (/^<[!?]/.test(found)) return 'other';
  return found.endsWith('/>') ? 'empty' : 'open';
}

/** Whether a part may stand where these elements are open. Opens or closes one of them. */
function fits(text: string, { kind, name, start, end }: Part, open: string[]): boolean {
  if (kind === 'open') open.push(name);
  if (kind === 'close') return open.pop() === name;
  return kind !== 'text' || open.length > 0 || text.slice(start, end).trim() === '';
}

/** The parts of the text. Undefined if it is no XML. */
function partsOf(text: string): Part[] | undefined {
  const parts: Part[] = [];
  const open: string[] = [];
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start < text.length; ) {
    part.lastIndex = start;
    const found = part.exec(text)?.[0];
    if (found === undefined) return undefined;
    const next = { start, end: start + found.length, kind: kindOfPart(found), name: nameIn(found) };
    if (!fits(text, next, open)) return undefined;
    parts.push(next);
    start = next.end;
  }
  return open.length === 0 && parts.some(({ kind }) => kind === 'open' || kind === 'empty') ? parts : undefined;
}

/** Adds a line for each line of a text that is not empty, without the space around it. */
function addTexts(list: LineList, text: string, from: number, to: number): void {
  for (let at = from; at < to; ) {
    const newLine = text.indexOf('\n', at);
    const end = newLine < 0 || newLine > to ? to : newLine;
    const line = text.slice(at, end);
    const start = at + line.length - line.trimStart().length;
    if (line.trim() !== '') list.add(start, start + line.trim().length);
    at = end + 1;
  }
}

/** Undefined if the text is no XML. */
export function xmlLinesOf(text: string): Lines | undefined {
  const parts = partsOf(text);
  if (!parts) return undefined;
  const list = new LineList();
  for (let index = 0; index < parts.length; index++) {
    const { kind, start, end } = parts[index] as Part;
    const [next, afterNext] = [parts[index + 1], parts[index + 2]];
    const hasText = next?.kind === 'text' && !text.slice(next.start, next.end).includes('\n');
    const closing = hasText ? afterNext : next;
    if (kind === 'open' && closing?.kind === 'close') {
      // An element with a short text, or with nothing, is one line.
      list.add(start, closing.end);
      index += hasText ? 2 : 1;
    } else if (kind === 'open') list.open(start, end);
    else if (kind === 'close') list.close(start, end);
    else if (kind === 'empty') list.add(start, end);
    else addTexts(list, text, start, end);
  }
  return list.lines();
}

const piece =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[|\]\]>|<[/?!]?[^\s/<>?]+|[\w:.-]+(?=\s*=\s*["'])|"[^"]*"|'[^']*'|[/?]?>|[^<>"'\s]+|\s+|[\s\S]/g;

function kindOf(token: string, isInTag: boolean): SyntaxToken['kind'] {
  if (token.startsWith('<!--')) return 'word';
  if (/^<|^[/?]?>$|^\]\]>$/.test(token)) return 'name';
  if (!isInTag) return 'plain';
  return /^["']/.test(token) ? 'text' : 'word';
}

/** The tokens of a line, with white space as one space. */
export function xmlTokens(text: string, start: number, end: number): SyntaxToken[] {
  const tokens: SyntaxToken[] = [];
  let isInTag = false;
  for (const [token] of text.slice(start, end).matchAll(piece)) {
    const kind = kindOf(token, isInTag);
    if (kind === 'name') isInTag = token.startsWith('<') && token !== '<![CDATA[';
    tokens.push({ kind, text: token.trim() === '' ? ' ' : token });
  }
  return tokens;
}
