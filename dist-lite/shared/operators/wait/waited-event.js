/** An event that somebody waits for, and whether it is the wanted one. */
import { jsonTextIn } from "../../events/bus/publication.js";
import { typeFilter } from "../../events/event/type-filter.js";
import { searchedFields, stagesOf } from "../../events/search/search-field.js";
import { searchedItem } from "../../events/search/searched-event.js";
import { unknownFields } from "../../ground/pattern/event-field.js";
import { compilePattern } from "../../ground/pattern/event-pattern.js";
import { firstMismatch } from "../../ground/pattern/first-mismatch.js";
import { PatternError } from "../../ground/pattern/pattern-error.js";
import { readPattern } from "../../ground/pattern/read-pattern.js";
/** What is wrong with what is waited for, as a sentence. Undefined if nothing is. */
export function wantedFault({ type, match }) {
    if (type === '')
        return 'The type is empty.';
    if (type !== undefined) {
        const pattern = readPattern({ type: [type.includes('*') ? { wildcard: type } : type] });
        if (pattern instanceof PatternError)
            return `The type ${pattern.problem}.`;
    }
    if (match === undefined)
        return undefined;
    const pattern = readPattern(match);
    if (pattern instanceof PatternError)
        return `${pattern.message}.`;
    const [unknown] = unknownFields(match, searchedFields);
    if (unknown)
        return `The event pattern's ${unknown.path.join('.')} ${unknown.message}.`;
    // It changes after the event has been read.
    return names(match, 'publication') ? 'The event pattern must not have publication: it changes later.' : undefined;
}
/** Whether a pattern names a field of this stage, also within `$or`. */
const names = (match, stage) => Object.entries(match).some(([name, wanted]) => stagesOf(name, wanted).includes(stage));
/** An event with its body read as JSON. */
export function waitedEventOf(view) {
    const { body, bodyBase64, contentType = '' } = view;
    const bytes = body === undefined ? Buffer.from(bodyBase64 ?? '', 'base64') : Buffer.from(body);
    const text = jsonTextIn(bytes, contentType);
    return text === undefined ? view : { ...view, data: JSON.parse(text) };
}
/** @param wanted one without a fault */
export function matcherOf({ type, match }) {
    const isOfType = typeFilter(type);
    const pattern = match && compilePattern(match);
    const needsBody = match !== undefined && names(match, 'body');
    return {
        ofRow: (row) => (isOfType(row) ? undefined : { why: 'differs', at: '/type' }),
        of(event) {
            if (!pattern || !match)
                return undefined;
            if (needsBody && event.bodyWithheld !== undefined)
                return { why: 'withheld' };
            const seen = { ...searchedItem(event), ...('data' in event && { data: event.data }) };
            const verdict = pattern(seen);
            if (verdict === 'match')
                return undefined;
            if (verdict === 'over budget')
                return { why: 'overBudget' };
            const at = firstMismatch(match, seen);
            return at === undefined ? { why: 'together' } : { why: 'differs', at };
        },
    };
}
