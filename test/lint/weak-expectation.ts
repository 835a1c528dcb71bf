/**
 * Finds expectations that pass without checking anything: those that may never run, and those that something is absent
 * where nothing may be at all.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from '@typescript/typescript6';

export interface WeakExpectation {
  line: number;
  code: string;
  why: string;
}

/** @param path of the file of tests; its imports are read, to see which lists are literals */
export function weakExpectations(path: string, text = readFileSync(path, 'utf8')): WeakExpectation[] {
  const file = parse(path, text);
  const found: WeakExpectation[] = [];
  const visit = (node: ts.Node): void => {
    if (isExpect(node)) {
      const why = mayNotRun(node) ?? mayBeEmpty(node);
      if (why !== undefined) found.push({ ...lineOf(node), why });
    }
    const unreached = ts.isObjectLiteralExpression(node) ? unreachedLength(node) : undefined;
    if (unreached !== undefined) found.push({ ...lineOf(node), why: unreached });
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

const lineOf = (node: ts.Node) => ({
  line: node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1,
  code: node.getText(),
});

/** A maximum that fast-check does not come near: without `size` it makes at most ten items more than the minimum. */
function unreachedLength(options: ts.ObjectLiteralExpression): string | undefined {
  const given = new Map(options.properties.map((each) => [each.name?.getText(), each]));
  const numberAt = (name: string): number => {
    const property = given.get(name);
    return property && ts.isPropertyAssignment(property)
      ? Number(property.initializer.getText().replaceAll('_', ''))
      : 0;
  };
  const reached = Math.floor(1.1 * numberAt('minLength')) + 10;
  return numberAt('maxLength') > reached && !given.has('size')
    ? `never longer than ${reached}, because no size is given`
    : undefined;
}

const parsed = new Map<string, ts.SourceFile>();

function parse(path: string, text: string): ts.SourceFile {
  const known = parsed.get(path);
  if (known?.text === text) return known;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  parsed.set(path, file);
  return file;
}

/** `expect(…)`, without its matcher. */
const isExpect = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'expect';

const hasExpect = (node: ts.Node | undefined): boolean =>
  node !== undefined && (isExpect(node) || node.forEachChild((child) => hasExpect(child) || undefined) === true);

/** The names after `expect(…)`, such as `not` and `toContain`. */
function matcherOf(expectation: ts.CallExpression): string[] {
  const names: string[] = [];
  for (let node: ts.Node = expectation.parent; ts.isPropertyAccessExpression(node); node = node.parent)
    names.push(node.name.text);
  return names;
}

/** What a node is part of, from the inside out, up to the test, hook or named function that it is in. */
function* surroundings(node: ts.Node): Generator<{ child: ts.Node; parent: ts.Node }> {
  for (let child = node; child.parent !== undefined; child = child.parent) {
    yield { child, parent: child.parent };
    if (ts.isFunctionLike(child) && isBody(child)) return;
  }
}

const runners = /^(test|testInFull|it|describe|describeInFull|beforeAll|beforeEach|afterAll|afterEach)\b/;

/** Whether a function is a test's, a hook's, or has a name and so is called from elsewhere. */
function isBody(node: ts.Node): boolean {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return true;
  if (!ts.isCallExpression(node.parent)) return true;
  return runners.test(node.parent.expression.getText());
}

/** The function that decides whether an expectation runs. */
function bodyOf(node: ts.Node): ts.Node {
  let body: ts.Node = node.getSourceFile();
  for (const { child } of surroundings(node)) body = child;
  return body;
}

/** Why an expectation may never run. */
function mayNotRun(expectation: ts.CallExpression): string | undefined {
  if (/\bexpect\.(assertions|hasAssertions)\(/.test(bodyOf(expectation).getText())) return undefined;
  for (const { child, parent } of surroundings(expectation)) {
    const left = exitBefore(child, parent);
    const why = branch(child, parent) ?? (left && 'after an early return') ?? loop(child, parent);
    if (why !== undefined && !isCounted(parent, left?.getEnd() ?? child.getStart(), expectation)) return why;
  }
  return undefined;
}

const lazy = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

function branch(child: ts.Node, parent: ts.Node): string | undefined {
  if (ts.isIfStatement(parent) && child !== parent.expression) {
    if (hasExpect(parent.thenStatement) && otherwise(parent).some(hasExpect)) return undefined;
    return isExpected(parent.expression, parent) ? undefined : 'behind an if';
  }
  if (ts.isConditionalExpression(parent) && child !== parent.condition)
    return hasExpect(parent.whenTrue) && hasExpect(parent.whenFalse) ? undefined : 'behind ?:';
  if (ts.isBinaryExpression(parent) && child === parent.right && lazy.has(parent.operatorToken.kind))
    return `behind ${parent.operatorToken.getText()}`;
  if (ts.isCatchClause(parent)) return 'in a catch';
  if (ts.isCaseOrDefaultClause(parent)) return 'in a case';
  return undefined;
}

/** What runs if a condition does not hold: its `else`, or what follows if its first branch leaves the block. */
function otherwise({ thenStatement, elseStatement, parent, end }: ts.IfStatement): readonly ts.Node[] {
  if (elseStatement !== undefined) return [elseStatement];
  return leaves(thenStatement) && ts.isBlock(parent) ? parent.statements.filter((each) => each.pos >= end) : [];
}

/** An `if` that leaves the block before the expectation, and expects nothing itself. */
function exitBefore(child: ts.Node, parent: ts.Node): ts.Statement | undefined {
  if (!ts.isBlock(parent)) return undefined;
  const before = parent.statements.slice(0, parent.statements.indexOf(child as ts.Statement));
  return before.findLast((each) => ts.isIfStatement(each) && leaves(each) && !hasExpect(each.thenStatement));
}

const leaves = (node: ts.Node): boolean =>
  ts.isReturnStatement(node) ||
  ts.isContinueStatement(node) ||
  (!ts.isFunctionLike(node) && node.forEachChild((child) => leaves(child) || undefined) === true);

const iterators = new Set(['forEach', 'map', 'flatMap', 'filter', 'every', 'some', 'reduce', 'find']);

/** A loop over a list that may be empty. */
function loop(child: ts.Node, parent: ts.Node): string | undefined {
  if ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && child === parent.statement)
    return isFilled(parent.expression, parent) ? undefined : `in a loop over ${parent.expression.getText()}`;
  if (ts.isWhileStatement(parent)) return 'in a while';
  if (!ts.isCallExpression(parent) || child === parent.expression || !ts.isFunctionLike(child)) return undefined;
  const called = parent.expression;
  if (!ts.isPropertyAccessExpression(called)) return undefined;
  if (called.questionDotToken !== undefined) return 'behind ?.';
  if (!iterators.has(called.name.text)) return undefined;
  return isFilled(called.expression, parent) || isResultExpected(parent)
    ? undefined
    : `in a loop over ${called.expression.getText()}`;
}

const sources = new Set(['entries', 'keys', 'values', 'of', 'from', 'fromEntries', 'all']);
const keeping = new Set(['map', 'entries', 'keys', 'values', 'toSorted', 'sort', 'reverse', 'toReversed', 'concat']);

/** Whether a list has an item for certain: it is a literal, made from one, or something was expected of it before. */
function isFilled(list: ts.Expression, part: ts.Node = list): boolean {
  if (ts.isParenthesizedExpression(list) || ts.isAsExpression(list) || ts.isSatisfiesExpression(list))
    return isFilled(list.expression);
  if (ts.isAwaitExpression(list)) return isFilled(list.expression);
  if (ts.isArrayLiteralExpression(list))
    return list.elements.some((each) => !ts.isSpreadElement(each) || isFilled(each.expression));
  if (ts.isObjectLiteralExpression(list)) return list.properties.some((each) => !ts.isSpreadAssignment(each));
  if (ts.isStringLiteralLike(list)) return list.text !== '';
  if (ts.isNewExpression(list)) return list.arguments?.[0] !== undefined && isFilled(list.arguments[0]);
  if (ts.isCallExpression(list) && list.expression.getText() === 'filled') return true;
  if (ts.isCallExpression(list) && ts.isPropertyAccessExpression(list.expression)) {
    const { expression, name } = list.expression;
    const [first] = list.arguments;
    if (/^(Object|Array|Promise)$/.test(expression.getText()) && first)
      return sources.has(name.text) && isFilled(first);
    if (keeping.has(name.text) && isFilled(expression)) return true;
  }
  if (ts.isIdentifier(list)) {
    const declared = declarationOf(list);
    if (declared === 'parameter') return true;
    if (declared !== undefined && isFilled(declared)) return true;
  }
  return isExpected(list, part);
}

/** Whether something is expected of the constant that the result of a call goes into. */
function isResultExpected(call: ts.Node): boolean {
  let node = call.parent;
  while (
    ts.isCallExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isAwaitExpression(node)
  )
    node = node.parent;
  return ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && isExpected(node.name);
}

/** The value that a constant is declared with, in its file or in the one it is imported from. */
function declarationOf(name: ts.Identifier): ts.Expression | 'parameter' | undefined {
  for (let scope: ts.Node = name.parent; scope !== undefined; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && isGivenTo(scope, name.text)) return 'parameter';
    if (ts.isBlock(scope) || ts.isSourceFile(scope)) {
      const value = constantIn(scope, name.text);
      if (value !== undefined) return value;
    }
  }
  return importedValue(name);
}

/** Whether a test of a table, or a property, is given this name. */
function isGivenTo(scope: ts.SignatureDeclaration, name: string): boolean {
  if (!ts.isCallExpression(scope.parent)) return false;
  if (!/\.each\(|^fc\./s.test(scope.parent.expression.getText())) return false;
  return scope.parameters.some((each) => new RegExp(`\\b${name}\\b`).test(each.name.getText()));
}

function constantIn(scope: ts.Block | ts.SourceFile, name: string): ts.Expression | undefined {
  for (const statement of scope.statements)
    if (ts.isVariableStatement(statement))
      for (const each of statement.declarationList.declarations)
        if (each.name.getText() === name && each.initializer !== undefined) return each.initializer;
  return undefined;
}

function importedValue(name: ts.Identifier): ts.Expression | undefined {
  const file = name.getSourceFile();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const binding = bindings.elements.find((each) => each.name.text === name.text);
    const path = resolve(dirname(file.fileName), statement.moduleSpecifier.text);
    if (binding === undefined || !path.endsWith('.ts') || !existsSync(path)) continue;
    return constantIn(parse(path, readFileSync(path, 'utf8')), (binding.propertyName ?? binding.name).text);
  }
  return undefined;
}

/** The names in a node, such as `world.logs` and `world` of `world.logs.join()`. */
function namesIn(node: ts.Node): string[] {
  const own = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? [node.getText()] : [];
  const names = [...own];
  node.forEachChild((child) => {
    names.push(...namesIn(child));
  });
  return names;
}

/** The longest name that a node begins with: `world.logs` of `world.logs.join()`. */
function subjectOf(node: ts.Node): string {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return node.arguments.length > 0 && /^(JSON|Object|Buffer|String)$/.test(node.expression.expression.getText())
      ? subjectOf(node.arguments[0] as ts.Node)
      : subjectOf(node.expression.expression);
  if (ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node) || ts.isAwaitExpression(node))
    return subjectOf(node.expression);
  return node.getText();
}

/** Whether the same test expects something of a value, outside of the part in question. */
function isExpected(value: ts.Node, part: ts.Node = value): boolean {
  const subject = subjectOf(value);
  return positives(bodyOf(value)).some(
    (each) => !isWithin(each, part) && each.arguments.some((argument) => mentions(argument, subject)),
  );
}

const isWithin = (node: ts.Node, part: ts.Node): boolean =>
  node.getStart() >= part.getStart() && node.getEnd() <= part.getEnd();

const mentions = (node: ts.Node, subject: string): boolean =>
  namesIn(node).includes(subject) || (/[^\w.]/.test(subject) && node.getText().includes(subject));

/** The expectations that an empty list, or a missing value, does not pass. */
function positives(node: ts.Node): ts.CallExpression[] {
  const all = isExpect(node) && isPositive(node) ? [node] : [];
  node.forEachChild((child) => {
    all.push(...positives(child));
  });
  return all;
}

const restOf = (expectation: ts.Node): string => expectation.getSourceFile().text.slice(expectation.getEnd());

const isPositive = (expectation: ts.CallExpression): boolean =>
  !matcherOf(expectation).includes('not') &&
  !/^\s*\.(toEqual\(\[\]\)|toHaveLength\(0\)|toBeUndefined|toBeFalsy|toBeNull)/.test(restOf(expectation));

/** Whether the part that may not run counts its runs, and the count is expected after it. */
function isCounted(part: ts.Node, start: number, expectation: ts.CallExpression): boolean {
  const text = part.getSourceFile().text.slice(start, part.getEnd());
  const counters = [...text.matchAll(/([\w.]+)(?:\+\+| \+= |\.(?:push|add|set)\(| = )|\+\+([\w.]+)/g)]
    .map(([, one, other]) => one ?? other ?? '')
    .filter((name) => name !== '');
  return positives(bodyOf(expectation)).some(
    (each) => each.getStart() > part.getEnd() && counters.some((name) => mentions(each, name)),
  );
}

/** Matchers that an empty text or list passes after `not`. */
const notFound = new Set(['toContain', 'toMatch', 'toContainEqual']);

/** Why an expectation that something is absent may have looked at nothing. */
function mayBeEmpty(expectation: ts.CallExpression): string | undefined {
  const [subject] = expectation.arguments;
  if (subject === undefined) return undefined;
  const matcher = matcherOf(expectation)
    .filter((name) => name !== 'resolves')
    .join('.');
  const rest = restOf(expectation);
  if (
    /^not\./.test(matcher) &&
    (notFound.has(matcher.slice(4)) || /^\s*\.not\s*\.toEqual\(expect\.arrayCont/.test(rest))
  )
    return elementsOf(subject).every((each) => isExpected(each, expectation))
      ? undefined
      : 'nothing is expected to be there';
  if (/^(toBeUndefined|toBeFalsy|not\.toBe|not\.toEqual)$/.test(matcher) && hasOptionalChain(subject))
    return isExpected(subject, expectation) ? undefined : 'what is before ?. may be missing';
  if (!/^\s*\.(toEqual\(\[\]\)|toHaveLength\(0\))/.test(rest)) return undefined;
  const list = filteredIn(subject);
  return list === undefined || isFilled(list, expectation) ? undefined : `${list.getText()} may be empty`;
}

/** The elements of a list that is written out and turned into JSON, or the value alone. */
function elementsOf(subject: ts.Expression): readonly ts.Expression[] {
  const [list] =
    ts.isCallExpression(subject) && subject.expression.getText() === 'JSON.stringify' ? subject.arguments : [];
  return list !== undefined && ts.isArrayLiteralExpression(list) ? list.elements : [subject];
}

const hasOptionalChain = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) && (node.questionDotToken !== undefined || hasOptionalChain(node.expression));

/** The list that an expression filters. */
const filteredIn = (node: ts.Expression): ts.Expression | undefined =>
  ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'filter'
    ? node.expression.expression
    : undefined;
