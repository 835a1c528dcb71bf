/** Finds the known name that a mistyped one most likely means, for "did you mean" in messages. */
import { distance } from 'fastest-levenshtein';

/**
 * The known name nearest to `typed`, whatever its case, or undefined when none is near: more than a third of the letters
 * would have to change. Of two that are equally near, the first.
 */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const wanted = typed.slice(0, 64).toLowerCase();
  const [best] = known
    .map((name) => ({ name, changes: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, changes }) => changes <= Math.floor(Math.max(wanted.length, name.length) / 3))
    .sort((one, other) => one.changes - other.changes);
  return best?.name;
}
