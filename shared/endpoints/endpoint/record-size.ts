/**
 * Checks the size of a connection's record. Settings are measured together with everything that verbs can add later. So
 * a change of settings can be refused because of the size, but no other verb can.
 */

import { Refusal } from '../../ground/base/refusal.ts';
import { maxBearerDigests, moreBearersMark } from './bearer-digest.ts';
import { type Connection, maxRecordBytes } from './connection.ts';
import type { Endpoint } from './endpoint-record.ts';
import { type ManagedBy, maxTokenRef } from './managed-by.ts';

// The longest values that verbs write.
const longestTime = '2026-01-01T00:00:00.000Z';
const longestId = '00000000-0000-0000-0000-000000000000';
/** The longest is the id of an operator whom an OpenID Connect issuer names: `maxOidcIdLength`. */
const longestActor = 'x'.repeat(96);

/** The longest actor of a connection. A stack acts by its ARN, which can be longer. */
const longestActorOf = ({ managedBy }: Connection): string =>
  managedBy?.kind === 'stack' ? longestActor.padEnd(`cfn:${managedBy.stackId}`.length, 'x') : longestActor;

/** A file can name another reference later, close the endpoint, and leave the routes to operators. */
const longestManager = (managedBy: ManagedBy): ManagedBy =>
  managedBy.kind === 'stack'
    ? managedBy
    : { ...managedBy, tokenRef: 'x'.repeat(maxTokenRef), closed: true, routes: false };
const longestIp = '0000:0000:0000:0000:0000:ffff:255.255.255.255';
const longestDigest = 'x'.repeat(64);
const longestArn = (secret: string) =>
  `arn:aws-us-gov:secretsmanager:ap-southeast-2:123456789012:secret:${secret}-XXXXXX`;

/** An endpoint with these settings and the longest data that verbs can add. */
function largestEndpoint(
  connection: Connection,
  { id, settings, guard, formerly, tokens, handshake }: Endpoint,
): Endpoint {
  const secret = `${'x'.repeat(40)}/endpoint/${connection.name}/0123456789abcdef`;
  const token = {
    id: longestId,
    createdAt: longestTime,
    createdBy: longestActorOf(connection),
    holds: 'bearer',
  } as const;
  const under = tokens[1]?.under;
  const isDelivered = guard.secretFrom === 'handshake';
  return {
    id,
    status: 'configured',
    settings,
    guard,
    ...(formerly && { formerly }),
    secret: longestArn(secret),
    tokens: [token, { ...token, expiresAt: longestTime, ...(under && { under }) }],
    bearers: [...Array.from({ length: maxBearerDigests }, () => 'x'.repeat(11)), moreBearersMark],
    pending: { secret, tokenId: longestId, since: longestTime, ...(isDelivered && { windowId: longestId }) },
    hold: { id: longestId, since: longestTime },
    handshake: {
      ...(handshake?.verifyToken !== undefined && { verifyToken: handshake.verifyToken }),
      ...(isDelivered && {
        window: { id: longestId, until: longestTime },
        delivered: { tokenId: longestId, at: longestTime, sourceIp: longestIp },
      }),
    },
    test: { digest: longestDigest, until: longestTime, publish: false },
  };
}

/** The largest size, in bytes, that verbs can give this record. */
export function largestRecordBytes(connection: Connection): number {
  const { endpoint, managedBy } = connection;
  const by = longestActorOf(connection);
  const fullest: Connection = {
    ...connection,
    version: 9_999_999_999,
    updatedAt: longestTime,
    updatedBy: by,
    endpoint: endpoint && largestEndpoint(connection, endpoint),
    routes: longestDigest,
    ...(managedBy && { managedBy: longestManager(managedBy) }),
    entry: {
      ...{
        verb: 'confirmHandshake',
        step: 'abandon',
        by,
        via: 'mcp',
        at: longestTime,
        from: 'unconfigured',
        to: 'unconfigured',
      },
      hold: longestId,
      heldSince: longestTime,
    },
  };
  return Buffer.byteLength(JSON.stringify(fullest));
}

/**
 * Refuses settings that make the record too large. Accepts settings that do not enlarge the record.
 * @throws a refusal
 */
export function checkRecordSize(before: Connection, next: Connection): void {
  const size = largestRecordBytes(next);
  if (size <= maxRecordBytes || size <= largestRecordBytes(before)) return;
  const detail = `With these settings the connection's record can grow to ${size} bytes, including tokens, a grace and a hold. The limit is ${maxRecordBytes}. Shorten lists and texts.`;
  throw new Refusal('record_too_large', detail);
}
