/** Where a text stops being JSON. The messages of `JSON.parse` do not always say it, and can quote the text. */

const token =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/uy;
const space = /[ \t\r\n]*/y;

/** What may come next: `T` is a text, `V` another value. */
const value = 'TV{[';

/** What may come after a token, by what it is and by the innermost bracket that is open then. */
function nextAfter(kind: string, inner: string | undefined): string {
  if (kind === '{') return 'T}';
  if (kind === '[') return `${value}]`;
  if (kind === ':') return value;
  if (kind === ',') return inner === '{' ? 'T' : value;
  if (inner === undefined) return '';
  return inner === '{' ? ',}' : ',]';
}

/** The line and the column, from 1, of the first character that can't stand there. Only for a text that is no JSON. */
export function jsonFault(text: string): { line: number; column: number } {
  const open: string[] = [];
  let [at, expected] = [0, value];
  for (;;) {
    token.lastIndex = at;
    const found = token.exec(text);
    const kind = found?.[1] ?? (found?.[2] === undefined ? 'V' : 'T');
    if (!found || !expected.includes(kind)) break;
    at = token.lastIndex;
    if (kind === '{' || kind === '[') open.push(kind);
    if (kind === '}' || kind === ']') open.pop();
    // A text in an object is a name where no other value may stand.
    const isName = kind === 'T' && !expected.includes('V');
    expected = isName ? ':' : nextAfter(kind, open.at(-1));
  }
  space.lastIndex = at;
  const before = text.slice(0, at + (space.exec(text)?.[0].length ?? 0)).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
