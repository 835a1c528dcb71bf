/** Reads signatures, the time of signing and the signed message from a request. */
import { crc32 } from 'node:zlib';
import { documentOf, fieldReader, formFieldsOf, isFormType } from "../../ground/base/json-pointer.js";
import { signatureBytes } from "./key.js";
import { boundariesOf, isUnambiguous } from "./message-boundary.js";
import { timeRejection } from "./timestamp.js";
/** The most signatures that are checked. Each signature costs a computation, and no sender has that many keys. */
const maxSignatures = 100;
/** A header's value. Undefined if the header is absent or empty. */
export const headerOf = (request, name) => Object.hasOwn(request.headers, name) ? request.headers[name] || undefined : undefined;
/** The body's content type. Default: JSON. */
export const contentTypeOf = (request) => headerOf(request, 'content-type') ?? 'application/json';
/** The body, parsed by its content type. */
export const bodyDocumentOf = (request) => documentOf(request.body, contentTypeOf(request));
/** Parses a body once, even if a scheme reads several of its fields. */
const readers = new WeakMap();
/** The value at a pointer in the body. `duplicateKey` if a key on the way occurs twice. */
export function bodyField(request, pointer) {
    const read = readers.get(request) ?? fieldReader(request.body, contentTypeOf(request));
    readers.set(request, read);
    return read(pointer);
}
/** A field as the sender signed it. Undefined for fractions, because they can be written in several ways. */
export function signedTextOf(value) {
    // A malformed string has no UTF-8 form. Two such strings would have the same signature.
    if (typeof value === 'string')
        return value.isWellFormed() ? value || undefined : undefined;
    return Number.isSafeInteger(value) || typeof value === 'boolean' ? String(value) : undefined;
}
function numberedHeaders(request, name) {
    const values = [];
    for (let value = headerOf(request, `${name}1`); value !== undefined;) {
        values.push(value);
        value = headerOf(request, `${name}${values.length + 1}`);
    }
    return values;
}
function rawValuesAt(source, request) {
    if (source.in === 'numberedHeaders')
        return numberedHeaders(request, source.name);
    if (source.in === 'header')
        return [headerOf(request, source.name) ?? []].flat();
    if (source.path === undefined)
        return request.body.length > 0 ? [request.body.toString('utf8')] : [];
    return [signedTextOf(bodyField(request, source.path)) ?? []].flat();
}
function listElements(source, written) {
    const { separator, prefix = '' } = source;
    const elements = separator === undefined ? [written] : written.split(separator).map((element) => element.trim());
    return elements.flatMap((element) => {
        if (element.startsWith(prefix))
            return [element.slice(prefix.length)];
        return source.bare ? [element] : [];
    });
}
/** All values at a source. */
export const valuesAt = (source, request) => rawValuesAt(source, request).flatMap((written) => listElements(source, written));
/** Decodes signatures. Skips malformed ones, because the others may be from other keys. */
export function signaturesIn(method, texts) {
    if (texts.length > maxSignatures)
        return 'signature_malformed';
    const signatures = texts.flatMap((text) => signatureBytes(method, text) ?? []);
    return signatures.length > 0 ? signatures : 'signature_malformed';
}
/** Whether a request's content type says that the body is form-encoded. */
export const isFormRequest = (request) => isFormType(contentTypeOf(request));
/**
 * The fields of a form body, joined as the part `sortedForm` says. Undefined if the body is no form, or if the form has
 * another field than `only`.
 */
export function sortedForm(request, only) {
    const pairs = isFormRequest(request) ? formFieldsOf(request.body) : undefined;
    if (pairs === undefined)
        return undefined;
    if (only !== undefined && (pairs.size !== 1 || !pairs.has(only)))
        return undefined;
    pairs.sort();
    const fields = new Map();
    for (const [name, value] of pairs)
        fields.set(name, (fields.get(name) ?? new Set()).add(value));
    const written = [...fields].flatMap(([name, values]) => [...values].sort().map((one) => name + one));
    return Buffer.from(written.join(''));
}
/** Decodes the escapes that HubSpot decodes in a URL before signing it. */
const decodedUrl = (url) => url.replace(/%(3a|2f|3f|40|21|24|27|28|29|2a|2c|3b)/gi, (escaped) => decodeURIComponent(escaped));
/** The accepted methods. No method begins or ends with another one, so a message shows where its method ends. */
const methods = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;
/** The bytes of one part. `secret` stands for the secret's bytes. Undefined if the request lacks the part. */
function partBytes(part, timestamp, request) {
    switch (part.part) {
        case 'body':
            return request.body;
        case 'bodyCrc32':
            return Buffer.from(String(crc32(request.body)));
        case 'sortedForm':
            return sortedForm(request, part.only);
        case 'timestamp':
            return timestamp === undefined ? undefined : Buffer.from(timestamp);
        case 'value': {
            const [value, ...more] = valuesAt(part.source, request);
            return value?.isWellFormed() && more.length === 0 ? Buffer.from(value) : undefined;
        }
        case 'url':
            return Buffer.from(part.decoded ? decodedUrl(request.url) : request.url);
        case 'method':
            return methods.test(request.method) ? Buffer.from(request.method) : undefined;
        case 'secret':
            return 'secret';
        case 'literal':
            return Buffer.from(part.text);
    }
}
/** Messages that do not depend on the secret, each joined from its parts. */
export const fixedMessages = (...texts) => {
    const messages = texts.map((parts) => Buffer.concat(parts.map((part) => Buffer.from(part))));
    return () => messages;
};
/**
 * The message that a request's signature must cover, as a function of the secret. Or the reason why no such message
 * exists.
 */
export function messageOf(scheme, request) {
    const [timestamp] = scheme.timestamp ? valuesAt(scheme.timestamp.source, request) : [];
    const parts = scheme.message.flatMap((part) => partBytes(part, timestamp, request) ?? []);
    if (parts.length !== scheme.message.length)
        return 'message_incomplete';
    if (!isUnambiguous(boundariesOf(scheme), parts))
        return 'message_ambiguous';
    return (secret) => [Buffer.concat(parts.map((part) => (part === 'secret' ? secret : part)))];
}
function templateTimeRejection({ source, unit, tolerance }, request) {
    const [text, ...more] = valuesAt(source, request);
    if (!text)
        return 'timestamp_missing';
    return more.length > 0 ? 'timestamp_malformed' : timeRejection(text, unit, tolerance, request.now);
}
/** Reads a request by a template scheme. */
export function readByTemplate(scheme, request) {
    const isSupported = scheme.requires?.every((one) => headerOf(request, one.header) === one.equals) ?? true;
    if (scheme.signatures.every((source) => rawValuesAt(source, request).length === 0))
        return 'signature_missing';
    if (!isSupported)
        return 'signature_unsupported';
    const signatures = signaturesIn(scheme, scheme.signatures.flatMap((source) => valuesAt(source, request)));
    if (typeof signatures === 'string')
        return signatures;
    const refused = scheme.timestamp && templateTimeRejection(scheme.timestamp, request);
    if (refused)
        return refused;
    const messages = messageOf(scheme, request);
    return typeof messages === 'string' ? messages : { method: scheme, checks: [{ signatures, messages }] };
}
