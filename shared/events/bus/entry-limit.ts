/**
 * Whether the body of an event fits into its entry on the bus. Some regions take 256 KB in a call, and refuse a larger entry
 * for good. So an event keeps its body only if each entry that the relay can make of it fits.
 */

import type { Batch } from '../../endpoints/settings/split.ts';
import type { StoredEvent } from '../event/event.ts';
import { entryBytes, entryOf, itemsBy } from './publication.ts';

/** The largest entry of an event whose body is in its item, in bytes as EventBridge counts them. */
export const maxEntryBytes = 256_000;

/**
 * A body of up to this many bytes always fits. As Base64 it has 87,384 bytes. The request's line and headers have at most
 * 10,240 bytes, a limit of API Gateway. Written as JSON, a byte takes at most six, and a value that is redacted nine more.
 * The other fields take less than 20,000 bytes.
 */
const alwaysFits = 64 * 1024;

/** What one masked token takes more than the token itself, which may be a short text. */
const maskBytes = 16;

/** What the fields of one item take at most: its id, type and delivery id, and its position. */
const itemFieldBytes = 4_096;

const base64Bytes = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/** The bytes of the largest text that goes into one entry: an item of a split event, or else the body. */
function largestPart({ split, contentType = '', body }: StoredEvent): number {
  // The event was made a moment ago, so its `split` is a batch.
  const batch = split === undefined ? undefined : (JSON.parse(split) as Batch);
  const items = batch && itemsBy(batch, contentType, body)?.map(({ text }) => Buffer.byteLength(text) + itemFieldBytes);
  return items ? Math.max(...items) : body.length;
}

/**
 * The bytes of the largest entry of an event, now or after any number of replays. Base64 is the larger form of a body, and
 * the relay falls back to it if the bus calls JSON malformed. With `raw`, the entry has both. What is
 * no JSON is there once, and counts the same: whether it is would have to be parsed.
 */
function largestEntryBytes(event: StoredEvent): number {
  const { tokenIn, id, conflictsWith = id } = event;
  const masks = tokenIn.length * maskBytes;
  const publication = { event: { ...event, conflictsWith }, replay: Number.MAX_SAFE_INTEGER };
  const bytes = largestPart(event) + masks;
  return entryBytes(entryOf(publication, '"data":,"dataBase64":""')) + base64Bytes(bytes) + (event.raw ? bytes : 0);
}

/** Whether the body of an event can stay in its item. */
export const fitsInEntry = (event: StoredEvent): boolean =>
  (!event.raw && event.body.length <= alwaysFits) || largestEntryBytes(event) <= maxEntryBytes;
