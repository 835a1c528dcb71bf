/** Which rules of a connection match an event. */

import type { RoutedEvent } from '../../events/bus/routed-event.ts';
import { compilePattern, type EventPattern, type Verdict } from '../../ground/pattern/event-pattern.ts';
import { stepBudget } from '../../ground/pattern/step-budget.ts';
import type { Routes, Rule } from './routes.ts';

/** The pattern of each rule. Undefined if the rule is for every event. */
type CompiledRules = readonly { rule: Rule; pattern: EventPattern | undefined }[];

/** The patterns of the lists that this instance keeps. */
const compiled = new WeakMap<Routes, CompiledRules>();

function compiledRulesOf(routes: Routes): CompiledRules {
  const known = compiled.get(routes);
  if (known) return known;
  const rules = routes.rules.map((rule) => ({
    rule,
    pattern: rule.when === undefined ? undefined : compilePattern(rule.when),
  }));
  compiled.set(routes, rules);
  return rules;
}

/** A rule, and whether it matches. */
export interface RuleVerdict {
  rule: Rule;
  /** `not reached`: in the mode `first`, an earlier rule matches. */
  verdict: Verdict | 'not reached';
}

/**
 * Whether each rule matches, in their order. All patterns share the budget. Once it is used up, nobody knows about the rules
 * that follow.
 * @param steps by default what `stepBudget` gives an event
 */
export function ruleVerdictsOf(routes: Routes, event: RoutedEvent, steps?: number): RuleVerdict[] {
  const budget = stepBudget(steps);
  let isDone = false;
  return compiledRulesOf(routes).map(({ rule, pattern }) => {
    if (isDone) return { rule, verdict: 'not reached' };
    const verdict = budget.left < 0 ? 'over budget' : (pattern?.(event, budget) ?? 'match');
    isDone = routes.mode === 'first' && verdict === 'match';
    return { rule, verdict };
  });
}

/**
 * The rules that an event matches: all, or the first.
 * @returns `over_budget` if nobody knows, because to find out would take too many steps
 */
export function matchingRules(routes: Routes, event: RoutedEvent, steps?: number): Rule[] | 'over_budget' {
  const verdicts = ruleVerdictsOf(routes, event, steps);
  if (verdicts.some(({ verdict }) => verdict === 'over budget')) return 'over_budget';
  return verdicts.flatMap(({ rule, verdict }) => (verdict === 'match' ? [rule] : []));
}
