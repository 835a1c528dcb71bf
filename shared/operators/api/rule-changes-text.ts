/** How a change of routes is told in a line of the history. The import is type-only: a client loads no schema. */
import type { RuleChanges } from '../../endpoints/endpoint/history-entry.ts';

/** Such as `added paid, refunded; removed old; 3 more; mode first`. */
export const ruleChangesText = ({ added, changed, removed, more, reordered, mode }: RuleChanges): string =>
  [
    ...(added ? [`added ${added.join(', ')}`] : []),
    ...(changed ? [`changed ${changed.join(', ')}`] : []),
    ...(removed ? [`removed ${removed.join(', ')}`] : []),
    ...(more ? [`${more} more`] : []),
    ...(reordered ? ['reordered'] : []),
    ...(mode ? [`mode ${mode}`] : []),
  ].join('; ');
