/** Finds the known name closest to a mistyped name, for "did you mean" in messages. */
import { distance } from 'fastest-levenshtein';

/** The number of characters of a mistyped name that are compared. */
const maxTypedLength = 64;

/**
 * The known name nearest to `typed`, ignoring case. Undefined if more than a third of the letters would have to change.
 * If two names are equally near, returns the first.
 */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const wanted = typed.slice(0, maxTypedLength).toLowerCase();
  const [best] = known
    .map((name) => ({ name, changes: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, changes }) => changes <= Math.floor(Math.max(wanted.length, name.length) / 3))
    .sort((one, other) => one.changes - other.changes);
  return best?.name;
}
