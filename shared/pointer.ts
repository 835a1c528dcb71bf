/** JSON pointers (RFC 6901) into a body that a sender wrote as JSON or as a form. */
import * as z from 'zod/mini';
import { schema } from './schema.ts';

/** A pointer to something inside a document, such as `/data/id`. */
export const pointerSchema = /* @__PURE__ */ schema(() =>
  z.string().check(z.regex(/^(\/([^/~]|~[01])+)+$/, 'must be a JSON pointer, such as /token'), z.maxLength(128)),
);

/** The pairs of a raw query; URLSearchParams would take a question mark at its start for no part of the first name. */
export const pairsOf = (raw: string): URLSearchParams => new URLSearchParams(`&${raw}`);

/** What a text is as JSON; undefined for what is none, since that is no value of JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What leads to the place of a pointer, from the outside in; nothing for the empty pointer, which is the whole document. */
export const keysOf = (pointer: string): string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What stands at a pointer, or undefined. A text on the way is read as JSON: forms carry such in a field. */
export const atPointer = (document: unknown, pointer: string): unknown =>
  keysOf(pointer).reduce<unknown>((at, key) => {
    const inner = typeof at === 'string' ? parsed(at) : at;
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
      ? Reflect.get(inner, key)
      : undefined;
  }, document);

/** Whether one of two places holds the other, or both are the same. */
export const overlaps = (one: string, other: string): boolean =>
  `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);

/** A form as an object; a field that is given twice is null, so that it can't be right. */
function formOf(pairs: Iterable<readonly [string, string]>): Record<string, string | null> {
  const fields = new Map<string, string | null>();
  for (const [name, value] of pairs) fields.set(name, fields.has(name) ? null : value);
  return Object.fromEntries(fields);
}

/** The fields of a multipart form (RFC 7578), as text. */
function partsOf(body: Buffer, boundary: string): [string, string][] {
  const [, ...parts] = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`);
  return parts.flatMap((part): [string, string][] => {
    const end = part.indexOf('\r\n\r\n');
    // Bounded, because the search below takes the square of its length at worst.
    const headers = part.slice(0, Math.min(Math.max(end, 0), 1024));
    const name = /^content-disposition: *form-data\b[^\r\n]*; *name="([^"]*)"/im.exec(headers)?.[1];
    return name === undefined ? [] : [[name, Buffer.from(part.slice(end + 4), 'latin1').toString('utf8')]];
  });
}

/** More fields than any sender writes; so many more fit into a body that to read them would take seconds. */
const mostFields = 10_000;

/** The fields of a form-encoded body, in their order; undefined where there are more than anybody means. */
export function fieldsOf(body: Buffer): URLSearchParams | undefined {
  const text = body.toString('utf8');
  return text.split('&', mostFields + 1).length > mostFields ? undefined : pairsOf(text);
}

/** A body as a document, by its content type; undefined if it is unreadable. */
export function documentOf(body: Buffer, contentType: string): unknown {
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    const fields = fieldsOf(body);
    return fields && formOf(fields);
  }
  const [, quoted, boundary = quoted] =
    /^multipart\/form-data *;.*\bboundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  return boundary === undefined ? parsed(body.toString('utf8')) : formOf(partsOf(body, boundary));
}
