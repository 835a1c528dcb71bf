/** An event: one accepted webhook, kept with its exact bytes. */

import { hash, randomFillSync } from 'node:crypto';
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';
import { redact } from '../credential/redaction.ts';
import { credentialsInBody, type Placement } from '../credential/token-placement.ts';
import { deliveryIdFrom, deliveryMetadataOf, type MetadataLocation } from '../settings/delivery-metadata.ts';
import type { Dedupe } from '../settings/settings.ts';
import type { Batch } from '../settings/split.ts';
import type { ReplayGuard } from '../signature/certificate-scheme.ts';
import { bodyKeyOf, maxInlineBytes } from './body.ts';

/** The form of an event's id. */
export const eventIdForm = /^evt_[0-9a-z]{26}$/;

// Crockford's base32: no letter that can be read as a digit.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

const idLength = 26;
const drawn = Buffer.alloc(idLength * 64);
let used = drawn.length;

/** Random bytes for one id. Drawn for many at once: asking the system costs more than all the rest of an id. */
function draw(): Uint8Array {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += idLength;
  return drawn.subarray(used - idLength, used);
}

/** An event id of 130 bits. @param random at least 26 bytes */
export function randomEventId(random: Uint8Array = draw()): string {
  let id = 'evt_';
  for (const byte of random.subarray(0, idLength)) id += alphabet.charAt(byte % 32);
  return id;
}

/**
 * The id of the event that a delivery id stands for: the same for every repeat, so that the primary key decides what is a
 * duplicate. With a digest it is the id of a delivery that bears the same delivery id and other bytes.
 */
export function eventIdFor(connectionId: string, deliveryId: string, digest?: string): string {
  // As JSON, no delivery id can look like another one with a digest.
  return randomEventId(hash('sha256', JSON.stringify([connectionId, deliveryId, digest]), 'buffer'));
}

/** The id of the event that a test makes. @param digest of the test's nonce */
export const testEventId = (connectionId: string, digest: string): string => eventIdFor(connectionId, digest, 'test');

/** What a list shows of an event as it is stored. */
const listedSchema = /* @__PURE__ */ schema(() =>
  z.object({
    id: z.string(),
    endpointId: z.string(),
    receivedAt: z.iso.datetime(),
    type: z.string(),
    method: z.string(),
    contentType: z.optional(z.string()),
    size: z.int(),
    tokenId: z.string(),
    deliveryId: z.optional(z.string()),
    /** The event that came first with this delivery id and other bytes. */
    conflictsWith: z.optional(z.string()),
    /** The endpoint deduplicates, and this delivery had nothing to do it by. */
    dedupeMissing: z.optional(z.boolean()),
    /** The id of the hold that it came under; gone once it is released. */
    held: z.optional(z.string()),
    /** An operator's test made it. */
    test: z.optional(z.boolean()),
  }),
);

/** An event in a list. */
export const eventSummarySchema = /* @__PURE__ */ schema(() =>
  z.extend(listedSchema, {
    /** It is not published until its hold is released. */
    held: z.optional(z.literal(true)),
  }),
);
export type EventSummary = z.infer<typeof eventSummarySchema>;

/** A row of the index: what a list shows, and what those who go through a list have to know. */
export const eventRowSchema = /* @__PURE__ */ schema(() =>
  z.extend(listedSchema, {
    /** The id of the hold that it came under; gone once it is released. */
    held: z.optional(z.string()),
    /** Epoch seconds; DynamoDB deletes the event some time after. */
    expiresAt: z.int(),
    /** The write units that a change of the item costs. */
    units: z.int(),
  }),
);
export type EventRow = z.infer<typeof eventRowSchema>;

/** An event as a list shows it: that it is held, and not by which hold. */
export const eventSummaryOf = <Event extends { held?: string | undefined }>({ held, ...shown }: Event) => ({
  ...shown,
  ...(held === undefined ? {} : { held: true as const }),
});

/** What a delivery proved itself by. */
export const verificationKinds = ['token', 'signature', 'both'] as const;

/** A proof that holds: by what, and by which version of the endpoint's secret. */
export interface Verification {
  verifiedBy: (typeof verificationKinds)[number];
  tokenId: string;
  /** The version that the signature was made with; absent where it was made with no secret of the endpoint's. */
  signedBy?: string | undefined;
  /** Where the signature does not prove the body's bytes: the delivery must be the first with its signed id. */
  replayGuard?: ReplayGuard | undefined;
}

const isHeaders = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');

/** Headers by their names. A record of zod's would drop the name `__proto__`, which a sender can choose. */
export const headersSchema = /* @__PURE__ */ schema(() => z.custom<Record<string, string>>(isHeaders));

/** A stored event. How the table keeps it is in `event-item.ts`. */
export const storedEventSchema = /* @__PURE__ */ schema(() =>
  z.extend(z.omit(eventRowSchema, { units: true }), {
    connectionId: z.string(),
    /** The connection's name and provider, which the relay publishes without a read of the connection. */
    connection: z.string(),
    provider: z.string(),
    /** API Gateway's id of the request that stored it; tells a repeated write from a repeated delivery. */
    requestId: z.string(),
    path: z.string(),
    sourceIp: z.string(),
    sha256: z.string(),
    verifiedBy: z.enum(verificationKinds),
    bytesAltered: z.boolean(),
    /** How often it was published again. */
    replays: z.optional(z.int()),
    /** When its release took the mark of its hold away. */
    releasedAt: z.optional(z.iso.datetime()),
    /** Pointers to where the body holds a token, or did where one was accepted before. Absent of what an older version stored. */
    tokenIn: z.optional(z.array(z.string())),
    headers: headersSchema,
    query: z.string(),
    /** Empty if the body is in the bodies bucket. */
    body: z.custom<Buffer>((value) => value instanceof Uint8Array),
    /** Where the body is in the bodies bucket, if it is large. */
    bodyKey: z.optional(z.string()),
    /** What the relay splits it by, as the JSON of a `Batch`, so that it asks neither the connection nor the presets. */
    split: z.optional(z.string()),
    /** Only of a test: it does not go to the bus by itself. */
    quiet: z.optional(z.boolean()),
  }),
);
export type StoredEvent = z.infer<typeof storedEventSchema>;

/** A delivery as API Gateway describes it, with the bytes of its body. */
export interface Delivery {
  method: string;
  headers: Record<string, string | undefined>;
  rawQueryString: string;
  rest: string | undefined;
  sourceIp: string;
  requestId: string;
  body: Buffer;
}

/** API Gateway hands text over as a string; what was no UTF-8 there is already replaced, and longer. */
function isAltered({ headers, body }: Delivery): boolean {
  const length = headers['content-length'];
  return length !== undefined && /^\d+$/.test(length) && Number(length) !== body.length;
}

/** Where a delivery arrived, as far as the event of it depends on that. */
export interface Receiver {
  connection: { id: string; name: string; provider: string };
  endpoint: {
    id: string;
    /** The id of the hold that is in force. */
    hold: string | null;
    /** Where a token is accepted, and so may stand. */
    accept: readonly Placement[];
    dedupe: Dedupe;
    /** Where the type stands; the first place that has one counts. */
    types: readonly MetadataLocation[];
    /** What the relay splits it by; nothing is split without. */
    batch: Batch | undefined;
    retentionDays: number;
  };
}

/**
 * Makes the event of an accepted delivery, redacted.
 * @param randomId its id, unless a delivery id makes one
 */
export function eventOf(
  delivery: Delivery,
  { connection, endpoint }: Receiver,
  { tokenId, verifiedBy }: Verification,
  randomId: string,
  now: Date,
): StoredEvent {
  const { accept, dedupe, batch } = endpoint;
  const inBody = credentialsInBody(accept, delivery.body, delivery.headers['content-type'] ?? '');
  const { headers, query, path } = redact(accept, delivery, inBody);
  const contentType = headers['content-type'];
  const { deliveryId, type } = deliveryMetadataOf({ headers, body: delivery.body, accept }, endpoint);
  const id = deliveryId === undefined ? randomId : eventIdFor(connection.id, deliveryId);
  return {
    id,
    connectionId: connection.id,
    connection: connection.name,
    provider: connection.provider,
    ...(endpoint.hold === null ? {} : { held: endpoint.hold }),
    endpointId: endpoint.id,
    receivedAt: now.toISOString(),
    requestId: delivery.requestId,
    type,
    method: delivery.method,
    path,
    ...(deliveryId === undefined ? {} : { deliveryId: deliveryIdFrom(deliveryId) }),
    ...(deliveryId === undefined && dedupe.by !== 'none' ? { dedupeMissing: true } : {}),
    ...(batch === undefined ? {} : { split: JSON.stringify(batch) }),
    ...(contentType ? { contentType: contentType.slice(0, 256) } : {}),
    sourceIp: delivery.sourceIp,
    size: delivery.body.length,
    tokenId,
    verifiedBy,
    bytesAltered: isAltered(delivery),
    expiresAt: Math.floor(now.getTime() / 1000) + endpoint.retentionDays * 86_400,
    tokenIn: [...new Set(inBody.map(({ place }) => place.slice('body '.length)))],
    headers,
    query,
    ...keptIn(delivery.body, { connectionId: connection.id, id }, endpoint.retentionDays),
  };
}

/** Where the body goes: with the event, or under a key of its own. */
function keptIn(
  body: Buffer,
  event: { connectionId: string; id: string },
  retentionDays: number,
): Pick<StoredEvent, 'sha256' | 'body' | 'bodyKey'> {
  const sha256 = hash('sha256', body);
  if (body.length <= maxInlineBytes) return { sha256, body: body };
  return { sha256, body: Buffer.alloc(0), bodyKey: bodyKeyOf({ ...event, sha256 }, retentionDays) };
}

/** The same delivery as an event of its own, because its delivery id was taken by other bytes: nothing may be lost. */
export const conflictingEventOf = (event: StoredEvent): StoredEvent => ({
  ...event,
  // From the first id, which all of the delivery id went into; what is shown of it may be cut.
  id: eventIdFor(event.connectionId, event.id, event.sha256),
  conflictsWith: event.id,
});
