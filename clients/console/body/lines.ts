/** A text as lines, each with a depth, of which some can be folded. A line is a part of the text, so that nothing is copied. */

export interface Lines {
  /** Where each line begins and ends in the text. */
  starts: Uint32Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
  depths: Uint32Array<ArrayBuffer>;
  /** The line that closes what this one opens, or 0 if it opens nothing: the first line closes nothing. */
  closes: Uint32Array<ArrayBuffer>;
}

/** What a part of a line is, for its colour. */
export type SyntaxKind = 'name' | 'text' | 'number' | 'word' | 'sign' | 'plain';

export interface SyntaxToken {
  kind: SyntaxKind;
  text: string;
}

/** Takes a line of the text apart. */
export type Tokeniser = (text: string, start: number, end: number) => SyntaxToken[];

/** Collects lines in their order. */
export class LineList {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #depths: number[] = [];
  readonly #closes: number[] = [];
  readonly #open: number[] = [];

  get depth(): number {
    return this.#open.length;
  }

  /** Adds a line at the depth that is reached. */
  add(start: number, end: number): void {
    this.#starts.push(start);
    this.#ends.push(end);
    this.#depths.push(this.#open.length);
    this.#closes.push(0);
  }

  /** Adds a line that opens something: the lines that follow are deeper. */
  open(start: number, end: number): void {
    this.add(start, end);
    this.#open.push(this.#starts.length - 1);
  }

  /** Adds the line that closes what was opened last. */
  close(start: number, end: number): void {
    const opener = this.#open.pop();
    this.add(start, end);
    if (opener !== undefined) this.#closes[opener] = this.#starts.length - 1;
  }

  lines(): Lines {
    return {
      starts: Uint32Array.from(this.#starts),
      ends: Uint32Array.from(this.#ends),
      depths: Uint32Array.from(this.#depths),
      closes: Uint32Array.from(this.#closes),
    };
  }
}

/** Which lines are folded, one byte a line. */
export type Folds = Uint8Array<ArrayBuffer>;

export const noFolds = ({ starts }: Lines): Folds => new Uint8Array(starts.length);

const opens = ({ closes }: Lines, line: number): boolean => (closes[line] ?? 0) > 0;

/** Folds everything that can be folded. @param least the depth from which on */
export const foldAll = (lines: Lines, least = 0): Folds =>
  noFolds(lines).map((_, line) => Number(opens(lines, line) && (lines.depths[line] ?? 0) >= least));

/** The same folds with another one at this line. */
export function toggled(lines: Lines, folds: Folds, line: number): Folds {
  const next = folds.slice();
  next[line] = Number(opens(lines, line) && folds[line] === 0);
  return next;
}

/** The lines that are seen, in their order: what is inside of a fold is not, and neither is the line that closes it. */
export function visibleLines({ starts, closes }: Lines, folds: Folds): Uint32Array<ArrayBuffer> {
  const visible = new Uint32Array(starts.length);
  let count = 0;
  for (let line = 0; line < starts.length; line = folds[line] ? (closes[line] ?? line) + 1 : line + 1) {
    visible[count] = line;
    count += 1;
  }
  return visible.slice(0, count);
}

/** The lines that hide this one if they are folded, outermost first. */
export function enclosing({ closes }: Lines, line: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < line; at++) {
    const close = closes[at] ?? 0;
    if (close >= line) found.push(at);
    else if (close > 0) at = close;
  }
  return found;
}

/** The same folds, with this line to be seen. */
export function shownIn(lines: Lines, folds: Folds, line: number): Folds {
  const hiding = enclosing(lines, line).filter((each) => folds[each]);
  if (hiding.length === 0) return folds;
  const next = folds.slice();
  for (const each of hiding) next[each] = 0;
  return next;
}

/** The place of a line among the visible ones, or of the one whose fold it is in. */
export function placeOf(visible: Uint32Array, line: number): number {
  let [low, high] = [0, visible.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((visible[middle] ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
