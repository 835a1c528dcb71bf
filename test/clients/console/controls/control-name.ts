/** What a control is called: its component, and its label in the source. */
import ts from '@typescript/typescript6';

/** Where a component has the choices that it offers. */
const choicesIn: Readonly<Record<string, string>> = {
  SegmentedControl: 'options',
  Tabs: 'tabs',
  RadioGroup: 'items',
  Select: 'options',
};

const labels = ['label', 'title', 'text', 'ariaLabel', 'header', 'headerText', 'filteringAriaLabel'];

export const tagOf = (element: ts.Node): string =>
  ts.isJsxOpeningElement(element) || ts.isJsxSelfClosingElement(element) ? element.tagName.getText() : '';

/** Whether a spread shows its properties, such as `{...{ label, onClick }}` or `{...(isOpen && { onClick })}`. */
export function isWrittenOut(node: ts.Expression): boolean {
  if (ts.isObjectLiteralExpression(node)) return true;
  if (ts.isParenthesizedExpression(node)) return isWrittenOut(node.expression);
  if (ts.isBinaryExpression(node)) return isWrittenOut(node.right);
  return ts.isConditionalExpression(node) && isWrittenOut(node.whenTrue) && isWrittenOut(node.whenFalse);
}

/** The component, or another named part of the file, that something is in. */
export function ownerOf(node: ts.Node): string {
  for (let each = node.parent; each; each = each.parent) {
    const name = declaredName(each);
    if (/^[A-Z]/.test(name) || (name !== '' && ts.isSourceFile(topOf(each).parent))) return name;
  }
  return '';
}

function declaredName(node: ts.Node): string {
  const isNamed = ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isVariableDeclaration(node);
  return isNamed && node.name && ts.isIdentifier(node.name) ? node.name.text : '';
}

/** The statement that a node is in. */
const topOf = (node: ts.Node): ts.Node => (ts.isSourceFile(node.parent) ? node : topOf(node.parent));

const short = (node: ts.Node): string => node.getText().replaceAll(/\s+/g, ' ').slice(0, 80);

/** The value of a property of an object that is written out. */
export function valueIn(node: ts.Node, name: string): string | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  for (const each of node.properties) {
    if (ts.isSpreadAssignment(each)) {
      const found = valueIn(each.expression, name);
      if (found !== undefined) return found;
    }
    if (each.name?.getText() !== name) continue;
    return ts.isPropertyAssignment(each) ? each.initializer.getText() : name;
  }
  return undefined;
}

export const labelIn = (node: ts.Node): string | undefined =>
  labels
    .map((name) => valueIn(node, name))
    .find((value) => value !== undefined)
    ?.slice(0, 80);

/** What a control is called: its label, its content, or the label of its field. */
export function labelOf(element: ts.JsxOpeningLikeElement): string {
  for (const name of labels) {
    for (const each of element.attributes.properties) {
      const own = ts.isJsxSpreadAttribute(each)
        ? valueIn(each.expression, name)
        : each.name.getText() === name && each.initializer && short(each.initializer).replace(/^[{"']|[}"']$/g, '');
      if (own) return own.slice(0, 80);
    }
  }
  const content = ts.isJsxElement(element.parent) ? element.parent.children.map(short).join('').trim() : '';
  if (/^\{[\w.]+(\(.*\))?\}$/.test(content) || content.startsWith('{shown')) return content.slice(1, -1);
  return fieldOf(element);
}

/** The label of the field that an element is in. */
function fieldOf(element: ts.Node): string {
  for (let each = element.parent; each; each = each.parent) {
    if (!ts.isJsxElement(each) || each.openingElement === element) continue;
    if (tagOf(each.openingElement) === 'FormField') return labelOf(each.openingElement);
  }
  return '';
}

/** The choices that a component offers, if they are not data: each of them is a control. */
export function choicesOf(element: ts.JsxOpeningLikeElement, tree: ts.SourceFile): string | undefined {
  const name = choicesIn[tagOf(element)];
  const attribute = element.attributes.properties.find((each) => each.name?.getText() === name);
  if (!attribute || !ts.isJsxAttribute(attribute) || !attribute.initializer) return undefined;
  const { initializer } = attribute;
  const value = ts.isJsxExpression(initializer) ? initializer.expression : undefined;
  if (!value || (tagOf(element) === 'Select' && !isFixed(value, tree))) return undefined;
  return value.getText();
}

/** Whether a value is a text of the console, or a constant of the file. */
const isFixed = (value: ts.Expression, tree: ts.SourceFile): boolean =>
  /^text\./.test(value.getText()) ||
  tree.statements.some(
    (each) =>
      ts.isVariableStatement(each) &&
      each.declarationList.declarations.some(({ name }) => name.getText() === value.getText()),
  );
