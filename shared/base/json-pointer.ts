/** JSON pointers (RFC 6901) into a body that a sender wrote as JSON or as a form. */
import * as z from 'zod/mini';
import { onlyMembers } from './json-text.ts';
import { schema } from './schema.ts';

/** A pointer to something inside a document, such as `/data/id`. */
export const pointerSchema = /* @__PURE__ */ schema(() =>
  z.string().check(z.regex(/^(\/([^/~]|~[01])+)+$/, 'must be a JSON pointer, such as /token'), z.maxLength(128)),
);

/** The pairs of a raw query; URLSearchParams would take a question mark at its start for no part of the first name. */
export const pairsOf = (raw: string): URLSearchParams => new URLSearchParams(`&${raw}`);

/** What a text is as JSON; undefined for what is none, since that is no value of JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What leads to the place of a pointer, from the outside in; nothing for the empty pointer, which is the whole document. */
export const pointerKeys = (pointer: string): string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What stands at a pointer, or undefined. A text on the way is read as JSON: forms carry such in a field. */
export const atPointer = (document: unknown, pointer: string): unknown =>
  pointerKeys(pointer).reduce<unknown>((at, key) => {
    const inner = typeof at === 'string' ? parseJson(at) : at;
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
      ? Reflect.get(inner, key)
      : undefined;
  }, document);

/** Whether one of two places holds the other, or both are the same. */
export const pointersOverlap = (one: string, other: string): boolean =>
  `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);

/** A form as an object; a field that is given twice is null, so that it can't be right. */
function fieldsObject(pairs: Iterable<readonly [string, string]>): Record<string, string | null> {
  const fields = new Map<string, string | null>();
  for (const [name, value] of pairs) fields.set(name, fields.has(name) ? null : value);
  return Object.fromEntries(fields);
}

/** A part of a multipart form (RFC 7578), in Latin-1: what stands before its value, and the value. */
export interface FormPart {
  /** Undefined of what is no field. */
  name: string | undefined;
  head: string;
  value: string;
}

/** The parts of a multipart form in their order; what stands between them is the boundary, after a line break. */
export function formPartsOf(body: Buffer, boundary: string): FormPart[] {
  return `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`).map((part) => {
    const end = part.indexOf('\r\n\r\n');
    // Bounded, because the search below takes the square of its length at worst.
    const headers = part.slice(0, Math.min(Math.max(end, 0), 1024));
    const name = /^content-disposition: *form-data\b[^\r\n]*; *name="([^"]*)"/im.exec(headers)?.[1];
    return { name, head: part.slice(0, end + 4), value: part.slice(end + 4) };
  });
}

/** The fields of a multipart form, as text. */
const multipartFields = (body: Buffer, boundary: string): [string, string][] =>
  formPartsOf(body, boundary)
    .slice(1)
    .flatMap(({ name, value }) => (name === undefined ? [] : [[name, Buffer.from(value, 'latin1').toString('utf8')]]));

/** Whether a body of this content type is a form-encoded one. */
export const isFormType = (contentType: string): boolean => /^application\/x-www-form-urlencoded\b/i.test(contentType);

/** The boundary of a body of this content type, if it is a multipart form. */
export function boundaryOf(contentType: string): string | undefined {
  const [, quoted, bare] = /^multipart\/form-data *;.*\bboundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  return quoted ?? bare;
}

/** More fields than any sender writes; so many more fit into a body that to read them would take seconds. */
const maxFormFields = 10_000;

/** The fields of a form-encoded body, in their order; undefined where there are more than anybody means. */
export function formFieldsOf(body: Buffer): URLSearchParams | undefined {
  const text = body.toString('utf8');
  return text.split('&', maxFormFields + 1).length > maxFormFields ? undefined : pairsOf(text);
}

/** The form that a body is by its content type; undefined if it is none, null if it has too many fields. */
function formObject(body: Buffer, contentType: string): Record<string, string | null> | null | undefined {
  if (isFormType(contentType)) {
    const fields = formFieldsOf(body);
    return fields ? fieldsObject(fields) : null;
  }
  const boundary = boundaryOf(contentType);
  return boundary === undefined ? undefined : fieldsObject(multipartFields(body, boundary));
}

/** A body as a document, by its content type; undefined if it is unreadable. Of two keys of one name the last counts. */
export function documentOf(body: Buffer, contentType: string): unknown {
  const form = formObject(body, contentType);
  return form === undefined ? parseJson(body.toString('utf8')) : (form ?? undefined);
}

/** What stands where a key on the way stands twice; it is no value of JSON. */
export const duplicateKey = Symbol('twice');

/** Reads what stands at a pointer: undefined where nothing does, `twice` where a key on the way stands twice. */
export type FieldReader = (pointer: string) => unknown;

/** What stands at a pointer in a JSON text, as it is written there; null where a key on the way stands twice. */
export function fieldText(json: string, pointer: string): string | null | undefined {
  let at: string | null | undefined = json;
  for (const key of pointerKeys(pointer)) {
    // A text on the way is read as JSON, as `atPointer` does.
    const holder: unknown = at?.trimStart().startsWith('"') ? JSON.parse(at) : at;
    if (typeof holder !== 'string' || (holder !== at && parseJson(holder) === undefined)) return undefined;
    at = onlyMembers(holder, new Set([key])).get(key);
    if (at === null) return null;
  }
  return at;
}

/** Reads the fields of a text that is known to be JSON. */
export const jsonReader =
  (json: string): FieldReader =>
  (pointer) => {
    const text = fieldText(json, pointer);
    return typeof text === 'string' ? JSON.parse(text) : text === null ? duplicateKey : undefined;
  };

/** A body as JSON text, by its content type: as it came, or a form written as an object; undefined if it is unreadable. */
export function jsonOf(body: Buffer, contentType: string): string | undefined {
  const form = formObject(body, contentType);
  if (form !== undefined) return form ? JSON.stringify(form) : undefined;
  const text = body.toString('utf8');
  return parseJson(text) === undefined ? undefined : text;
}

/**
 * Reads the fields of a body that prove something: a token, a signature, what is signed, a handshake. No field counts
 * if a key on the way to it stands twice, in JSON as in a form. Parsers differ in which of the two they take, so what is
 * proved here might not be what a consumer reads.
 */
export function fieldReader(body: Buffer, contentType: string): FieldReader {
  const json = jsonOf(body, contentType);
  return json === undefined ? () => undefined : jsonReader(json);
}
