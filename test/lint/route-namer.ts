/** Finds texts that name a request of the API. A route alone, as code has it, is no text for people. */
import ts from '@typescript/typescript6';

const methods = 'GET|HEAD|POST|PUT|PATCH|DELETE|ANY';
const request = new RegExp(`\\b(${methods}) (…|https?:/)?/|/v1/|\\bcurl [-'"$h]|\\bIf-Match\\b`);
const routeAlone = new RegExp(`^((${methods}) )?/\\S*$`);

/** Whether a text names a request of the API. */
export const namesRequest = (text: string): boolean => request.test(text) && !routeAlone.test(text);

/** The text of a literal, with `{}` in place of each value of a template. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
}

/** @returns each place, such as `12 send it with POST /v1/connections` */
export function requestsNamedIn(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined && namesRequest(text))
      found.push(`${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${text}`);
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}
