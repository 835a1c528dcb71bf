/**
 * An event as a search sees it. Places in which something is masked are not there: nothing is found by them, neither by what stood
 * there nor by the mask.
 */
import { isUtf8 } from 'node:buffer';
import { redacted } from "../../endpoints/credential/redaction.js";
import { routedBodyOf, routedEventOf } from "../bus/routed-event.js";
const isMasked = (value) => typeof value === 'string' && value.includes(redacted);
function removeFromList(list) {
    let kept = 0;
    for (const value of list) {
        if (isMasked(value))
            continue;
        list[kept] = value;
        kept += 1;
    }
    list.length = kept;
}
function removeFromObject(object) {
    for (const [name, value] of Object.entries(object))
        if (isMasked(value))
            delete object[name];
}
/** Removes the masked texts from a parsed body. Not recursive, so any nesting depth works. */
function withoutMasked(data) {
    if (isMasked(data))
        return undefined;
    const left = [data];
    while (left.length > 0) {
        const value = left.pop();
        if (typeof value !== 'object' || value === null)
            continue;
        if (Array.isArray(value))
            removeFromList(value);
        else
            removeFromObject(value);
        for (const inner of Object.values(value))
            if (typeof inner === 'object')
                left.push(inner);
    }
    return data;
}
const headersOf = ({ headers }) => Object.entries(headers).filter(([, value]) => !isMasked(value));
/** The fields of an event's row, as patterns see them. */
export const searchedRow = ({ type, method, contentType, size, deliveryId }) => ({
    ...{ type, method, size },
    ...(contentType !== undefined && !isMasked(contentType) && { contentType }),
    ...(deliveryId !== undefined && { deliveryId }),
});
/** The fields that the event's item has, as patterns see them. */
export const searchedItem = (event) => {
    const { provider, verifiedBy, sourceIp, query, path } = event;
    return {
        ...searchedRow(event),
        ...{ provider, verifiedBy, sourceIp },
        headers: Object.fromEntries(headersOf(event)),
        query: query.replaceAll(redacted, ''),
        path: path.replaceAll(redacted, ''),
    };
};
/** The body as patterns see it. Undefined if it is not JSON. */
export function searchedBody(event, body) {
    const { data } = routedEventOf(event, body);
    return event.tokenIn.length === 0 ? data : withoutMasked(data);
}
/** The texts of a row, for a search by text. */
export const textsOfRow = ({ id, type, deliveryId }) => [id, type, deliveryId].filter((text) => text !== undefined);
/** The texts of an item without its body. */
export const textsOfItem = (event) => [
    event.sourceIp,
    ...headersOf(event).map(([name, value]) => `${name}: ${value}`),
    ...[event.query, event.path].flatMap((text) => text.split(redacted)),
];
/** The texts of a body: none if it is not UTF-8. A mask parts it in two. */
export function textsOfBody(event, body) {
    const shown = routedBodyOf(event, body);
    if (!isUtf8(shown))
        return [];
    const text = shown.toString('utf8');
    return event.tokenIn.length === 0 ? [text] : text.split(redacted);
}
