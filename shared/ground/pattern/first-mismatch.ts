/** Why an event does not match a pattern. */
import { pointerOf } from '../base/json-pointer.ts';
import { compilePattern } from './event-pattern.ts';
import { type StepBudget, stepBudget } from './step-budget.ts';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The conditions of a pattern in their order, each with its place. An `$or` is one condition. */
function* conditionsIn(pattern: Fields, keys: readonly string[] = []): Generator<[string[], unknown]> {
  for (const [key, wanted] of Object.entries(pattern)) {
    if (isFields(wanted)) yield* conditionsIn(wanted, [...keys, key]);
    else yield [[...keys, key], wanted];
  }
}

/** A pattern with one condition. A field that is named `__proto__` stays one. */
const patternOf = (keys: readonly string[], wanted: unknown): unknown =>
  keys.reduceRight((inner, key) => Object.fromEntries([[key, inner]]), wanted);

/** A condition that is not met. */
export interface Mismatch {
  /** Its place in the pattern, as a JSON pointer. */
  at: string;
  keys: readonly string[];
  /** What it wants, as the pattern has it. */
  wanted: unknown;
}

/**
 * The first condition of a pattern that an event does not meet.
 * @param pattern one that compiles
 * @returns undefined if the event meets each by itself, but no single element of a list meets all that are about it; or if to find out
 * would take too many steps
 */
export function firstMismatch(
  pattern: Fields,
  event: unknown,
  budget: StepBudget = stepBudget(),
): Mismatch | undefined {
  for (const [keys, wanted] of conditionsIn(pattern)) {
    const verdict = compilePattern(patternOf(keys, wanted))(event, budget);
    if (verdict === 'over budget') return undefined;
    if (verdict === 'no match') return { at: pointerOf(keys), keys, wanted };
  }
  return undefined;
}

/** The most values of a field that are looked for. */
const mostValues = 100;

/**
 * The values of a field, as a pattern reaches them: a list on the way stands for each of its elements.
 * @returns at most `mostValues`
 */
export function foundAt(event: unknown, keys: readonly string[]): unknown[] {
  let values = [event];
  for (const key of keys)
    values = values
      .flatMap((value) => (Array.isArray(value) ? value.slice(0, mostValues) : [value]))
      .flatMap((value) => (isFields(value) && Object.hasOwn(value, key) ? [value[key]] : []))
      .slice(0, mostValues);
  return values;
}
