/** The conditions of a pattern, in the structure of the event's fields, and whether an event meets them. */
import type { ValueTest } from './comparison-operator.ts';
import { type StepBudget, takeSteps } from './step-budget.ts';

/** The condition that a pattern puts on one field. */
export interface FieldCondition {
  /** The names of the fields that lead to this field, and its own name last. */
  path: readonly string[];
  accepts: ValueTest;
  acceptsAbsence: boolean;
  /** The number of values that it names. Each may be compared with a value of the event. */
  values: number;
}

/** Conditions that must all be met. */
export interface ConditionTree {
  conditions: FieldCondition[];
  fields: Map<string, ConditionTree>;
}

/** The matching of one event. */
interface Matching {
  event: unknown;
  budget: StepBudget;
  /** Whether the event has the field of a condition. Found once, because each element of an array may ask for it. */
  existence: Map<FieldCondition, boolean>;
}

/** Builds the tree of a list of conditions. */
export function treeOf(conditions: readonly FieldCondition[]): ConditionTree {
  const root: ConditionTree = { conditions: [], fields: new Map() };
  for (const condition of conditions) {
    let tree = root;
    for (const name of condition.path) {
      const child = tree.fields.get(name) ?? { conditions: [], fields: new Map() };
      tree.fields.set(name, child);
      tree = child;
    }
    tree.conditions.push(condition);
  }
  return root;
}

/**
 * Whether the event meets all conditions of one of the trees.
 * @throws OverBudget
 */
export function meetsOne(trees: readonly ConditionTree[], event: unknown, budget: StepBudget): boolean {
  const matching: Matching = { event, budget, existence: new Map() };
  return trees.some((tree) => matchesTree(tree, event, matching));
}

/** Whether one element of the value (or the value itself, if it is not an array) satisfies the whole tree. */
function matchesTree(tree: ConditionTree, value: unknown, matching: Matching): boolean {
  return elementsOf(value, matching.budget).some((element) => {
    for (const condition of tree.conditions) if (!satisfies(condition, element, matching)) return false;
    for (const [name, child] of tree.fields) if (!matchesTree(child, fieldOf(element, name), matching)) return false;
    return true;
  });
}

/** A field is absent only if no element of the arrays on its path has it. */
function satisfies(condition: FieldCondition, element: unknown, matching: Matching): boolean {
  takeSteps(matching.budget, 1);
  if (isLeaf(element) && condition.accepts(element, matching.budget)) return true;
  return condition.acceptsAbsence && !isThere(condition, matching);
}

function isThere(condition: FieldCondition, { event, budget, existence }: Matching): boolean {
  const known = existence.get(condition) ?? exists(event, condition.path, budget);
  existence.set(condition, known);
  return known;
}

function exists(value: unknown, path: readonly string[], budget: StepBudget, depth = 0): boolean {
  const name = path[depth];
  return elementsOf(value, budget).some((element) =>
    name === undefined ? isLeaf(element) : exists(fieldOf(element, name), path, budget, depth + 1),
  );
}

/**
 * The elements of a value, those of arrays within it too. An empty array counts as no value. Not recursive: a sender may nest
 * arrays ten thousands of times.
 */
function elementsOf(value: unknown, budget: StepBudget): readonly unknown[] {
  const elements: unknown[] = [];
  const waiting = [value];
  while (waiting.length > 0) {
    takeSteps(budget, 1);
    const next = waiting.pop();
    if (Array.isArray(next)) for (const element of next) waiting.push(element);
    else elements.push(next);
  }
  return elements.length > 0 ? elements : [undefined];
}

function fieldOf(value: unknown, name: string): unknown {
  const isHolder = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isHolder ? Reflect.get(value, name) : undefined;
}

const isLeaf = (value: unknown): boolean => value !== undefined && (value === null || typeof value !== 'object');
