/**
 * The publication of an event: the entries that go to the bus.
 *
 * A JSON body becomes `data`, inserted exactly as the sender wrote it. Parsing and writing it again would round large
 * numbers, drop duplicate keys and break every signature. Any other body becomes `dataBase64`. With the setting `raw`, a JSON
 * body becomes both, because a target gets `data` parsed. A token in the body is masked.
 */
import { isUtf8 } from 'node:buffer';
import { batchSchema } from "../../endpoints/settings/split.js";
import { documentOf } from "../../ground/base/json-pointer.js";
import { maskedBody } from "./body-mask.js";
import { splitItemsOf, splitItemsOfForm } from "./split-items.js";
/**
 * EventBridge's limit for one call and for one entry, in bytes. AWS says 1 MB, which can mean 1,000,000 or 1,048,576
 * bytes. This constant is the smaller size.
 */
export const maxCallBytes = 1_000_000;
/** The most entries of one call. */
export const maxCallEntries = 10;
/** The longest detail type that EventBridge takes, in characters. */
const maxDetailTypeLength = 128;
/** The size of an entry as EventBridge counts it: 14 bytes for the time, and the UTF-8 bytes of the texts. */
export const entryBytes = ({ Source, DetailType, Detail }) => 14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
function isJson(text) {
    try {
        JSON.parse(text);
        return true;
    }
    catch {
        return false;
    }
}
/**
 * Returns the body as text if it is JSON, otherwise undefined. An object or a list counts as JSON whatever its content
 * type is. Many senders send no content type or a wrong one, and rules match `data`. A single number or word counts
 * only if the content type is JSON, because it may be plain text. A body with a byte order mark is not JSON.
 */
export function jsonTextIn(body, contentType) {
    if (!isUtf8(body))
        return undefined;
    const text = body.toString('utf8');
    const looksLikeJson = /^[ \t\r\n]*[{[]/.test(text) || /[/+]json\s*(;|$)/i.test(contentType);
    return looksLikeJson && isJson(text) ? text : undefined;
}
/** The bytes as a member of the detail. */
const bytesMember = (bytes) => `"dataBase64":"${bytes.toString('base64')}"`;
/** The body as members of the detail: JSON text without braces. */
function dataMembers(text, bytes, raw = false) {
    if (text === undefined)
        return bytesMember(bytes());
    return raw ? `"data":${text},${bytesMember(bytes())}` : `"data":${text}`;
}
/**
 * The id, type and delivery id of an entry. Each item of a split event has its own. The id of the first item ends with `#1`.
 */
function ownFieldsOf({ id, type, deliveryId }, position) {
    if (position === undefined)
        return { id, type, deliveryId };
    const { item, index } = position;
    return { id: `${id}#${index}`, type: item.type ?? type, deliveryId: item.id };
}
/**
 * Makes the entry of an event or of one of its items.
 * @param member the body or the item: JSON text without braces
 */
export function entryOf({ event, replay }, member, position) {
    const { id, connection, provider, conflictsWith, receivedAt, method, contentType, headers, query, path } = event;
    const { sha256, size, test, tokenIn } = event;
    const own = ownFieldsOf(event, position);
    const item = position && { of: id, index: position.index, count: position.count };
    const before = JSON.stringify({
        id: own.id,
        connection,
        provider,
        type: own.type,
        deliveryId: own.deliveryId,
        conflictsWith,
        receivedAt,
        method,
        contentType,
        headers,
        query,
        path,
        item,
    });
    // Digest and size are those of the whole body, because a signature in the headers covers the whole body.
    const after = JSON.stringify({ sha256, size, replay, test, tokenIn: tokenIn.length > 0 ? tokenIn : undefined });
    return {
        Source: `hooklatch.${connection}`,
        DetailType: own.type.slice(0, maxDetailTypeLength).toWellFormed(),
        Detail: `${before.slice(0, -1)},${member},${after.slice(1)}`,
        Time: new Date(receivedAt),
    };
}
/**
 * The items of a split event. Returns undefined if the event stays whole.
 * @param body the body as it is published
 */
export function itemsBy(batch, contentType, body) {
    const text = jsonTextIn(body, contentType);
    if (text !== undefined)
        return splitItemsOf(text, batch);
    // If the bytes are not text, no item could be published exactly as it was sent.
    return isUtf8(body) ? splitItemsOfForm(documentOf(body, contentType), batch) : undefined;
}
const itemsIn = ({ split, contentType = '' }, body) => split === undefined ? undefined : itemsBy(batchSchema.parse(JSON.parse(split)), contentType, body);
/**
 * Returns the makers of a publication's entries, in order. There is at least one.
 * @param bodiesBucket the bucket of a large body. An event with a large body stays whole.
 * @throws if the event's `split` can't be read
 */
export function entryMakersOf(publication, bodiesBucket) {
    const { event } = publication;
    const body = maskedBody(event.body, event.headers['content-type'] ?? '', event.tokenIn);
    if (event.bodyKey !== undefined) {
        const member = `"bodyLocation":${JSON.stringify({ bucket: bodiesBucket, key: event.bodyKey })}`;
        return [() => entryOf(publication, member)];
    }
    const text = jsonTextIn(body, event.contentType ?? '');
    const items = itemsIn(event, body);
    if (items === undefined) {
        return [
            (asData = true) => entryOf(publication, dataMembers(asData ? text : undefined, () => body, event.raw)),
        ];
    }
    return items.map((item, at) => (asData = true) => {
        const member = dataMembers(asData ? item.text : undefined, () => Buffer.from(item.text));
        return entryOf(publication, member, { item, index: at + 1, count: items.length });
    });
}
/** Groups entries into calls, in the same order. A call has at most `maxCallEntries` entries and `maxCallBytes` bytes. */
export function* inCalls(items) {
    let call = [];
    let bytes = 0;
    for (const item of items) {
        const size = entryBytes(item.entry);
        if (call.length > 0 && (call.length === maxCallEntries || bytes + size > maxCallBytes)) {
            yield call;
            call = [];
            bytes = 0;
        }
        call.push(item);
        bytes += size;
    }
    if (call.length > 0)
        yield call;
}
