/** Makes the event of an accepted delivery. */

import { hash } from 'node:crypto';
import { secondsPerDay } from '../base/time.ts';
import { redact } from '../credential/redaction.ts';
import { credentialsInBody, type Placement } from '../credential/token-placement.ts';
import { deliveryIdFrom, deliveryMetadataOf, type MetadataLocation } from '../settings/delivery-metadata.ts';
import type { Dedupe } from '../settings/settings.ts';
import type { Batch } from '../settings/split.ts';
import { bodyKeyOf, maxInlineBytes } from './body.ts';
import type { StoredEvent, Verification } from './event.ts';
import { eventIdFor } from './event-id.ts';

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

/**
 * Whether API Gateway changed the bytes. It passes text as a string, and bytes that are not UTF-8 are replaced there, which
 * makes the body longer.
 */
function isAltered({ headers, body }: Delivery): boolean {
  const length = headers['content-length'];
  return length !== undefined && /^\d+$/.test(length) && Number(length) !== body.length;
}

/** The connection and endpoint of a delivery, with what its event needs of them. */
export interface Receiver {
  connection: { id: string; name: string; provider: string };
  endpoint: {
    id: string;
    /** The id of the hold in force. */
    hold: string | null;
    /** Where a token is accepted, and so may be in the delivery. */
    accept: readonly Placement[];
    dedupe: Dedupe;
    /** Where the type may be. The first location that has one counts. */
    types: readonly MetadataLocation[];
    /** How the relay splits the event. If it is undefined, the event stays whole. */
    batch: Batch | undefined;
    retentionDays: number;
  };
}

/** The longest content type that is stored, in characters. */
const maxContentTypeLength = 256;

/**
 * Makes the event of an accepted delivery, redacted.
 * @param randomId the event's id if the delivery has no delivery id
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
    ...(contentType ? { contentType: contentType.slice(0, maxContentTypeLength) } : {}),
    sourceIp: delivery.sourceIp,
    size: delivery.body.length,
    tokenId,
    verifiedBy,
    bytesAltered: isAltered(delivery),
    expiresAt: Math.floor(now.getTime() / 1000) + endpoint.retentionDays * secondsPerDay,
    tokenIn: [...new Set(inBody.map(({ place }) => place.slice('body '.length)))],
    headers,
    query,
    ...bodyFieldsOf(delivery.body, { connectionId: connection.id, id }, endpoint.retentionDays),
  };
}

/** The body itself, or its key in the bodies bucket if it is large. */
function bodyFieldsOf(
  body: Buffer,
  event: { connectionId: string; id: string },
  retentionDays: number,
): Pick<StoredEvent, 'sha256' | 'body' | 'bodyKey'> {
  const sha256 = hash('sha256', body);
  if (body.length <= maxInlineBytes) return { sha256, body: body };
  return { sha256, body: Buffer.alloc(0), bodyKey: bodyKeyOf({ ...event, sha256 }, retentionDays) };
}

/** The same delivery as a separate event. Its delivery id belongs to an event with other bytes, and nothing may be lost. */
export const conflictingEventOf = (event: StoredEvent): StoredEvent => ({
  ...event,
  // From the first event's id, which was made of the whole delivery id. The stored delivery id may be cut.
  id: eventIdFor(event.connectionId, event.id, event.sha256),
  conflictsWith: event.id,
});
