/** How the rules of a file differ from those in force: each field of each rule by itself, so that a reviewer sees what another one does. Pure. */
import { isSameContent } from './canonical-text.ts';
import type { Difference } from './plan.ts';

/** A rule as it is read, and as a file says it. */
interface RuleInForce {
  id: string;
  when?: unknown;
  transform?: string | undefined;
  to: string;
}

/** The rules of a connection, as they are read. */
export interface RoutesInForce {
  mode: 'all' | 'first';
  rules: readonly RuleInForce[];
}

const known = (field: string, from: unknown, to: unknown): Difference => ({
  field,
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
});

/** Without rules there is no mode, and `all` is the default. */
function modeDifference(before: RoutesInForce, after: RoutesInForce): Difference[] {
  const [was, is] = [before, after].map(({ mode, rules }) => (rules.length > 0 ? mode : undefined));
  if (is === undefined || is === (was ?? 'all')) return [];
  return [known('routes.mode', was, is)];
}

/** The order, unless new rules only follow those that stay: in the mode `first`, an earlier rule takes events from a later one. */
function orderDifference(before: RoutesInForce, after: RoutesInForce): Difference[] {
  const [was, is] = [before, after].map(({ rules }) => rules.map(({ id }) => id)) as [string[], string[]];
  const expected = [...was.filter((id) => is.includes(id)), ...is.filter((id) => !was.includes(id))];
  return isSameContent(expected, is) ? [] : [{ field: 'routes.order', from: was, to: is }];
}

/** The fields of a rule that differ. One of the two is absent if the rule is new, or gone. */
function ruleDifferences(before: RuleInForce | undefined, after: RuleInForce | undefined): Difference[] {
  const id = (before ?? after)?.id;
  return (['when', 'transform', 'to'] as const)
    .filter((name) => !isSameContent(before?.[name], after?.[name]))
    .map((name) => known(`routes.rules.${id}.${name}`, before?.[name], after?.[name]));
}

/**
 * The differences of all rules; none if there is nothing to set.
 * @param made the destinations that the plan makes: a rule that leads to one leads to another id than before, although to the same name
 */
export function routeDifferences(
  inForce: RoutesInForce | undefined,
  wanted: RoutesInForce,
  made: ReadonlySet<string>,
): Difference[] {
  const before: RoutesInForce = inForce ?? { mode: 'all', rules: [] };
  const was = new Map(before.rules.map((rule) => [rule.id, rule]));
  const is = new Set(wanted.rules.map(({ id }) => id));
  const redirected = wanted.rules.filter(({ id, to }) => was.get(id)?.to === to && made.has(to));
  return [
    ...modeDifference(before, wanted),
    ...orderDifference(before, wanted),
    ...wanted.rules.flatMap((rule) => ruleDifferences(was.get(rule.id), rule)),
    ...redirected.map(({ id, to }) => known(`routes.rules.${id}.to`, to, `${to}, which is new`)),
    ...before.rules.filter(({ id }) => !is.has(id)).flatMap((rule) => ruleDifferences(rule, undefined)),
  ];
}
