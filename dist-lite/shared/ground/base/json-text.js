/**
 * Finds values in a JSON text by position, without parsing or rewriting it. The text must be valid JSON: errors are not
 * detected. The scan is not recursive, so any nesting depth works.
 */
const afterSpace = /[^ \t\r\n]/g;
const bracketOrText = /[[\]{}"]/g;
const afterBare = /[,\]} \t\r\n]/g;
/** The index of the first match at or after `at`, or the end of the text. */
function indexOfMatch(pattern, text, at) {
    pattern.lastIndex = at;
    return pattern.exec(text)?.index ?? text.length;
}
/**
 * The index after any white space. Checks one character first: most JSON has no white space between values, and a
 * search would take longer.
 */
const skipSpace = (text, at) => text.charCodeAt(at) > 32 ? at : indexOfMatch(afterSpace, text, at);
/** A member's name, from its text with quotation marks. */
const memberName = (text) => (text.includes('\\') ? JSON.parse(text) : text.slice(1, -1));
/** Whether an odd number of backslashes precedes this character. */
function isEscaped(text, at) {
    let first = at;
    while (text[first - 1] === '\\')
        first -= 1;
    return (at - first) % 2 === 1;
}
/** The index after the string that begins at `at`. */
function endOfText(text, at) {
    let last = text.indexOf('"', at + 1);
    while (last >= 0 && isEscaped(text, last))
        last = text.indexOf('"', last + 1);
    return last < 0 ? text.length : last + 1;
}
/** The index after the value that begins at `at`. */
function endOfValue(text, at) {
    if (text[at] === '"')
        return endOfText(text, at);
    if (text[at] !== '[' && text[at] !== '{')
        return indexOfMatch(afterBare, text, at);
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
/** The values in the list or object that begins at `at`, in order. Yields nothing for any other value. */
function* childrenAt(text, at) {
    if (text[at] !== '[' && text[at] !== '{')
        return;
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
        if (text[next] === ',')
            next = skipSpace(text, next + 1);
    }
}
/** The index where the named child begins. If a name occurs twice, the last child counts, as in `JSON.parse`. */
function childOf(text, at, name) {
    let found;
    for (const child of childrenAt(text, at))
        if (child.name === name)
            found = child.start;
    return found;
}
/**
 * The texts of an object's members with these names. A name that occurs twice maps to null, because some parsers use
 * the first of the two values and others the last. A missing name has no entry.
 */
export function onlyMembers(text, names) {
    const found = new Map();
    for (const { name, start, end } of childrenAt(text, skipSpace(text, 0)))
        if (names.has(name))
            found.set(name, found.has(name) ? null : text.slice(start, end));
    return found;
}
/** The index where the value at these keys begins. The keys are outermost first. */
function startOfValue(text, keys) {
    let at = skipSpace(text, 0);
    for (const key of keys)
        at = at === undefined ? undefined : childOf(text, at, key);
    return at;
}
/** The text of the value at these keys, unchanged. Undefined if there is none. */
export function valueTextAt(text, keys) {
    const at = startOfValue(text, keys);
    return at === undefined ? undefined : text.slice(at, endOfValue(text, at));
}
/**
 * The texts of the items in the list at these keys, unchanged.
 * @returns undefined if there is no list
 */
export function itemTexts(text, keys) {
    const at = startOfValue(text, keys);
    if (at === undefined || text[at] !== '[')
        return undefined;
    return [...childrenAt(text, at)].map((item) => text.slice(item.start, item.end));
}
/**
 * The ranges of the values at these keys. If a name occurs twice, both values are included. A string on the way to a
 * value may itself contain JSON, so the whole string is included.
 */
export function* rangesAt(text, keys, at = skipSpace(text, 0)) {
    const [key, ...rest] = keys;
    if (key === undefined || text[at] === '"')
        yield { start: at, end: endOfValue(text, at) };
    else
        for (const { name, start } of childrenAt(text, at))
            if (name === key)
                yield* rangesAt(text, rest, start);
}
