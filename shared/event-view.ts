/** An event as operators read it. */
import * as z from 'zod/mini';
import { type Envelope, eventSummarySchema, headersSchema, proofs, type StoredEvent, summaryOf } from './event.ts';

/** `body` where it is text that an answer can hold, else `bodyBase64`. */
export const eventViewSchema = z.extend(eventSummarySchema, {
  connection: z.string(),
  provider: z.string(),
  path: z.string(),
  sourceIp: z.string(),
  sha256: z.string(),
  verifiedBy: z.enum(proofs),
  bytesAltered: z.boolean(),
  expiresAt: z.iso.datetime(),
  /** How often it was replayed. */
  replays: z.optional(z.int()),
  headers: headersSchema,
  query: z.string(),
  body: z.optional(z.string()),
  bodyBase64: z.optional(z.string()),
});
export type EventView = z.infer<typeof eventViewSchema>;

/** The largest body that is shown as text, in bytes. */
const maxTextBytes = 1024 * 1024;

/**
 * What a text may come to in Lambda's answer, in bytes: of its 6 MB the headers and the query leave more than 5. The text is
 * escaped twice on its way, as JSON within JSON, and a control character grows to seven bytes by that.
 */
const maxEscapedBytes = 5 * 1024 * 1024;

const isShowable = (text: string): boolean =>
  Buffer.byteLength(JSON.stringify(JSON.stringify(text))) <= maxEscapedBytes;

function shownAs(body: Buffer): { body: string } | { bodyBase64: string } {
  const text = body.length <= maxTextBytes ? body.toString('utf8') : undefined;
  // Only what encodes back to the same bytes is text; a byte order mark and broken UTF-8 are not lost that way.
  const isText = text !== undefined && Buffer.from(text, 'utf8').equals(body) && isShowable(text);
  return isText ? { body: text } : { bodyBase64: body.toString('base64') };
}

/** An event with its exact body. */
export const eventViewOf = (event: StoredEvent, envelope: Envelope, body: Buffer): EventView => ({
  ...summaryOf(event),
  expiresAt: new Date(event.expiresAt * 1000).toISOString(),
  ...envelope,
  ...shownAs(body),
});
