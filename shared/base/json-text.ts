/**
 * A JSON text, read by position: what stands where, with nothing parsed and nothing written anew. Every text must be known
 * to be JSON, for what is none is not told. Nothing here calls itself, so that no depth is too deep.
 */

/** Where a value begins and ends in the text that it is a part of; `name` is a member's or an index. */
interface Child {
  name: string;
  start: number;
  end: number;
}

const afterSpace = /[^ \t\r\n]|$/g;
const bracketOrText = /[[\]{}"]/g;
const afterBare = /[,\]} \t\r\n]|$/g;

/** The first place from `at` on that a pattern finds, which has to be there in JSON. */
function indexOfMatch(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.index ?? text.length;
}

/** Most values follow each other without white space, and a search costs more than a look. */
const skipSpace = (text: string, at: number): number =>
  text.charCodeAt(at) > 32 ? at : indexOfMatch(afterSpace, text, at);

/** The name of a member from the text of it, quotation marks included. */
const memberName = (text: string): string => (text.includes('\\') ? JSON.parse(text) : text.slice(1, -1));

/** Whether an odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1;
}

/** The place after a text in quotation marks that begins at `at`. */
function endOfText(text: string, at: number): number {
  let last = text.indexOf('"', at + 1);
  while (last >= 0 && isEscaped(text, last)) last = text.indexOf('"', last + 1);
  return last < 0 ? text.length : last + 1;
}

/** The place after the value that begins at `at`. */
function endOfValue(text: string, at: number): number {
  if (text[at] === '"') return endOfText(text, at);
  if (text[at] !== '[' && text[at] !== '{') return indexOfMatch(afterBare, text, at);
  let depth = 0;
  let next = at;
  do {
    next = indexOfMatch(bracketOrText, text, next);
    if (text[next] === '"') {
      next = endOfText(text, next);
      continue;
    }
    depth += text[next] === '[' || text[next] === '{' ? 1 : -1;
    next += 1;
  } while (depth > 0 && next < text.length);
  return next;
}

/** What is in the list or the object that begins at `at`, in its order; nothing for any other value. */
function* childrenAt(text: string, at: number): Generator<Child> {
  if (text[at] !== '[' && text[at] !== '{') return;
  let next = skipSpace(text, at + 1);
  for (let index = 0; next < text.length && text[next] !== ']' && text[next] !== '}'; index += 1) {
    let name = String(index);
    if (text[at] === '{') {
      const colon = endOfText(text, next);
      name = memberName(text.slice(next, colon));
      next = skipSpace(text, skipSpace(text, colon) + 1);
    }
    const child = { name, start: next, end: endOfValue(text, next) };
    yield child;
    next = skipSpace(text, child.end);
    if (text[next] === ',') next = skipSpace(text, next + 1);
  }
}

/** Of the members of one name the last one counts, as it does for `JSON.parse`. */
function childOf(text: string, at: number, name: string): number | undefined {
  let found: number | undefined;
  for (const child of childrenAt(text, at)) if (child.name === name) found = child.start;
  return found;
}

/**
 * The texts of an object's members of these names. Null for a name that stands twice: readers differ in which of the two
 * counts, so neither does. A name that is not there, or a text that is no object or list, has no entry.
 */
export function onlyMembers(text: string, names: ReadonlySet<string>): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const { name, start, end } of childrenAt(text, skipSpace(text, 0)))
    if (names.has(name)) found.set(name, found.has(name) ? null : text.slice(start, end));
  return found;
}

/** Where the value begins to which these keys lead, from the outside in. */
function startOfValue(text: string, keys: readonly string[]): number | undefined {
  let at: number | undefined = skipSpace(text, 0);
  for (const key of keys) at = at === undefined ? undefined : childOf(text, at, key);
  return at;
}

/** The text of the value to which these keys lead, exactly as it stands there; undefined where there is none. */
export function valueTextAt(text: string, keys: readonly string[]): string | undefined {
  const at = startOfValue(text, keys);
  return at === undefined ? undefined : text.slice(at, endOfValue(text, at));
}

/**
 * The texts of the items of the list to which these keys lead, each exactly as it stands there.
 * @returns undefined where there is no list
 */
export function itemTexts(text: string, keys: readonly string[]): string[] | undefined {
  const at = startOfValue(text, keys);
  if (at === undefined || text[at] !== '[') return undefined;
  return [...childrenAt(text, at)].map((item) => text.slice(item.start, item.end));
}

/**
 * Where the values lie to which these keys lead, a name that stands twice included. If a value on the way is a text, which
 * may hold JSON itself, all of that text counts.
 */
export function* rangesAt(
  text: string,
  keys: readonly string[],
  at = skipSpace(text, 0),
): Generator<{ start: number; end: number }> {
  const [key, ...rest] = keys;
  if (key === undefined || text[at] === '"') yield { start: at, end: endOfValue(text, at) };
  else for (const { name, start } of childrenAt(text, at)) if (name === key) yield* rangesAt(text, rest, start);
}
