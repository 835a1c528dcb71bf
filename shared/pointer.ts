/** JSON pointers (RFC 6901) into a body that a sender wrote as JSON or as a form. */
import * as z from 'zod/mini';

/** A pointer to something inside a document, such as `/data/id`. */
export const pointerSchema = z
  .string()
  .check(z.regex(/^(\/([^/~]|~[01])+)+$/, 'must be a JSON pointer, such as /token'), z.maxLength(128));

/** The pairs of a raw query; URLSearchParams would take a question mark at its start for no part of the first name. */
export const pairsOf = (raw: string): URLSearchParams => new URLSearchParams(`&${raw}`);

/** What stands at a pointer, or undefined. */
export function atPointer(document: unknown, pointer: string): unknown {
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
      document,
    );
}

/** A form as an object; a field that is given twice is null, so that it can't be right. */
function formOf(text: string): Record<string, string | null> {
  const fields = new Map<string, string | null>();
  for (const [name, value] of pairsOf(text)) fields.set(name, fields.has(name) ? null : value);
  return Object.fromEntries(fields);
}

/** A body as a document, by its content type; undefined if it is unreadable. */
export function documentOf(body: Buffer, contentType: string): unknown {
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return formOf(body.toString('utf8'));
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
