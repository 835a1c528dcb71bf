/** JSON pointers (RFC 6901) into a JSON or form-encoded body. */
import * as z from 'zod/mini';
import { onlyMembers } from "./json-text.js";
import { parseJson } from "./parse-json.js";
import { schema } from "./schema.js";
/** The longest JSON pointer, in characters. */
const maxPointerLength = 128;
/** A pointer to a value inside a document, such as `/data/id`. */
export const pointerSchema = /* @__PURE__ */ schema(() => z
    .string()
    .check(z.regex(/^(\/([^/~]|~[01])+)+$/, 'must be a JSON pointer, such as /token'), z.maxLength(maxPointerLength)));
/**
 * The pairs of a raw query. The added `&` preserves a question mark at the start of the first name. URLSearchParams
 * would drop it otherwise.
 */
export const pairsOf = (raw) => new URLSearchParams(`&${raw}`);
/** The keys of a pointer, outermost first. The empty pointer means the whole document and has no keys. */
export const pointerKeys = (pointer) => pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
/** The pointer with these keys, outermost first. */
export const pointerOf = (keys) => keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
/**
 * The value at a pointer, or undefined. A string on the way to the value is parsed as JSON, because a form field may
 * contain JSON.
 */
export const atPointer = (document, pointer) => pointerKeys(pointer).reduce((at, key) => {
    const inner = typeof at === 'string' ? parseJson(at) : at;
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? Reflect.get(inner, key)
        : undefined;
}, document);
/** Whether two pointers are equal, or one points inside the other. */
export const pointersOverlap = (one, other) => `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
/** A form as an object. A field that occurs twice is null, so that no check accepts it. */
function fieldsObject(pairs) {
    const fields = new Map();
    for (const [name, value] of pairs)
        fields.set(name, fields.has(name) ? null : value);
    return Object.fromEntries(fields);
}
/**
 * The number of bytes of a form part's headers that are searched. The search takes quadratic time in the worst case.
 */
const maxPartHeaderBytes = 1024;
/** Splits a multipart form at each boundary that begins a line. Returns the parts in order. */
export function formPartsOf(body, boundary) {
    return `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`).map((part) => {
        const end = part.indexOf('\r\n\r\n');
        const headers = part.slice(0, Math.min(Math.max(end, 0), maxPartHeaderBytes));
        const name = /^content-disposition: *form-data\b[^\r\n]*; *name="([^"]*)"/im.exec(headers)?.[1];
        return { name, head: part.slice(0, end + 4), value: part.slice(end + 4) };
    });
}
/** The fields of a multipart form, decoded as UTF-8. */
const multipartFields = (body, boundary) => formPartsOf(body, boundary)
    .slice(1)
    .flatMap(({ name, value }) => (name === undefined ? [] : [[name, Buffer.from(value, 'latin1').toString('utf8')]]));
/** Whether this content type is `application/x-www-form-urlencoded`. */
export const isFormType = (contentType) => /^application\/x-www-form-urlencoded\b/i.test(contentType);
/** The boundary in a multipart form's content type. Undefined for other content types. */
export function boundaryOf(contentType) {
    const [, quoted, bare] = /^multipart\/form-data *;.*\bboundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
    return quoted ?? bare;
}
/**
 * The most form fields that are read. No sender writes that many fields. Without this limit, a body could contain so
 * many fields that reading them would take seconds.
 */
const maxFormFields = 10_000;
/** The fields of a form-encoded body, in order. Undefined if there are more than `maxFormFields`. */
export function formFieldsOf(body) {
    const text = body.toString('utf8');
    return text.split('&', maxFormFields + 1).length > maxFormFields ? undefined : pairsOf(text);
}
/** A form body as an object. Undefined if the content type is not a form's, null if the form has too many fields. */
function formObject(body, contentType) {
    if (isFormType(contentType)) {
        const fields = formFieldsOf(body);
        return fields ? fieldsObject(fields) : null;
    }
    const boundary = boundaryOf(contentType);
    return boundary === undefined ? undefined : fieldsObject(multipartFields(body, boundary));
}
/**
 * Parses a body by its content type. Undefined if the body can't be parsed. If a JSON key occurs twice, its last value
 * counts.
 */
export function documentOf(body, contentType) {
    const form = formObject(body, contentType);
    return form === undefined ? parseJson(body.toString('utf8')) : (form ?? undefined);
}
/** Stands for the value of a field if a key on the way to it occurs twice. No JSON value equals this symbol. */
export const duplicateKey = Symbol('twice');
/** The unparsed text of the value at a pointer in a JSON text. Null if a key on the way occurs twice. */
export function fieldText(json, pointer) {
    let at = json;
    for (const key of pointerKeys(pointer)) {
        // A string on the way to the value is parsed as JSON, as in `atPointer`.
        const holder = at?.trimStart().startsWith('"') ? JSON.parse(at) : at;
        if (typeof holder !== 'string' || (holder !== at && parseJson(holder) === undefined))
            return undefined;
        at = onlyMembers(holder, new Set([key])).get(key);
        if (at === null)
            return null;
    }
    return at;
}
/** Reads the fields of a text. The text must be valid JSON. */
export const jsonReader = (json) => (pointer) => {
    const text = fieldText(json, pointer);
    return typeof text === 'string' ? JSON.parse(text) : text === null ? duplicateKey : undefined;
};
/** A body as JSON text: a JSON body unchanged, a form as an object. Undefined if the body can't be parsed. */
export function jsonOf(body, contentType) {
    const form = formObject(body, contentType);
    if (form !== undefined)
        return form ? JSON.stringify(form) : undefined;
    const text = body.toString('utf8');
    return parseJson(text) === undefined ? undefined : text;
}
/**
 * Reads the fields of a body that prove something: a token, a signature, signed values, a handshake. A field does not
 * count if a key on the way to it occurs twice, in JSON or in a form. Some parsers use the first of the two values,
 * others the last. So a consumer might read a value that was not verified here.
 */
export function fieldReader(body, contentType) {
    const json = jsonOf(body, contentType);
    return json === undefined ? () => undefined : jsonReader(json);
}
