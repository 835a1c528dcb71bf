/**
 * How much work the matching of an event may take. A sender chooses the event's size and an operator the pattern's, so nobody
 * knows their product before.
 */
export interface StepBudget {
  /** The steps that are left. Below zero once there were too few. */
  left: number;
}

/** Enough for any usual pattern and event: a body of 75 KB with 37,000 elements takes about 75,000 for each field of a pattern. */
const defaultSteps = 1_000_000;

/** Creates a budget. Give one to all patterns of an event to bound them together. */
export const stepBudget = (steps = defaultSteps): StepBudget => ({ left: steps });

/** Ends a matching from within. Not seen outside of this folder. */
export class OverBudget extends Error {}

/** @throws OverBudget if fewer steps are left */
export function takeSteps(budget: StepBudget, steps: number): void {
  budget.left -= steps;
  if (budget.left < 0) throw new OverBudget();
}
