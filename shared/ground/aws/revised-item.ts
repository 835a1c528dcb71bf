/**
 * Values that several functions change at the same time. Each has a revision, and a write names the one that it replaces. If another
 * write came first, the change is decided again for what is there now.
 */

/** A value, and its revision. */
export interface Revised<T> {
  value: T;
  revision: number;
}

/** Where such values are. */
export interface RevisedStore<Key, T> {
  /** A strongly consistent read. */
  read(key: Key): Promise<Revised<T> | undefined>;
  /**
   * Replaces exactly this revision; undefined stands for none. Without a value, removes it. What is made again after a removal has other
   * revisions than before.
   * @returns whether nobody else had written. True also if an earlier attempt of the same write succeeded, and its answer was lost
   */
  write(key: Key, value: T | undefined, replaced: number | undefined): Promise<boolean>;
}

/** A change that is not made. */
export const unchanged = Symbol('unchanged');

/** What became of a change: the value as it is now, and whether this change made it so. */
export interface Revision<T> {
  value: T | undefined;
  written: boolean;
}

/** A change fails after this many decisions. Of those who change a value at the same time, one succeeds with each: so many instances may do that. */
const maxDecisions = 60;

/**
 * Changes a value as `decide` says. `decide` may run several times, and its last run counts.
 * @param decide the next value for the present one, undefined to remove it, or `unchanged`
 * @param seen what was read a moment ago; it saves a read
 * @throws if the store fails, or if others write all the time
 */
export async function revise<Key, T>(
  store: RevisedStore<Key, T>,
  key: Key,
  decide: (value: T | undefined) => T | undefined | typeof unchanged,
  seen?: { found: Revised<T> | undefined },
): Promise<Revision<T>> {
  let found = seen ? seen.found : await store.read(key);
  for (let decision = 0; decision < maxDecisions; decision += 1) {
    const next = decide(found?.value);
    if (next === unchanged) return { value: found?.value, written: false };
    if (await store.write(key, next, found?.revision)) return { value: next, written: true };
    found = await store.read(key);
  }
  throw new Error('others change this value all the time');
}
