/** An event as operators read it. */
import * as z from 'zod/mini';
import { type PublicationView, publicationSchema } from '../../events/bus/publication-state.ts';
import {
  eventSummaryOf,
  eventSummarySchema,
  headersSchema,
  type StoredEvent,
  verificationKinds,
} from '../../events/event/event.ts';

/** Has `body` if the body is text that fits into the answer, otherwise `bodyBase64`. */
export const eventViewSchema = z.extend(eventSummarySchema, {
  connection: z.string(),
  provider: z.string(),
  path: z.string(),
  sourceIp: z.string(),
  /** The digest of the body. Absent if the body is withheld: a digest would confirm a guess of the token in it. */
  sha256: z.optional(z.string()),
  verifiedBy: z.enum(verificationKinds),
  bytesAltered: z.boolean(),
  expiresAt: z.iso.datetime(),
  /** The number of its replays. */
  replays: z.optional(z.int()),
  /** The time when the release of its hold published it. */
  releasedAt: z.optional(z.iso.datetime()),
  ...publicationSchema.shape,
  headers: headersSchema,
  query: z.string(),
  /** Pointers to the tokens in the body. Absent if it has none. */
  tokenIn: z.optional(z.array(z.string())),
  body: z.optional(z.string()),
  bodyBase64: z.optional(z.string()),
  /** Only if the body is withheld: why this role does not get it. */
  bodyWithheld: z.optional(z.string()),
});
export type EventView = z.infer<typeof eventViewSchema>;

/** An event in a list. */
export const listedEventSchema = z.extend(eventSummarySchema, {
  /** A list shows only the states `held` and `discarded`. To see any other state, read the event. */
  publication: z.optional(z.enum(['held', 'discarded'])),
});

/** The largest body that is shown as text, in bytes. */
const maxTextBytes = 1024 * 1024;

/**
 * The most bytes that the escaped text may take in Lambda's answer. Headers and query leave more than 5 MB of the 6 MB. The
 * text is escaped twice, as JSON in JSON, so a control character becomes seven bytes.
 */
const maxEscapedBytes = 5 * 1024 * 1024;

const isShowable = (text: string): boolean =>
  Buffer.byteLength(JSON.stringify(JSON.stringify(text))) <= maxEscapedBytes;

function shownAs(body: Buffer): { body: string } | { bodyBase64: string } {
  const text = body.length <= maxTextBytes ? body.toString('utf8') : undefined;
  // The body counts as text only if the text encodes back to the same bytes. A byte order mark or broken UTF-8 would be
  // lost otherwise.
  const isText = text !== undefined && Buffer.from(text).equals(body) && isShowable(text);
  return isText ? { body: text } : { bodyBase64: body.toString('base64') };
}

/** The reason why `flow_designer` does not get a body. */
export const bodyWithheld =
  'The body contains a token that can authorize deliveries, so only the role connection_admin gets it. Ask an operator with that role, or read the event on the bus, where the token is masked.';

/**
 * An event with its exact body.
 * @param body undefined if the body is withheld
 */
export const eventViewOf = (
  { body: _, sha256, tokenIn, ...event }: StoredEvent,
  body: Buffer | undefined,
): Omit<EventView, keyof PublicationView> => ({
  ...eventSummaryOf(event),
  ...(tokenIn.length > 0 && { tokenIn }),
  expiresAt: new Date(event.expiresAt * 1000).toISOString(),
  ...(body ? { sha256, ...shownAs(body) } : { bodyWithheld: bodyWithheld }),
});
