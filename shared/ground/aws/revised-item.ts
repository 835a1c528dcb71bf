/**
 * Values that several functions change at the same time. Each has a revision, and a write names the one that it replaces. If another
 * write came first, the change is decided again for what is there now.
 */

import { Refusal } from '../base/refusal.ts';

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

/**
 * Reads, decides and writes, until no other write comes in between.
 * @param attempt decides about what was read, and writes. Its result is undefined if another write came first
 * @returns undefined if that happened each time
 */
export async function untilWritten<Found, Result>(
  maxDecisions: number,
  read: () => Promise<Found>,
  attempt: (found: Found) => Promise<Result | undefined>,
): Promise<Result | undefined> {
  for (let decision = 0; decision < maxDecisions; decision += 1) {
    const result = await attempt(await read());
    if (result !== undefined) return result;
  }
  return undefined;
}

/** The most decisions about a change for which an operator waits. */
export const operatorsDecisions = 8;
/** Of those who change a value at the same time, one succeeds with each decision: so many instances may do that. */
const instancesDecisions = 60;

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
  const first = seen ? [seen.found] : [];
  const read = () => (first.length > 0 ? Promise.resolve(first.pop()) : store.read(key));
  const revision = await untilWritten(instancesDecisions, read, async (found): Promise<Revision<T> | undefined> => {
    const next = decide(found?.value);
    if (next === unchanged) return { value: found?.value, written: false };
    return (await store.write(key, next, found?.revision)) ? { value: next, written: true } : undefined;
  });
  if (!revision) throw new Error('others change this value all the time');
  return revision;
}

/** @throws a refusal if the record has another version than the wanted one */
export function checkVersion(version: number, wanted: number | undefined, detail: (wanted: number) => string): void {
  if (wanted === undefined || wanted === version) return;
  throw new Refusal('version_mismatch', detail(wanted), { wanted, version });
}
