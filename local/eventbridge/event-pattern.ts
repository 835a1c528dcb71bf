import { isOperator, type ValueTest, valueTestOf } from './comparison-operator.ts';

/** The condition that a pattern puts on one field. */
interface FieldCondition {
  /** The names of the fields that lead to this field, and its own name last. */
  path: readonly string[];
  accepts: ValueTest;
  acceptsAbsence: boolean;
}

/** Conditions that must all be met, in the structure of the event's fields. */
interface ConditionTree {
  conditions: FieldCondition[];
  fields: Map<string, ConditionTree>;
}

/** EventBridge refuses a pattern if the combinations of its `$or`s exceed this number. */
const maxAlternatives = 1000;

/**
 * Compiles an EventBridge event pattern into a test of an event. Event source mappings filter with the same language.
 * Throws an Error that names the unknown or malformed part of the pattern and its field.
 */
export function compilePattern(pattern: unknown): (event: unknown) => boolean {
  // Each combination of `$or`s becomes a tree of its own. Conditions on one array must be met by the same element, even
  // if they come from different `$or`s.
  const trees = expand(pattern, []).map(treeOf);
  return (event) => trees.some((tree) => matchesTree(tree, event, event));
}

/**
 * All combinations of the pattern's `$or`s, as lists of conditions. An event matches if it meets every condition of one
 * list.
 */
function expand(pattern: unknown, path: readonly string[]): FieldCondition[][] {
  if (!isObject(pattern)) throw malformed(path, 'must be an object of fields');
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw malformed(path, 'must name a field: an empty object is not allowed');
  return entries.reduce<FieldCondition[][]>(
    (before, [name, wanted]) => {
      const next = expandField(name, wanted, path);
      if (before.length * next.length > maxAlternatives) {
        throw malformed(path, `has more than ${maxAlternatives} combinations of its $or operators`);
      }
      return before.flatMap((conditions) => next.map((more) => [...conditions, ...more]));
    },
    [[]],
  );
}

function expandField(name: string, wanted: unknown, path: readonly string[]): FieldCondition[][] {
  const here = [...path, name];
  if (name === '$or' && isAlternatives(wanted)) return wanted.flatMap((alternative) => expand(alternative, path));
  if (Array.isArray(wanted)) return [[conditionOf(here, wanted)]];
  if (isObject(wanted)) return expand(wanted, here);
  throw malformed(here, 'must be an array of the wanted values, or an object of fields');
}

/**
 * Whether `$or` is the operator. Otherwise it is an ordinary field, as it was before EventBridge introduced the
 * operator.
 */
function isAlternatives(wanted: unknown): wanted is object[] {
  if (!Array.isArray(wanted) || wanted.length < 2) return false;
  return wanted.every((each) => isObject(each) && !Object.keys(each).some(isOperator));
}

function conditionOf(path: readonly string[], wanted: readonly unknown[]): FieldCondition {
  if (wanted.length === 0) throw malformed(path, 'must contain a value: an empty array is not allowed');
  const tests = wanted.filter((each) => !isAbsence(each)).map((each) => readTest(path, each));
  return {
    path,
    accepts: (leaf) => tests.some((test) => test(leaf)),
    acceptsAbsence: wanted.some(isAbsence),
  };
}

function readTest(path: readonly string[], wanted: unknown): ValueTest {
  try {
    return valueTestOf(wanted);
  } catch (error) {
    throw malformed(path, (error as Error).message);
  }
}

function isAbsence(wanted: unknown): boolean {
  return isObject(wanted) && wanted['exists'] === false && Object.keys(wanted).length === 1;
}

function treeOf(conditions: readonly FieldCondition[]): ConditionTree {
  const root: ConditionTree = { conditions: [], fields: new Map() };
  for (const condition of conditions) {
    const tree = condition.path.reduce<ConditionTree>((parent, name) => {
      const child = parent.fields.get(name) ?? { conditions: [], fields: new Map() };
      parent.fields.set(name, child);
      return child;
    }, root);
    tree.conditions.push(condition);
  }
  return root;
}

/** Whether one element of the value (or the value itself, if it is not an array) satisfies the whole tree. */
function matchesTree(tree: ConditionTree, value: unknown, event: unknown): boolean {
  return elementsOf(value).some(
    (element) =>
      tree.conditions.every((condition) => satisfies(condition, element, event)) &&
      [...tree.fields].every(([name, child]) => matchesTree(child, fieldOf(element, name), event)),
  );
}

/** A field is absent only if no element of the arrays on its path has it. */
function satisfies({ path, accepts, acceptsAbsence }: FieldCondition, element: unknown, event: unknown): boolean {
  return (isLeaf(element) && accepts(element)) || (acceptsAbsence && !exists(event, path));
}

function exists(value: unknown, [name, ...rest]: readonly string[]): boolean {
  return elementsOf(value).some((element) =>
    name === undefined ? isLeaf(element) : exists(fieldOf(element, name), rest),
  );
}

/** The elements of a value. An empty array counts as no value. */
function elementsOf(value: unknown): readonly unknown[] {
  const elements = [value].flat(Number.POSITIVE_INFINITY);
  return elements.length > 0 ? elements : [undefined];
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isLeaf(value: unknown): boolean {
  return value !== undefined && (value === null || typeof value !== 'object');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(path: readonly string[], problem: string): Error {
  return new Error(`The event pattern${path.length > 0 ? ` at ${path.join('.')}` : ''} ${problem}`);
}
