/**
 * What differs between two JSON texts, path by path. Members are compared by their names, whatever their order, and numbers as they are
 * written: `1.0` is not `1`. The same name twice in an object is compared in turn.
 */
import { pointerOf } from '../../../shared/ground/base/json-pointer.ts';
import { endOfToken, jsonTokens, skipSpace } from './json-lines.ts';

export interface JsonDifference {
  /** A JSON pointer. Of a list, the index is that of the later text, or of the earlier one if it was removed. */
  path: string;
  kind: 'added' | 'removed' | 'changed';
  /** The values as JSON, on one line, cut if they are long. */
  before?: string;
  after?: string;
}

export interface Comparison {
  differences: JsonDifference[];
  /** How many more there are. */
  more: number;
}

/** So many differences are listed. */
export const mostDifferences = 200;
const mostValueLength = 200;
const mostDepth = 500;

type Node = { start: number; end: number } & (
  | { kind: 'object'; members: Map<string, Node> }
  | { kind: 'list'; items: Node[] }
  | { kind: 'value'; value: string }
);

class TooDeep extends Error {}

/** A reader of one JSON text, which must be valid. */
class Reader {
  readonly text: string;
  #at = 0;

  constructor(text: string) {
    this.text = text;
    this.#at = skipSpace(text, text.startsWith('\ufeff') ? 1 : 0);
  }

  /** Takes a token. */
  #take(): string {
    const start = this.#at;
    const end = endOfToken(this.text, start);
    this.#at = skipSpace(this.text, end);
    return this.text.slice(start, end);
  }

  /** Takes a sign if it is next. */
  #takes(sign: string): boolean {
    const isNext = this.text[this.#at] === sign;
    if (isNext) this.#take();
    return isNext;
  }

  #members(depth: number): Map<string, Node> {
    const members = new Map<string, Node>();
    while (!this.#takes('}')) {
      const name: string = JSON.parse(this.#take());
      this.#takes(':');
      let times = 1;
      while (members.has(keyOf(name, times))) times += 1;
      members.set(keyOf(name, times), this.node(depth + 1));
      this.#takes(',');
    }
    return members;
  }

  #items(depth: number): Node[] {
    const items: Node[] = [];
    while (!this.#takes(']')) {
      items.push(this.node(depth + 1));
      this.#takes(',');
    }
    return items;
  }

  node(depth = 0): Node {
    if (depth > mostDepth) throw new TooDeep();
    const start = this.#at;
    const first = this.#take();
    if (first === '{') return { kind: 'object', members: this.#members(depth), start, end: this.#at };
    if (first === '[') return { kind: 'list', items: this.#items(depth), start, end: this.#at };
    // Two ways to write a text are the same text.
    const value = first.startsWith('"') ? JSON.stringify(JSON.parse(first)) : first;
    return { kind: 'value', value, start, end: start + first.length };
  }
}

/** The second member of a name has another key than the first. */
const keyOf = (name: string, times: number): string => `${times}:${name}`;

function nameIn(key: string): string {
  const at = key.indexOf(':');
  const times = key.slice(0, at);
  return times === '1' ? key.slice(at + 1) : `${key.slice(at + 1)} (${times})`;
}

function isSame(one: Node, other: Node): boolean {
  if (one.kind === 'object' && other.kind === 'object') {
    const { members } = other;
    return (
      one.members.size === members.size &&
      [...one.members].every(([key, node]) => {
        const there = members.get(key);
        return there !== undefined && isSame(node, there);
      })
    );
  }
  if (one.kind === 'list' && other.kind === 'list') {
    const { items } = other;
    return one.items.length === items.length && one.items.every((node, at) => isSame(node, items[at] as Node));
  }
  return one.kind === 'value' && other.kind === 'value' && one.value === other.value;
}

function shown(text: string, { start, end }: Node): string {
  // More tokens than are shown need not be read.
  const value = jsonTokens(text, start, Math.min(end, start + 4 * mostValueLength))
    .map((token) => (token.text === ',' ? ', ' : token.text))
    .join('');
  return value.length > mostValueLength ? `${value.slice(0, mostValueLength)}…` : value;
}

/** How many items are the same at the beginning of both lists. */
function sameAtBegin(one: readonly Node[], other: readonly Node[]): number {
  let count = 0;
  while (count < Math.min(one.length, other.length) && isSame(one[count] as Node, other[count] as Node)) count += 1;
  return count;
}

class Comparer {
  readonly differences: JsonDifference[] = [];
  more = 0;
  readonly #before: string;
  readonly #after: string;

  constructor(before: string, after: string) {
    this.#before = before;
    this.#after = after;
  }

  #note(keys: readonly string[], before: Node | undefined, after: Node | undefined): void {
    if (this.differences.length === mostDifferences) {
      this.more += 1;
      return;
    }
    this.differences.push({
      path: pointerOf(keys),
      kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
      ...(before && { before: shown(this.#before, before) }),
      ...(after && { after: shown(this.#after, after) }),
    });
  }

  #compareMembers(one: ReadonlyMap<string, Node>, other: ReadonlyMap<string, Node>, keys: readonly string[]): void {
    for (const key of new Set([...one.keys(), ...other.keys()]))
      this.compare(one.get(key), other.get(key), [...keys, nameIn(key)]);
  }

  /** What is the same at the begin and at the end of both lists is left out, so that one more item is one difference. */
  #compareItems(one: readonly Node[], other: readonly Node[], keys: readonly string[]): void {
    const begin = sameAtBegin(one, other);
    const end = sameAtBegin(one.slice(begin).toReversed(), other.slice(begin).toReversed());
    const rest = Math.max(one.length, other.length) - end;
    for (let at = begin; at < rest; at++) {
      const [before, after] = [
        at < one.length - end ? one[at] : undefined,
        at < other.length - end ? other[at] : undefined,
      ];
      this.compare(before, after, [...keys, String(at)]);
    }
  }

  compare(one: Node | undefined, other: Node | undefined, keys: readonly string[]): void {
    if (one?.kind === 'object' && other?.kind === 'object') this.#compareMembers(one.members, other.members, keys);
    else if (one?.kind === 'list' && other?.kind === 'list') this.#compareItems(one.items, other.items, keys);
    else if (!one || !other || !isSame(one, other)) this.#note(keys, one, other);
  }
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
    return true;
  } catch {
    return false;
  }
};

/** Undefined if one of them is no JSON, or has too many levels. */
export function differenceOf(before: string, after: string): Comparison | undefined {
  if (!isJson(before) || !isJson(after)) return undefined;
  try {
    const comparer = new Comparer(before, after);
    comparer.compare(new Reader(before).node(), new Reader(after).node(), []);
    return { differences: comparer.differences, more: comparer.more };
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    throw error;
  }
}
