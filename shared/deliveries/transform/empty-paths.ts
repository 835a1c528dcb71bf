/**
 * The paths of an expression at which the input has nothing, as after a misspelt name. They are found in the expression's tree before it is
 * evaluated, so neither an expression nor a value of the input can say anything through them.
 */

/** A node of JSONata's tree, as far as it is read here. */
interface TreeNode {
  type: string;
  value?: unknown;
  steps?: Step[];
}

type Step = TreeNode & { focus?: unknown };

/** The most paths that are named, and the most characters of each. */
const maxPaths = 20;
const maxLength = 128;

/** The most values that are looked at. Evaluations have the same seconds. What is not found out by then is not named. */
const maxValues = 1_000_000;

/** The parts of a node that see what the node sees. Predicates, sort terms, groups and the later steps of a path see something else. */
const partsWithSameInput = [
  'condition',
  'then',
  'else',
  'lhs',
  'rhs',
  'expressions',
  'expression',
  'procedure',
  'arguments',
];

/** `$` and `$$` where they are the whole input. */
const isInput = ({ type, value }: Step): boolean => type === 'variable' && (value === '' || value === '$');

/**
 * The names at the beginning of a path, each looked up in what the one before it gives. Predicates and orders are passed over: what has no
 * name has none after them either.
 */
function leadingNames(steps: readonly Step[]): string[] {
  const names: string[] = [];
  for (const { type, value, focus } of steps) {
    if (type === 'sort') continue;
    if (type !== 'name') break;
    names.push(String(value));
    // The step after `@$name` sees what this one saw.
    if (focus !== undefined) break;
  }
  return names;
}

function partsOf(node: TreeNode): TreeNode[] {
  const { steps } = node;
  if (steps) return steps.slice(0, 1);
  return partsWithSameInput
    .flatMap((part) => [(node as unknown as Record<string, unknown>)[part]].flat(2))
    .filter((part): part is TreeNode => typeof part === 'object' && part !== null);
}

/** The paths of names that begin at the whole input, in their order in the expression. */
function pathsIn(tree: TreeNode): string[][] {
  const paths: string[][] = [];
  const left = [tree];
  for (let node = left.pop(); node; node = left.pop()) {
    const { steps: [first, ...others] = [] } = node;
    if (first) paths.push(leadingNames(isInput(first) ? others : [first, ...others]));
    left.push(...partsOf(node).reverse());
  }
  return paths;
}

/** What a name gives in a list of values. As in JSONata, lists are gone through, however deep they are. */
function lookUp(values: readonly unknown[], name: string, spend: () => boolean): unknown[] | undefined {
  const found: unknown[] = [];
  const left = [...values];
  while (left.length > 0) {
    if (!spend()) return undefined;
    const value = left.pop();
    if (Array.isArray(value)) for (const each of value) left.push(each);
    else if (typeof value === 'object' && value !== null && Object.hasOwn(value, name))
      found.push((value as Record<string, unknown>)[name]);
  }
  return found;
}

/** The beginning of a path up to the first name that gives nothing. Undefined if each gives something, or if it is not known. */
function emptyBeginning(path: readonly string[], input: unknown, spend: () => boolean): string[] | undefined {
  let values = [input];
  for (const [at, name] of path.entries()) {
    const found = lookUp(values, name, spend);
    if (found === undefined) return undefined;
    if (found.length === 0) return path.slice(0, at + 1);
    values = found;
  }
  return undefined;
}

/** A path as an expression has it. */
function pathText(path: readonly string[]): string {
  const text = path.map((name) => (/^[a-z_]\w*$/i.test(name) ? name : `\`${name}\``)).join('.');
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}

/**
 * Names the paths of plain names at which the input has nothing, each up to the name that is missing. A path that would not be evaluated,
 * such as that of the other branch of a condition, counts like any other.
 * @param tree of the expression
 */
export function emptyPathsIn(tree: object, input: unknown): string[] {
  let left = maxValues;
  const spend = () => {
    left -= 1;
    return left >= 0;
  };
  const texts = new Set<string>();
  for (const path of pathsIn(tree as TreeNode)) {
    const beginning = emptyBeginning(path, input, spend);
    if (beginning) texts.add(pathText(beginning));
    if (texts.size === maxPaths) break;
  }
  return [...texts];
}
