/**
 * Virtual time. Whatever happens is an entry of one list, ordered by its time. The code that is tested runs in between: after each
 * entry that continues it, it runs until it waits again. So a seed decides everything, and days take some milliseconds.
 */

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Entry {
  time: number;
  order: number;
  run: () => void;
}

const isBefore = (one: Entry, other: Entry): boolean =>
  one.time < other.time || (one.time === other.time && one.order < other.order);

/** All microtasks run before the next tick of Node. */
const idle = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

export class VirtualTime {
  /** Epoch milliseconds, always whole. */
  now: number = Date.parse('2026-03-01T00:00:00.000Z');
  readonly random: () => number;
  readonly #entries: Entry[] = [];
  #order = 0;
  #hasContinued = false;

  constructor(seed: number) {
    this.random = randomOf(seed);
  }

  readonly chance = (probability: number): boolean => this.random() < probability;
  readonly between = (least: number, most: number): number => Math.round(least + this.random() * (most - least));
  /** A whole number below `end`. */
  readonly below = (end: number): number => Math.floor(this.random() * end);
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** Runs something later, or right after what runs now. */
  at(time: number, run: () => void): void {
    const entry = { time: Math.max(Math.ceil(time), this.now), order: this.#order, run };
    this.#order += 1;
    const entries = this.#entries;
    let place = entries.push(entry) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!isBefore(entry, entries[above] as Entry)) break;
      entries[place] = entries[above] as Entry;
      place = above;
    }
    entries[place] = entry;
  }

  in(ms: number, run: () => void): void {
    this.at(this.now + ms, run);
  }

  #take(): Entry {
    const entries = this.#entries;
    const [first, last] = [entries[0] as Entry, entries.pop() as Entry];
    if (entries.length === 0) return first;
    let place = 0;
    for (let below = 1; below < entries.length; below = 2 * place + 1) {
      const [left, right] = [entries[below] as Entry, entries[below + 1]];
      if (right && isBefore(right, left)) below += 1;
      if (isBefore(last, entries[below] as Entry)) break;
      entries[place] = entries[below] as Entry;
      place = below;
    }
    entries[place] = last;
    return first;
  }

  /** Says that an entry continued code that waited. */
  hasContinued(): void {
    this.#hasContinued = true;
  }

  async runUntil(time: number): Promise<void> {
    const entries = this.#entries;
    while (entries.length > 0 && (entries[0] as Entry).time <= time) {
      const { time: now, run } = this.#take();
      this.now = now;
      run();
      if (!this.#hasContinued) continue;
      this.#hasContinued = false;
      await idle();
    }
    this.now = time;
  }
}

/** A time as days and hours since the beginning, for a trace. */
export function shownTime(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = ((ms % minute) / second).toFixed(3).padStart(6, '0');
  return `${Math.floor(ms / day)}d${two((ms % day) / hour)}:${two((ms % hour) / minute)}:${seconds}`;
}
