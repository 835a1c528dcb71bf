/** Why an event does not match a pattern. */
import { pointerOf } from "../base/json-pointer.js";
import { compilePattern } from "./event-pattern.js";
import { stepBudget } from "./step-budget.js";
const isFields = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** The conditions of a pattern in their order, each with its place. An `$or` is one condition. */
function* conditionsIn(pattern, keys = []) {
    for (const [key, wanted] of Object.entries(pattern)) {
        if (isFields(wanted))
            yield* conditionsIn(wanted, [...keys, key]);
        else
            yield [[...keys, key], wanted];
    }
}
/** A pattern with one condition. A field that is named `__proto__` stays one. */
const patternOf = (keys, wanted) => keys.reduceRight((inner, key) => Object.fromEntries([[key, inner]]), wanted);
/**
 * The first condition of a pattern that an event does not meet.
 * @param pattern one that compiles
 * @returns its place in the pattern, as a JSON pointer. Undefined if the event meets each by itself, but no single element of a list
 * meets all that are about it; or if to find out would take too many steps
 */
export function firstMismatch(pattern, event, budget = stepBudget()) {
    for (const [keys, wanted] of conditionsIn(pattern)) {
        const verdict = compilePattern(patternOf(keys, wanted))(event, budget);
        if (verdict === 'over budget')
            return undefined;
        if (verdict === 'no match')
            return pointerOf(keys);
    }
    return undefined;
}
