/**
 * Finds every control of the console in its source, and lets a run see which of them were used. A control is what calls a callback: an
 * attribute such as `onClick`, or the callback of one of the console's own components, such as `read` of `CopyButton`.
 */
import ts from '@typescript/typescript6';
import { choicesOf, isWrittenOut, labelIn, labelOf, ownerOf, tagOf, valueIn } from './control-name.ts';

/** The source of a component, with each callback wrapped, and the names of its controls. */
export interface Instrumented {
  code: string;
  controls: string[];
}

/** What a person can use although the console passes no callback: a link to a page of its own, the tabs of one view. */
const usable: Readonly<Record<string, string>> = {
  ...{
    Button: 'onClick',
    Link: 'onFollow',
    Tabs: 'onChange',
    ExpandableSection: 'onChange',
    a: 'onClick',
    button: 'onClick',
  },
};

const parse = (file: string, source: string): ts.SourceFile =>
  ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TSX);

/** The names of properties that a file declares with the type of a function. */
export function callbackNamesIn(source: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const isCallback =
      ts.isMethodSignature(node) || (ts.isPropertySignature(node) && node.type && ts.isFunctionTypeNode(node.type));
    if (isCallback && node.name) names.push(node.name.getText());
    node.forEachChild(visit);
  };
  visit(parse('names.tsx', source));
  return names;
}

/** @param callbacks the names of the callbacks of the console's own components */
export function instrument(file: string, source: string, callbacks: ReadonlySet<string>): Instrumented {
  const tree = parse(file, source);
  const isCallback = (name: string) => /^on[A-Z]/.test(name) || callbacks.has(name);
  const controls: string[] = [];
  const inserts: [at: number, text: string][] = [];

  function nameOf(node: ts.Node, label: string, prop: string): string {
    const name = `${file} ${ownerOf(node)} ${label} ${prop}`.replaceAll(/\s+/g, ' ');
    const same = controls.filter((each) => each === name || each.startsWith(`${name} #`)).length;
    const unique = same === 0 ? name : `${name} #${same + 1}`;
    controls.push(unique);
    return JSON.stringify(unique);
  }

  function wrap(value: ts.Node, name: string, choices: string | undefined): void {
    inserts.push([value.getStart(), `__control(${name}, `]);
    inserts.push([value.getEnd(), `${choices === undefined ? '' : `, () => ${choices}`})`]);
  }

  /** The properties of an object that is written out in an attribute, such as a menu of the bar at the top. */
  function inObject(node: ts.Node, element: ts.Node, label: string, isSpread: boolean): void {
    if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node)) {
      visit(node);
      return;
    }
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
      const prop = node.name.getText();
      if (isSpread ? isCallback(prop) : /^on[A-Z]/.test(prop)) {
        const own = isSpread ? label : `${tagOf(element)}(${labelIn(node.parent) ?? ''})`;
        const name = nameOf(node, own, prop);
        if (ts.isShorthandPropertyAssignment(node)) {
          inserts.push([node.getStart(), `${prop}: __control(${name}, `], [node.getEnd(), ')']);
          return;
        }
        wrap(node.initializer, name, prop === 'onItemClick' ? valueIn(node.parent, 'items') : undefined);
      }
    }
    node.forEachChild((child) => inObject(child, element, label, isSpread));
  }

  function inAttribute(attribute: ts.JsxAttributeLike, element: ts.JsxOpeningLikeElement, label: string): void {
    if (ts.isJsxSpreadAttribute(attribute)) {
      if (isWrittenOut(attribute.expression)) {
        inObject(attribute.expression, element, label, true);
        return;
      }
      const name = JSON.stringify(`${file} ${ownerOf(element)} ${label}`);
      inserts.push([attribute.expression.getStart(), `__controls(${name}, `], [attribute.expression.getEnd(), ')']);
      return;
    }
    const value =
      attribute.initializer && ts.isJsxExpression(attribute.initializer) && attribute.initializer.expression;
    if (!value) return;
    const prop = attribute.name.getText();
    if (isCallback(prop)) wrap(value, nameOf(element, label, prop), choicesOf(element, tree));
    inObject(value, element, label, false);
  }

  function visit(node: ts.Node): void {
    if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) {
      const label = `${tagOf(node)}(${labelOf(node)})`;
      const before = controls.length;
      for (const attribute of node.attributes.properties) inAttribute(attribute, node, label);
      const prop = usable[tagOf(node)];
      const own = controls.slice(before).some((each) => each.includes(` ${label} on`));
      const isSpread = node.attributes.properties.some(
        (each) => ts.isJsxSpreadAttribute(each) && !isWrittenOut(each.expression),
      );
      if (prop !== undefined && !own && !isSpread) {
        const choices = choicesOf(node, tree);
        const end = choices === undefined ? '' : `, () => ${choices}`;
        inserts.push([node.attributes.getEnd(), ` ${prop}={__control(${nameOf(node, label, prop)}, () => {}${end})}`]);
      }
      return;
    }
    node.forEachChild(visit);
  }

  visit(tree);
  return { code: applied(source, inserts), controls };
}

function applied(source: string, inserts: [number, string][]): string {
  let code = source;
  for (const [at, text] of inserts.toSorted(([one], [other]) => other - one))
    code = code.slice(0, at) + text + code.slice(at);
  return code;
}
