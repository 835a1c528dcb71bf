/**
 * Finds code of a client that reads an English text of the API's answers: by a property, or by taking an object apart. What only
 * has the same name is left out: an event of a component, which comes to a callback `on…`, the console's own `text`, and a new object.
 */
import ts from '@typescript/typescript6';

/** The members of answers that are English texts. A code with its facts is beside each. */
const texts = new Set(['advice', 'detail', 'explanation', 'note']);

/** @returns each place, such as `12 error.detail` */
export function readersOfText(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (readsText(node))
      found.push(`${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText()}`);
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

function readsText(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return texts.has(node.name.text) && !isOther(node.expression);
  if (ts.isElementAccessExpression(node))
    return ts.isStringLiteral(node.argumentExpression) && texts.has(node.argumentExpression.text);
  return ts.isBindingElement(node) && texts.has((node.propertyName ?? node.name).getText()) && !isOfEvent(node);
}

const isEvent = (node: ts.Node): boolean => /^event\b/.test(node.getText());

/** An event, or the console's own texts. */
const isOther = (node: ts.Node): boolean => isEvent(node) || /^text\./.test(node.getText());

/** Whether the object is what a callback such as `onChange` gets. */
function isOfEvent(element: ts.BindingElement): boolean {
  const owner = element.parent.parent;
  if (ts.isVariableDeclaration(owner)) return owner.initializer !== undefined && isEvent(owner.initializer);
  if (!ts.isParameter(owner)) return false;
  const user = owner.parent.parent;
  const named = ts.isJsxExpression(user) ? user.parent : user;
  return (ts.isJsxAttribute(named) || ts.isPropertyAssignment(named)) && /^on[A-Z]/.test(named.name.getText());
}
