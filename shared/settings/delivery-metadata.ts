/** The labels that a sender gives a delivery: its delivery id and its type. They are shown everywhere, so no secret is one. */
import { hash } from 'node:crypto';
import { atPointer, documentOf, pointersOverlap } from '../base/json-pointer.ts';
import { redacted, redactTokens } from '../credential/redaction.ts';
import type { Placement } from '../credential/token-placement.ts';
import type { Dedupe } from './settings.ts';
import type { ValueLocation } from './value-location.ts';

/** A place that a label is read from. */
export type MetadataLocation = Exclude<ValueLocation, { in: 'query' }>;

/** The longest type, in characters: EventBridge takes no longer one. */
const maxTypeLength = 128;

/** The longest delivery id that is shown, in characters; all of it counts for the event's id. */
const maxShownIdLength = 256;

/** A text or a number as a label, without what has a token's form; undefined when nothing is left. */
function metadataOf(found: unknown): string | undefined {
  const text = typeof found === 'string' || typeof found === 'number' ? redactTokens(String(found)) : '';
  return text === '' || text === redacted ? undefined : text;
}

/** What was found where a type stands, as a type. */
export function typeFrom(found: unknown): string | undefined {
  // A surrogate pair that was cut can not be stored.
  const type = metadataOf(found)?.trim().slice(0, maxTypeLength).toWellFormed();
  return type === '' ? undefined : type;
}

/** What was found where a delivery id stands, as it is shown. */
export const deliveryIdFrom = (found: unknown): string | undefined =>
  metadataOf(found)?.slice(0, maxShownIdLength).toWellFormed();

/** What can be read of a delivery. */
interface ReadableDelivery {
  /** As they may be stored. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** Where its endpoint accepts a token. */
  accept: readonly Placement[];
}

/** Reads labels: the body is parsed for the first that is in it, and not again. */
function metadataReader({ headers, body, accept }: ReadableDelivery): (place: MetadataLocation) => unknown {
  let parsed: { document: unknown } | undefined;
  return (place) => {
    if (place.in === 'header') return Object.hasOwn(headers, place.name) ? headers[place.name] : undefined;
    // An adopted token has no form that could be known again, so nothing is read around one.
    if (accept.some((one) => one.in === 'body' && pointersOverlap(one.path, place.path))) return undefined;
    parsed ??= { document: documentOf(body, headers['content-type'] ?? '') };
    return atPointer(parsed.document, place.path);
  };
}

/** What makes a delivery the same as its repeats; undefined when it has nothing of the kind. */
function deliveryIdOf(dedupe: Dedupe, body: Buffer, read: ReturnType<typeof metadataReader>): string | undefined {
  if (dedupe.by === 'none') return undefined;
  if (dedupe.by === 'content') return hash('sha256', body);
  return metadataOf(
    read(dedupe.by === 'header' ? { in: 'header', name: dedupe.name } : { in: 'body', path: dedupe.path }),
  );
}

/** The type of the first place that has one. */
function firstType(places: readonly MetadataLocation[], read: ReturnType<typeof metadataReader>): string | undefined {
  for (const place of places) {
    const type = typeFrom(read(place));
    if (type !== undefined) return type;
  }
  return undefined;
}

/**
 * Reads a delivery's labels.
 * @param wanted by what it is the same as its repeats, and where its type stands; the first place that has one counts
 * @returns the whole delivery id, which makes the event's id; and a type of at most 128 characters, `webhook` without one
 */
export function deliveryMetadataOf(
  readable: ReadableDelivery,
  wanted: { dedupe: Dedupe; types: readonly MetadataLocation[] },
): { deliveryId: string | undefined; type: string } {
  const read = metadataReader(readable);
  return {
    deliveryId: deliveryIdOf(wanted.dedupe, readable.body, read),
    type: firstType(wanted.types, read) ?? 'webhook',
  };
}
