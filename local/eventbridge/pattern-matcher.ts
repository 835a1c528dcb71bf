import { compilePattern } from '../../shared/ground/pattern/event-pattern.ts';
import { stepBudget } from '../../shared/ground/pattern/step-budget.ts';

/**
 * Compiles a pattern of a bus or of an event source mapping. AWS documents no budget for these, so they have none here.
 * @throws PatternError
 */
export function matcherOf(pattern: unknown): (event: unknown) => boolean {
  const test = compilePattern(pattern);
  return (event) => test(event, stepBudget(Number.POSITIVE_INFINITY)) === 'match';
}
