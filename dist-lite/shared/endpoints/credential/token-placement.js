/**
 * Placements: where a sender may put its token, and how to read it from a request. See `delivery-url.ts` for the URLs
 * to paste and `redaction.ts` for what is removed before storage.
 */
import * as z from 'zod/mini';
import { fieldReader, pairsOf, pointerSchema } from "../../ground/base/json-pointer.js";
import { schema } from "../../ground/base/schema.js";
import { isMistyped, isSameDigest, tokenDigest } from "./token.js";
/** The longest name of a query parameter with a token, in characters. */
const maxQueryName = 64;
/** The name of a header that API Gateway passes on unchanged. */
export const headerNameSchema = /* @__PURE__ */ schema(() => z.string().check(z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/, 'must be the name of an HTTP header'), z.toLowerCase(), z.refine((name) => !['cookie', 'host', 'content-length', 'transfer-encoding'].includes(name), {
    error: 'cannot be used, because API Gateway changes or removes this header',
})));
/** A place in a request where a token is accepted. */
export const placementSchema = /* @__PURE__ */ schema(() => z.discriminatedUnion('in', [
    z.strictObject({ in: z.literal('query'), name: z.string().check(z.minLength(1), z.maxLength(maxQueryName)) }),
    z.strictObject({ in: z.literal('path') }),
    z.strictObject({
        in: z.literal('header'),
        name: headerNameSchema,
        scheme: z.optional(z.string().check(z.regex(/^[0-9A-Za-z-]{1,32}$/, 'must be one word, such as Bearer'))),
    }),
    z.strictObject({
        in: z.literal('basic'),
        username: z.string().check(z.regex(/^[\x21-\x39\x3b-\x7e]{1,64}$/, 'must be printable ASCII without a colon')),
    }),
    z.strictObject({
        in: z.literal('body'),
        path: pointerSchema,
    }),
]));
/** A placement's name for operators, such as `query token`. Never contains a value. */
export function placementName(placement) {
    if ('name' in placement)
        return `${placement.in} ${placement.name}`;
    return placement.in === 'body' ? `body ${placement.path}` : placement.in;
}
/**
 * The credentials of an Authorization-like header with this scheme. The scheme is case-insensitive (RFC 9110, 11.1).
 */
function afterScheme(header, scheme) {
    const [word, ...rest] = header.split(' ');
    return word?.toLowerCase() === scheme.toLowerCase() ? rest.join(' ').trim() : undefined;
}
const withoutPadding = (base64) => base64.replace(/=+$/, '');
function parseBasic(header) {
    const encoded = header === undefined ? undefined : afterScheme(header, 'basic');
    if (encoded === undefined)
        return undefined;
    const decoded = Buffer.from(encoded, 'base64');
    // Buffer.from silently skips invalid base64, so accept only text that encodes back to itself.
    if (withoutPadding(decoded.toString('base64')) !== withoutPadding(encoded))
        return null;
    const text = decoded.toString('utf8');
    const colon = text.indexOf(':');
    return colon < 0 ? null : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
function queryCredentials(name, raw) {
    const values = pairsOf(raw).getAll(name);
    if (values.length === 0)
        return [];
    return [{ in: 'query', place: `query ${name}`, value: values.length === 1 ? (values[0] ?? null) : null }];
}
function basicCredential(usernames, header) {
    const credentials = parseBasic(header);
    if (usernames.length === 0 || credentials === undefined)
        return [];
    if (credentials === null)
        return [{ in: 'basic', place: 'basic', value: null }];
    const presented = tokenDigest(credentials.username);
    const known = usernames.map((username) => isSameDigest(tokenDigest(username), presented)).includes(true);
    return [{ in: 'basic', place: 'basic', value: known ? credentials.password : null }];
}
/**
 * A header presents one credential, even if several placements name the header. If the header's scheme is accepted, the
 * credential is the text after the scheme. Otherwise the credential is the whole header, but only if a placement names
 * no scheme.
 */
function headerCredentials(name, accept, carrier) {
    // A header's name may equal a property that every object inherits, such as `constructor`.
    const header = Object.hasOwn(carrier.headers, name) ? carrier.headers[name] : undefined;
    if (header === undefined)
        return [];
    const schemes = accept.flatMap((one) => (one.in === 'header' && one.name === name ? [one.scheme ?? null] : []));
    const [value] = schemes.flatMap((scheme) => (scheme === null ? [] : (afterScheme(header, scheme) ?? [])));
    const place = `header ${name}`;
    if (value !== undefined)
        return [{ in: 'header', place, value }];
    const isBasic = accept.some((one) => one.in === 'basic') && afterScheme(header, 'basic') !== undefined;
    return schemes.includes(null) && !isBasic ? [{ in: 'header', place, value: header }] : [];
}
/**
 * Every credential at an accepted placement of a request, except the body. A header with another scheme (such as Basic
 * where Bearer is accepted) presents no credential.
 */
export function credentialsIn(accept, carrier) {
    const usernames = accept.flatMap((one) => (one.in === 'basic' ? [one.username] : []));
    const headers = new Set(accept.flatMap((one) => (one.in === 'header' ? [one.name] : [])));
    const queries = new Set(accept.flatMap((one) => (one.in === 'query' ? [one.name] : [])));
    const inPath = carrier.rest && accept.some((one) => one.in === 'path') ? [lastSegment(carrier.rest)] : [];
    return [
        ...[...queries].flatMap((name) => queryCredentials(name, carrier.rawQueryString)),
        ...inPath.map((value) => ({ in: 'path', place: 'path', value })),
        ...[...headers].flatMap((name) => headerCredentials(name, accept, carrier)),
        ...basicCredential(usernames, carrier.headers['authorization']),
    ];
}
const lastSegment = (rest) => rest.slice(rest.lastIndexOf('/') + 1);
/** The credentials in a JSON or form-encoded body. Empty if the body can't be parsed. */
export function credentialsInBody(accept, body, contentType) {
    const pointers = accept.flatMap((placement) => (placement.in === 'body' ? [placement.path] : []));
    if (pointers.length === 0)
        return [];
    const read = fieldReader(body, contentType);
    return pointers.flatMap((pointer) => {
        const value = read(pointer);
        if (value === undefined)
            return [];
        return [{ in: 'body', place: `body ${pointer}`, value: typeof value === 'string' ? value : null }];
    });
}
/** Whether a credential can be a live token. Checked before any secret is read. */
export const isPlausible = (presented) => presented.value !== null && presented.value.length > 0 && !isMistyped(presented.value);
/**
 * The reason why this placement can't carry this token, or undefined if it can. API Gateway decodes a path before
 * splitting it, so a slash would end the segment.
 */
export function whyCannotCarry(placement, value) {
    if (placement.in === 'path' && value.includes('/'))
        return 'a path segment cannot contain a "/"';
    if (placement.in === 'header' && value !== value.trim())
        return 'a header value cannot begin or end with spaces';
    return undefined;
}
