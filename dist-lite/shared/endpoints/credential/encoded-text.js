/** Finds texts within escapes: a text is decoded layer by layer, and what is found in a layer is replaced in the original text. */
/** The number of layers that are decoded. */
const maxDecodings = 5;
/** A text, and what becomes of it as its escapes are decoded one layer after the other. */
export function* layersOf(original, { form, decode }) {
    let text = original;
    let begins = [...Array(text.length + 1).keys()];
    for (let depth = 0; depth <= maxDecodings; depth += 1) {
        yield { text, begins };
        const parts = [];
        let decoded = '';
        let next = 0;
        for (const found of text.matchAll(form)) {
            const { index } = found;
            const one = decode(found);
            decoded += text.slice(next, index) + one;
            parts.push(begins.slice(next, index), Array(one.length).fill(begins[index]));
            next = index + found[0].length;
        }
        if (next === 0)
            return;
        text = decoded + text.slice(next);
        begins = [...parts, begins.slice(next)].flat();
    }
}
/**
 * Replaces what is found in any layer. Ranges that overlap are replaced together.
 * @param find finds ranges of a text, and decodes nothing
 */
export function replaceFound(text, escapes, find, replacement) {
    const ranges = [];
    for (const { text: decoded, begins } of layersOf(text, escapes))
        for (const range of find(decoded))
            ranges.push(range.map((at) => begins[at]));
    let shown = '';
    let end = 0;
    for (const [from, to] of ranges.sort(([one], [other]) => one - other)) {
        if (from >= end)
            shown += text.slice(end, from) + replacement;
        end = Math.max(end, to);
    }
    return shown + text.slice(end);
}
