/**
 * Masks the token in a body before the body goes to the bus. Only the token's bytes change. The stored body keeps its exact
 * bytes, because a signature is verified with them.
 */
import { isUtf8 } from 'node:buffer';
import { redacted } from "../../endpoints/credential/redaction.js";
import { boundaryOf, formPartsOf, isFormType, pairsOf, pointerKeys } from "../../ground/base/json-pointer.js";
import { rangesAt } from "../../ground/base/json-text.js";
import { parseJson } from "../../ground/base/parse-json.js";
function maskedJson(text, pointers) {
    const ranges = pointers.flatMap((pointer) => [...rangesAt(text, pointerKeys(pointer))]);
    let shown = '';
    let next = 0;
    for (const { start, end } of ranges.sort((one, other) => one.start - other.start)) {
        if (start < next)
            continue;
        shown += `${text.slice(next, start)}"${redacted}"`;
        next = end;
    }
    return shown + text.slice(next);
}
const maskedForm = (text, fields) => text
    .split('&')
    .map((pair) => {
    const [name = ''] = pairsOf(pair).keys();
    return fields.has(name) ? `${pair.split('=')[0]}=${redacted}` : pair;
})
    .join('&');
function maskedParts(body, boundary, fields) {
    const parts = formPartsOf(body, boundary).map(({ name, head, value }, at) => at > 0 && name !== undefined && fields.has(name) ? head + redacted : head + value);
    return Buffer.from(parts.join(`\r\n--${boundary}`).slice(2), 'latin1');
}
/**
 * Masks the values at these pointers.
 * @returns the masked body, or only the mask if the values can't be located with
 * certainty
 */
export function maskedBody(body, contentType, pointers) {
    if (pointers.length === 0)
        return body;
    const fields = new Set(pointers.map((pointer) => pointerKeys(pointer)[0] ?? ''));
    const boundary = boundaryOf(contentType);
    if (boundary !== undefined)
        return maskedParts(body, boundary, fields);
    const text = body.toString('utf8');
    if (!isUtf8(body))
        return Buffer.from(redacted);
    if (isFormType(contentType))
        return Buffer.from(maskedForm(text, fields));
    return Buffer.from(parseJson(text) === undefined ? redacted : maskedJson(text, pointers));
}
