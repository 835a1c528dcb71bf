/** Makes the event of an accepted arrival. */

import { hash } from 'node:crypto';
import { redact } from '../../endpoints/credential/redaction.ts';
import { credentialsInBody, type Placement } from '../../endpoints/credential/token-placement.ts';
import {
  deliveryIdFrom,
  deliveryMetadataOf,
  type MetadataLocation,
} from '../../endpoints/settings/delivery-metadata.ts';
import type { Dedupe } from '../../endpoints/settings/settings.ts';
import type { Batch } from '../../endpoints/settings/split.ts';
import { secondsPerDay } from '../../ground/base/time.ts';
import { bodyKeyOf, maxInlineBytes } from './body-place.ts';
import type { StoredEvent, Verification } from './event.ts';
import { eventIdFor } from './event-id.ts';

/** An arrival as API Gateway describes it, with the bytes of its body. */
export interface Arrival {
  method: string;
  headers: Record<string, string | undefined>;
  rawQueryString: string;
  rest: string | undefined;
  sourceIp: string;
  requestId: string;
  body: Buffer;
}

/**
 * Whether API Gateway changed the bytes. API Gateway passes text as a string. API Gateway replaces bytes that are not
 * UTF-8, and the body gets longer.
 */
export function isAltered({ headers, body }: Pick<Arrival, 'headers' | 'body'>): boolean {
  const length = headers['content-length'];
  return length !== undefined && /^\d+$/.test(length) && Number(length) !== body.length;
}

/** The fields of the connection and the endpoint that an event needs. */
export interface Receiver {
  connection: {
    id: string;
    name: string;
    provider: string;
    /** The version of its routes. */
    routes?: string | undefined;
  };
  endpoint: {
    id: string;
    /** The id of the hold in force. */
    hold: string | null;
    /** The placements where the endpoint accepts a token. The arrival may have one there. */
    accept: readonly Placement[];
    dedupe: Dedupe;
    /** The locations where the type may be. The first location with a value gives the type. */
    types: readonly MetadataLocation[];
    /** The setting by which the relay splits the event. If the setting is undefined, the event stays whole. */
    batch: Batch | undefined;
    /** Whether the relay publishes the bytes of a JSON body too. */
    raw: boolean;
    retentionDays: number;
  };
}

/** The longest content type that is stored, in characters. */
const maxContentTypeLength = 256;

/**
 * Makes the redacted event of an accepted arrival.
 * @param randomId the event's id if the arrival has no delivery id
 */
export function eventOf(
  arrival: Arrival,
  { connection, endpoint }: Receiver,
  { tokenId, verifiedBy }: Verification,
  randomId: string,
  now: Date,
): StoredEvent {
  const { accept, dedupe, batch, raw } = endpoint;
  const inBody = credentialsInBody(accept, arrival.body, arrival.headers['content-type'] ?? '');
  const { headers, query, path } = redact(accept, arrival, inBody);
  const contentType = headers['content-type'];
  const { deliveryId, type } = deliveryMetadataOf({ headers, body: arrival.body, accept }, endpoint);
  const id = deliveryId === undefined ? randomId : eventIdFor(connection.id, deliveryId);
  return {
    id,
    connectionId: connection.id,
    connection: connection.name,
    provider: connection.provider,
    ...(endpoint.hold === null ? {} : { held: endpoint.hold }),
    endpointId: endpoint.id,
    receivedAt: now.toISOString(),
    requestId: arrival.requestId,
    type,
    method: arrival.method,
    path,
    ...(deliveryId === undefined ? {} : { deliveryId: deliveryIdFrom(deliveryId) }),
    ...(deliveryId === undefined && dedupe.by !== 'none' ? { dedupeMissing: true } : {}),
    ...(batch === undefined ? {} : { split: JSON.stringify(batch) }),
    ...(raw ? { raw } : {}),
    ...(connection.routes === undefined ? {} : { routes: connection.routes }),
    ...(contentType ? { contentType: contentType.slice(0, maxContentTypeLength) } : {}),
    sourceIp: arrival.sourceIp,
    size: arrival.body.length,
    tokenId,
    verifiedBy,
    bytesAltered: isAltered(arrival),
    expiresAt: Math.floor(now.getTime() / 1000) + endpoint.retentionDays * secondsPerDay,
    tokenIn: [...new Set(inBody.map(({ place }) => place.slice('body '.length)))],
    headers,
    query,
    ...bodyFieldsOf(arrival.body, { connectionId: connection.id, id }, endpoint.retentionDays),
  };
}

/** The body itself, or its key in the bodies bucket if it is large. */
function bodyFieldsOf(
  body: Buffer,
  event: { connectionId: string; id: string },
  retentionDays: number,
): Pick<StoredEvent, 'sha256' | 'body' | 'bodyKey'> {
  const sha256 = hash('sha256', body);
  return body.length <= maxInlineBytes
    ? { sha256, body }
    : { sha256, ...inBucket({ ...event, sha256 }, retentionDays) };
}

/** The fields of an event whose body is in the bodies bucket. */
export const inBucket = (event: { connectionId: string; id: string; sha256: string }, retentionDays: number) => ({
  body: Buffer.alloc(0),
  bodyKey: bodyKeyOf(event, retentionDays),
});

/**
 * The same arrival as a separate event. Another event with other bytes already has the delivery id, and no arrival
 * may be lost.
 */
export const conflictingEventOf = (event: StoredEvent): StoredEvent => ({
  ...event,
  // Made from the first event's id, because that id comes from the whole delivery id. The stored delivery id may be
  // shortened.
  id: eventIdFor(event.connectionId, event.id, event.sha256),
  conflictsWith: event.id,
});
