/** Enough for any usual pattern and event: a body of 75 KB with 37,000 elements takes about 75,000 for each field of a pattern. */
const defaultSteps = 1_000_000;
/** Creates a budget. Give one to all patterns of an event to bound them together. */
export const stepBudget = (steps = defaultSteps) => ({ left: steps });
/** Ends a matching from within. Not seen outside of this folder. */
export class OverBudget extends Error {
}
/** @throws OverBudget if fewer steps are left */
export function takeSteps(budget, steps) {
    budget.left -= steps;
    if (budget.left < 0)
        throw new OverBudget();
}
/** The bytes of a text that are lower-cased in a step. Outside of ASCII, it takes fifty times as long as a comparison. */
const loweredInStep = 64;
/**
 * A text in lower case. Made once for all values that are compared with it, one after another.
 * @throws OverBudget before a text is lower-cased that takes more steps than are left
 */
export function lowerCaseOf(text, budget) {
    if (budget.lowered?.text === text)
        return budget.lowered.lower;
    takeSteps(budget, Math.floor(Buffer.byteLength(text) / loweredInStep));
    const lower = text.toLowerCase();
    budget.lowered = { text, lower };
    return lower;
}
