/**
 * Finds the functions that read a page of a list and give no page on, and those that read pages in a loop. The native compiler tells the
 * types. Its interface is unstable, but the older compiler takes three times the CPU.
 */
import { relative, resolve } from 'node:path';
import * as ts from 'typescript/unstable/ast';
import { API, type Checker, type Type } from 'typescript/unstable/sync';

/** The fields that say whether there is another page. */
const marks = ['nextCursor', 'next', 'NextToken', 'LastEvaluatedKey', 'isLast', 'hasMore'];

const isOne = (node: ts.Node, kinds: readonly ((node: ts.Node) => boolean)[]): boolean => kinds.some((is) => is(node));
const functions = [ts.isFunctionDeclaration, ts.isMethodDeclaration, ts.isArrowFunction, ts.isFunctionExpression];
const loops = [ts.isForStatement, ts.isForOfStatement, ts.isWhileStatement, ts.isDoStatement];

/** The name of a function: its own, or that of what it is. */
function nameOf(node: ts.Node): string | undefined {
  if (!isOne(node, functions)) return undefined;
  const { name, parent } = node as ts.FunctionDeclaration;
  const isNamed = isOne(parent, [ts.isVariableDeclaration, ts.isPropertyAssignment, ts.isPropertyDeclaration]);
  return (name ?? (isNamed ? (parent as ts.VariableDeclaration).name : undefined))?.getText();
}

const parentsOf = (node: ts.Node): ts.Node[] => (node.parent ? [node.parent, ...parentsOf(node.parent)] : []);

/** What is around a node up to the named function that it is in, which is the last. */
function around(node: ts.Node): ts.Node[] {
  const parents = parentsOf(node);
  return parents.slice(0, parents.findIndex((each) => nameOf(each) !== undefined) + 1 || undefined);
}

/** Whether a call may read: what comes of a promise is used in an async function, after `then`, or by a hook of the console. */
function mayRead(call: ts.CallExpression): boolean {
  if (ts.isVoidExpression(call.parent)) return false;
  if (/^use[A-Z]/.test(call.expression.getText()) || ts.isPropertyAccessExpression(call.parent)) return true;
  const user = parentsOf(call).find((each) => isOne(each, functions)) as ts.FunctionDeclaration | undefined;
  return user?.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}

function callsIn(node: ts.Node): ts.Node[] {
  const calls: ts.Node[] = ts.isCallExpression(node) && mayRead(node) ? [node] : [];
  node.forEachChild((each) => {
    calls.push(...callsIn(each));
  });
  return calls;
}

/** Knows the types that are pages. */
class Pages {
  readonly #checker: Checker;
  readonly #known = new Map<number, boolean>();

  constructor(checker: Checker) {
    this.#checker = checker;
  }

  /** Whether a call reads a page: its type is a promise of pages, or a read of the console whose data they are. */
  isRead(type: Type | undefined): boolean {
    if (type?.isUnionType()) return (type.getTypes() ?? []).some((each) => this.isRead(each));
    if (!type?.isObjectType()) return false;
    return type.getSymbol()?.name === 'Promise' ? this.#has(type) : this.#holds(type, ['data']);
  }

  /** Whether the named function around a call, or a nameless one in it, gives a page on. */
  isGivenOn(call: ts.Node): boolean {
    const signatures = around(call)
      .filter((each) => isOne(each, functions))
      .map((each) => this.#checker.getSignatureFromDeclaration(each));
    return signatures.some((each) => each && this.#has(this.#checker.getReturnTypeOfSignature(each)));
  }

  /** Whether a type is a page, or holds one as a promise, an array or an answer does. */
  #has(type: Type | undefined): boolean {
    if (!type) return false;
    const known = this.#known.get(type.id);
    if (known !== undefined) return known;
    this.#known.set(type.id, false);
    const parts = type.isUnionType() ? type.getTypes() : type.isTypeReference() && this.#checker.getTypeArguments(type);
    const has = (parts || []).some((each) => this.#has(each)) || this.#isPage(type);
    this.#known.set(type.id, has);
    return has;
  }

  #holds(type: Type, names: readonly string[]): boolean {
    const fields = this.#checker.getPropertiesOfType(type).filter(({ name }) => names.includes(name));
    return this.#checker.getTypeOfSymbol(fields).some((each) => this.#has(each));
  }

  #isPage(type: Type): boolean {
    if (!type.isObjectType() && !type.isIntersectionType()) return false;
    if (this.#holds(type, ['body', 'data'])) return true;
    const fields = this.#checker.getPropertiesOfType(type);
    if (!fields.some(({ name }) => marks.includes(name))) return false;
    return this.#checker.getTypeOfSymbol(fields).some((each) => this.#isList(each));
  }

  #isList(type: Type | undefined): boolean {
    if (type?.isUnionType()) return (type.getTypes() ?? []).some((each) => this.#isList(each));
    return type !== undefined && this.#checker.isArrayType(type);
  }
}

function readersIn(file: ts.SourceFile, checker: Checker, pages: Pages): [name: string, text: string][] {
  const calls = callsIn(file);
  const types = calls.length > 0 ? checker.getTypeAtLocation(calls) : [];
  const reads = calls.filter((_, index) => pages.isRead(types[index]));
  return reads
    .filter((call) => around(call).some((each) => isOne(each, loops)) || !pages.isGivenOn(call))
    .map((call) => {
      const names = parentsOf(call).flatMap((each) => nameOf(each) ?? []);
      return [names.reverse().join('.'), (around(call).at(-1) ?? call).getText()];
    });
}

/**
 * @param config the path of a `tsconfig.json`
 * @param isOfInterest says of each file of the program, by its path, whether to look at it
 * @returns the text of each reader, by its path and name, such as `functions/a.ts outer.inner`
 */
export function pageReadersIn(root: string, config: string, isOfInterest: (path: string) => boolean) {
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProjects: [config] }).getProjects();
    if (!project) throw new Error(`there is no ${config}`);
    const { program, checker } = project;
    const pages = new Pages(checker);
    const found = new Map<string, string>();
    for (const path of program
      .getSourceFileNames()
      .map((each) => relative(root, each))
      .filter(isOfInterest)) {
      const file = program.getSourceFile(resolve(root, path));
      if (!file) throw new Error(`there is no ${path}`);
      for (const [name, text] of readersIn(file, checker, pages)) found.set(`${path} ${name}`, text);
    }
    return found;
  } finally {
    api.close();
  }
}
