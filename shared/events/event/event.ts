/** An event: one accepted webhook, stored with its exact bytes. `event-item.ts` says how the table stores it. */

import * as z from 'zod/mini';
import type { ReplayGuard } from '../../endpoints/signature/certificate-scheme.ts';
import type { Scheme } from '../../endpoints/signature/scheme.ts';
import { schema } from '../../ground/base/schema.ts';

/** The fields that a list shows, as they are stored. */
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
    /** The id of the first event with this delivery id. The first event has other bytes. */
    conflictsWith: z.optional(z.string()),
    /** The endpoint deduplicates, but this arrival has no delivery id. */
    dedupeMissing: z.optional(z.boolean()),
    /** The id of the hold that was in force at its arrival. The release removes it. */
    held: z.optional(z.string()),
    /** An operator's test made it. */
    test: z.optional(z.boolean()),
  }),
);

/** An event in a list. */
export const eventSummarySchema = /* @__PURE__ */ schema(() =>
  z.extend(listedSchema, {
    /** The event is published only when its hold is released. */
    held: z.optional(z.literal(true)),
  }),
);
export type EventSummary = z.infer<typeof eventSummarySchema>;

/** A row of the index: the fields that a list shows, and those that replays and counts need. */
export const eventRowSchema = /* @__PURE__ */ schema(() =>
  z.extend(listedSchema, {
    /** Epoch seconds. DynamoDB deletes the event some time later. */
    expiresAt: z.int(),
    /** The write units of an update of the item. */
    units: z.int(),
  }),
);
export type EventRow = z.infer<typeof eventRowSchema>;

/** The position of an event in lists: they go on after it. It is the sort key of the event's row. */
export const positionOf = ({ receivedAt, id }: Pick<EventRow, 'receivedAt' | 'id'>): string => `${receivedAt}#${id}`;

/** An event as a list shows it. The list shows that it is held, but not the hold's id. */
export const eventSummaryOf = <Event extends { held?: string | undefined }>({ held, ...shown }: Event) => ({
  ...shown,
  ...(held === undefined ? {} : { held: true as const }),
});

/** The ways in which an arrival can be verified. */
export const verificationKinds = ['token', 'signature', 'both'] as const;

/** The way in which an arrival was verified. */
export interface Verification {
  verifiedBy: (typeof verificationKinds)[number];
  /** The version of the endpoint's secret. */
  tokenId: string;
  /** The version that the signature was made with. Absent if the signature needs no secret of the endpoint. */
  signedBy?: string | undefined;
  /** The scheme of the signature. It says which delivery id is signed. */
  scheme?: Scheme | undefined;
  /** Present if the signature does not cover the body's bytes. The arrival must then be the first with its signed id. */
  replayGuard?: ReplayGuard | undefined;
}

const isHeaders = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');

/** Headers by name. A zod record would drop the name `__proto__`, which a sender can send. */
export const headersSchema = /* @__PURE__ */ schema(() => z.custom<Record<string, string>>(isHeaders));

export const storedEventSchema = /* @__PURE__ */ schema(() =>
  z.extend(z.omit(eventRowSchema, { units: true }), {
    connectionId: z.string(),
    /** The connection's name and provider. The relay publishes them without reading the connection. */
    connection: z.string(),
    provider: z.string(),
    /**
     * API Gateway's id of the request that stored the event. This id distinguishes a repeated write from a repeated
     * arrival.
     */
    requestId: z.string(),
    path: z.string(),
    sourceIp: z.string(),
    sha256: z.string(),
    verifiedBy: z.enum(verificationKinds),
    bytesAltered: z.boolean(),
    /** The number of times that it was published again. */
    replays: z.optional(z.int()),
    /** The time when the release removed its hold. */
    releasedAt: z.optional(z.iso.datetime()),
    /** Pointers to the tokens in the body, for placements that are or were accepted. */
    tokenIn: z.array(z.string()),
    /**
     * The names of the headers that the verified signature was read from, with those that it covers. Absent without one, and on events of before
     * this field.
     */
    signedIn: z.optional(z.array(z.string())),
    headers: headersSchema,
    query: z.string(),
    /** Empty if the body is in the bodies bucket. */
    body: z.custom<Buffer>((value) => value instanceof Uint8Array),
    /** The key in the bodies bucket, for a large body. */
    bodyKey: z.optional(z.string()),
    /**
     * The setting by which the relay splits it: a `Batch` as JSON. The relay then needs neither the connection nor the
     * presets.
     */
    split: z.optional(z.string()),
    /** The setting at the time: the relay publishes the bytes of a JSON body too. */
    raw: z.optional(z.boolean()),
    /**
     * The version of the routes that were in force when it arrived, or when the job began that replays or releases it. Absent if the
     * connection had none.
     */
    routes: z.optional(z.string()),
    /** Only on the event of a test. The event of a test is published only if an operator replays it. */
    quiet: z.optional(z.boolean()),
  }),
);
export type StoredEvent = z.infer<typeof storedEventSchema>;

/** Whether the body contains a token, which may be live. */
export const bodyHoldsToken = ({ tokenIn }: Pick<StoredEvent, 'tokenIn'>): boolean => tokenIn.length > 0;
