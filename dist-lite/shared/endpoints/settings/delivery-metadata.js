/**
 * Arrival metadata: the delivery id and the event type that the sender set. Both are shown in many places, so tokens
 * are removed.
 */
import { hash } from 'node:crypto';
import { atPointer, documentOf, pointersOverlap } from "../../ground/base/json-pointer.js";
import { parseJson } from "../../ground/base/parse-json.js";
import { redacted, redactTokens } from "../credential/redaction.js";
/** The longest event type, in characters. EventBridge does not accept a longer type. */
const maxTypeLength = 128;
/** The most characters of a delivery id that are shown. The event id derives from the whole delivery id. */
const maxShownIdLength = 256;
/** A string or number as metadata, with tokens redacted. Undefined if the text is empty or only a token. */
function metadataOf(found) {
    const text = typeof found === 'string' || typeof found === 'number' ? redactTokens(String(found)) : '';
    return text === '' || text === redacted ? undefined : text;
}
/** Converts a value to an event type. */
export function typeFrom(found) {
    // The cut may split a surrogate pair, which cannot be stored.
    const type = metadataOf(found)?.trim().slice(0, maxTypeLength).toWellFormed();
    return type === '' ? undefined : type;
}
/** Converts a value to a delivery id, shortened for display. */
export const deliveryIdFrom = (found) => metadataOf(found)?.slice(0, maxShownIdLength).toWellFormed();
/**
 * The body as a document, whatever the content type says: no sender signs that header, and another one must not hide the
 * delivery id. JSON is read as JSON, and what is no multipart form either is read as a form.
 */
function documentIn(body, contentType) {
    const json = parseJson(body.toString('utf8'));
    if (typeof json === 'object')
        return json;
    return documentOf(body, contentType) ?? documentOf(body, 'application/x-www-form-urlencoded');
}
/** Reads metadata. Parses the body at most once, and only if needed. */
function metadataReader({ headers, body, accept }) {
    let parsed;
    return (place) => {
        if (place.in === 'header')
            return Object.hasOwn(headers, place.name) ? headers[place.name] : undefined;
        // An adopted token can't be recognized by its form, so don't read values that may contain a token.
        if (accept.some((one) => one.in === 'body' && pointersOverlap(one.path, place.path)))
            return undefined;
        parsed ??= { document: documentIn(body, headers['content-type'] ?? '') };
        return atPointer(parsed.document, place.path);
    };
}
/** The id that an arrival shares with its repeats. Undefined if the arrival has none. */
function deliveryIdOf(dedupe, body, read) {
    if (dedupe.by === 'none')
        return undefined;
    if (dedupe.by === 'content')
        return hash('sha256', body);
    return metadataOf(read(dedupe.by === 'header' ? { in: 'header', name: dedupe.name } : { in: 'body', path: dedupe.path }));
}
/** The type at the first location that has a type. */
function firstType(places, read) {
    for (const place of places) {
        const type = typeFrom(read(place));
        if (type !== undefined)
            return type;
    }
    return undefined;
}
/**
 * Reads an arrival's metadata.
 * @param wanted how repeats are recognized, and the locations of the type; the first location that has a type counts
 * @returns the delivery id, not shortened, because the event id derives from it; and the type, by default `webhook`
 */
export function deliveryMetadataOf(readable, wanted) {
    const read = metadataReader(readable);
    return {
        deliveryId: deliveryIdOf(wanted.dedupe, readable.body, read),
        type: firstType(wanted.types, read) ?? 'webhook',
    };
}
