/** Reads a request that Adyen signed: an HMAC-SHA256 for each item of the body, over eight of its fields. */
import { fieldText, jsonOf, jsonReader } from "../../ground/base/json-pointer.js";
import { itemTexts } from "../../ground/base/json-text.js";
import { contentTypeOf, fixedMessages, signaturesIn, signedTextOf, } from "./signed-message.js";
export const adyenMethod = {
    kind: 'hmac',
    algorithm: 'sha256',
    key: { form: 'hex' },
    encoding: 'base64',
};
const adyenFields = [
    '/pspReference',
    '/originalReference',
    '/merchantAccountCode',
    '/merchantReference',
    '/amount/value',
    '/amount/currency',
    '/eventCode',
    '/success',
];
/**
 * The text of a field as Adyen signs it. The text of an absent field is empty. Undefined for a value that Adyen never
 * sends.
 */
function adyenText(value) {
    return value === undefined || value === null || value === '' ? '' : signedTextOf(value);
}
/**
 * The message that Adyen signs for one item, or why there is none. Only the merchant's reference may contain a colon.
 * In any other field, a colon would look like a separator.
 */
export function adyenMessage(read) {
    const texts = adyenFields.flatMap((field) => adyenText(read(field)) ?? []);
    if (texts.length < adyenFields.length)
        return 'message_incomplete';
    const isClear = texts.every((text, at) => adyenFields[at] === '/merchantReference' || !text.includes(':'));
    return isClear ? fixedMessages([texts.join(':')]) : 'message_ambiguous';
}
/** A field reader for each item of an Adyen body. */
export function adyenItems(request) {
    const list = fieldText(jsonOf(request.body, contentTypeOf(request)), '/notificationItems');
    const items = list ? itemTexts(list, []) : undefined;
    return items?.map((item) => jsonReader(fieldText(item, '/NotificationRequestItem') ?? 'null')) ?? [];
}
/** The most items that are verified. Each item costs a computation, and Adyen sends only one or a few items. */
const maxAdyenItems = 100;
export function readAdyen(request) {
    const items = adyenItems(request);
    if (items.length > maxAdyenItems)
        return 'signature_malformed';
    const checks = [];
    for (const read of items) {
        const written = signedTextOf(read('/additionalData/hmacSignature'));
        if (written === undefined)
            return 'signature_missing';
        const signatures = signaturesIn(adyenMethod, [written]);
        if (typeof signatures === 'string')
            return signatures;
        const messages = adyenMessage(read);
        if (typeof messages === 'string')
            return messages;
        checks.push({ signatures, messages });
    }
    const [first, ...rest] = checks;
    return first ? { method: adyenMethod, checks: [first, ...rest] } : 'signature_missing';
}
