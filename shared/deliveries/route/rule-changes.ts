/** What a change of routes did, for the history: the ids of rules, and no pattern, no transform and no destination. */
import type { RuleChanges } from '../../endpoints/endpoint/history-entry.ts';
import { type Routes, ruleTextOf } from './routes.ts';

/** The content of each rule, by its id. */
const textsOf = (routes: Routes | undefined): Map<string, string> =>
  new Map(routes?.rules.map((rule) => [rule.id, ruleTextOf(rule)]));

/**
 * How two lists differ. A list that is not there has no rules.
 * @param maxNamed the most ids. The others are only counted
 */
export function ruleChangesOf(before: Routes | undefined, after: Routes | undefined, maxNamed: number): RuleChanges {
  const [was, is] = [textsOf(before), textsOf(after)];
  const kept = [...is.keys()].filter((id) => was.has(id));
  const changes = {
    added: [...is.keys()].filter((id) => !was.has(id)),
    changed: kept.filter((id) => was.get(id) !== is.get(id)),
    removed: [...was.keys()].filter((id) => !is.has(id)),
  };
  const isReordered = kept.join() !== [...was.keys()].filter((id) => is.has(id)).join();
  return {
    ...named(changes, maxNamed),
    ...(isReordered && { reordered: true }),
    ...(before && after && before.mode !== after.mode && { mode: after.mode }),
  };
}

/** The first ids of the changes, and the number of those that are left out. */
function named(changes: Record<'added' | 'changed' | 'removed', string[]>, maxNamed: number): RuleChanges {
  const shown: RuleChanges = {};
  let left = maxNamed;
  for (const what of ['added', 'changed', 'removed'] as const) {
    const ids = changes[what].slice(0, left);
    if (ids.length > 0) shown[what] = ids;
    left -= ids.length;
  }
  const count = Object.values(changes).flat().length;
  return count > maxNamed ? { ...shown, more: count - maxNamed } : shown;
}
