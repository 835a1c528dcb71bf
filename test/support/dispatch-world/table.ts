/** Tables with conditional writes of single items, and indexes that are behind them by a while. */
import type { RevisedStore } from '../../../shared/ground/aws/revised-item.ts';
import type { Instance, Trouble } from './fleet.ts';
import { minute, second, type VirtualTime } from './virtual-time.ts';

/** Values in an order. */
class OrderedList<T> {
  readonly #orders: string[] = [];
  readonly #values: T[] = [];

  /** The place of the first value that does not come before `order`. */
  #placeOf(order: string): number {
    let [low, high] = [0, this.#orders.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#orders[middle] as string) < order) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  put(order: string, value: T): void {
    const place = this.#placeOf(order);
    if (this.#orders[place] === order) {
      this.#values[place] = value;
      return;
    }
    this.#orders.splice(place, 0, order);
    this.#values.splice(place, 0, value);
  }

  delete(order: string): void {
    const place = this.#placeOf(order);
    if (this.#orders[place] !== order) return;
    this.#orders.splice(place, 1);
    this.#values.splice(place, 1);
  }

  /** At most `limit` values after a place, until an order. */
  page(limit: number, after: string | undefined, until = '\uffff'): { items: T[]; next: string | undefined } {
    let place = after === undefined ? 0 : this.#placeOf(after);
    if (after !== undefined && this.#orders[place] === after) place += 1;
    const items: T[] = [];
    while (items.length < limit && place < this.#orders.length && (this.#orders[place] as string) <= until) {
      items.push(this.#values[place] as T);
      place += 1;
    }
    const isWhole = place >= this.#orders.length || (this.#orders[place] as string) > until;
    return { items, next: isWhole ? undefined : this.#orders[place - 1] };
  }
}

/** Where an index has an item: in which partition, and in which order. */
export interface Placed {
  partition: string;
  order: string;
}

/** An index. A change of the table is seen there after a while, and changes of one item are seen in their order. */
export class LateIndex<T> {
  readonly #partitions = new Map<string, OrderedList<T>>();
  readonly #placed = new Map<string, { change: number; places: Placed[] }>();
  readonly #time: VirtualTime;
  readonly #lag: () => number;
  #changes = 0;

  constructor(time: VirtualTime, lag: () => number) {
    this.#time = time;
    this.#lag = lag;
  }

  change(key: string, value: T | undefined, places: Placed[]): void {
    this.#changes += 1;
    const change = this.#changes;
    const show = () => {
      const before = this.#placed.get(key);
      if (before && before.change > change) return;
      for (const { partition, order } of before?.places ?? []) this.#partitions.get(partition)?.delete(order);
      this.#placed.set(key, { change, places });
      if (value !== undefined) for (const { partition, order } of places) this.#list(partition).put(order, value);
    };
    const lag = this.#lag();
    if (lag === 0) show();
    else this.#time.in(lag, show);
  }

  #list(partition: string): OrderedList<T> {
    const list = this.#partitions.get(partition) ?? new OrderedList<T>();
    this.#partitions.set(partition, list);
    return list;
  }

  page(partition: string, limit: number, after: string | undefined, until?: string) {
    return this.#list(partition).page(limit, after, until);
  }
}

/** How far an index is behind: mostly less than a second, sometimes minutes. */
export const usualLag = (time: VirtualTime, trouble: Trouble) => (): number => {
  if (trouble.isOver) return 1;
  const luck = time.random();
  if (luck < 0.9) return time.between(10, 300);
  return luck < 0.99 ? time.between(second, 20 * second) : time.between(20 * second, 4 * minute);
};

interface Item<T> {
  value: T;
  revision: number;
  /** The write that made it, so that a repetition of it is recognized. */
  write: number;
}

/** A table whose items have revisions. An item that was removed and made again has other ones. */
export class Table<T> {
  readonly items = new Map<string, Item<T>>();
  readonly #changed: (key: string, before: T | undefined, after: T | undefined) => void;
  #writes = 0;

  constructor(changed: (key: string, before: T | undefined, after: T | undefined) => void = () => undefined) {
    this.#changed = changed;
  }

  value(key: string): T | undefined {
    return this.items.get(key)?.value;
  }

  #write(key: string, value: T | undefined, replaced: number | undefined, write: number): boolean {
    const found = this.items.get(key);
    if (value === undefined && !found) return true;
    if (found?.revision !== replaced) return value !== undefined && found?.write === write;
    if (value === undefined) this.items.delete(key);
    else this.items.set(key, { value: Object.freeze(value), revision: (replaced ?? 1_000 * write) + 1, write });
    this.#changed(key, found?.value, value);
    return true;
  }

  /** Writes at once, for whoever prepares a world. */
  put(key: string, value: T | undefined): void {
    this.#writes += 1;
    this.#write(key, value, this.items.get(key)?.revision, this.#writes);
  }

  /** The table as an instance reaches it. */
  store<Key>(instance: Instance, keyOf: (key: Key) => string): RevisedStore<Key, T> {
    return {
      read: (key) =>
        instance.call(() => {
          const found = this.items.get(keyOf(key));
          return found && { value: found.value, revision: found.revision };
        }),
      write: (key, value, replaced) => {
        this.#writes += 1;
        const write = this.#writes;
        return instance.call(() => this.#write(keyOf(key), value, replaced, write));
      },
    };
  }
}
