/**
 * Decides whether a sender's request may pass, before its body is read.
 *
 * The same checks run in the same order for every request. Therefore a caller can't distinguish the failures. Only the
 * reason that operators see differs. `credential-check.ts` checks the credentials.
 *
 * After a change of auth an earlier auth policy is accepted until its grace ends. Each policy checks the request by
 * itself, with its own version of the secret. A request that passes either policy reaches ingest.
 */

import { timingSafeEqual } from 'node:crypto';
import { isMarked, testHeader } from '../../endpoints/credential/self-test-mark.ts';
import { tokenDigest } from '../../endpoints/credential/token.ts';
import type { Placement, RequestHead } from '../../endpoints/credential/token-placement.ts';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { connectionNameForm } from '../../endpoints/endpoint/connection-name.ts';
import { type Endpoint, isLiveToken, placementsOf, type Token } from '../../endpoints/endpoint/endpoint-record.ts';
import { isAddressIn } from '../../ground/base/address-range.ts';
import { checkPolicy, type ReadDigest, signingOf } from './credential-check.ts';
import type { AuthorizedProofs, Handover, RejectionDetail } from './handover.ts';
import type { PlacementFault, RejectionReason } from './rejection.ts';

/** A request that may not pass. The rejection names the connection, if the connection exists. */
export interface RejectedRequest extends RejectionDetail {
  admitted: false;
  connection?: { id: string; name: string };
  /** The placements where the endpoint accepts a token. */
  accept: readonly Placement[];
  /** The request is a self-test, which is counted nowhere. */
  isTest?: true;
}

export type Authorization = { admitted: true; handover: Handover } | RejectedRequest;

/** A request as the authorizer sees it. */
export interface SenderRequest extends RequestHead {
  connection: string | undefined;
  endpointId: string | undefined;
  method: string;
  sourceIp: string;
}

export interface AuthorizationDeps {
  /** A strongly consistent read. */
  readConnection(name: string): Promise<Connection | undefined>;
  readDigest: ReadDigest;
  now(): Date;
}

function isSameText(one: string, other: string): boolean {
  const [bytes, others] = [Buffer.from(one), Buffer.from(other)];
  return bytes.length === others.length && timingSafeEqual(bytes, others);
}

/**
 * Whether the path can name a connection. For any other path, nothing is read. The endpoint id may have any form, so that an
 * operator finds the rejections of a URL that was cut off.
 */
const isAddressed = (request: SenderRequest): request is SenderRequest & { connection: string; endpointId: string } =>
  request.endpointId !== undefined && connectionNameForm.test(request.connection ?? '');

/** The rejection of a request to a known connection. */
function rejectedBy(
  { id, name, endpoint }: Connection,
  reason: RejectionReason,
  faults: PlacementFault[] = [],
): RejectedRequest {
  return {
    admitted: false,
    reason,
    connection: { id, name },
    faults,
    accept: endpoint ? placementsOf(endpoint) : [],
  };
}

/**
 * Checks everything but the body.
 * @throws only on an internal error, so that the sender tries again
 */
export async function authorizeRequest(request: SenderRequest, deps: AuthorizationDeps): Promise<Authorization> {
  const connection = isAddressed(request) ? await deps.readConnection(request.connection) : undefined;
  if (!connection) return { admitted: false, reason: 'endpoint_unknown', faults: [], accept: [] };
  const { endpoint } = connection;
  if (!endpoint || !isSameText(endpoint.id, request.endpointId ?? ''))
    return rejectedBy(connection, 'endpoint_unknown');
  const verdict = await authorizeAt(connection, endpoint, request, deps);
  return verdict.admitted || !isSelfTest(endpoint, request, deps.now()) ? verdict : { ...verdict, isTest: true };
}

const isSelfTest = ({ test }: Endpoint, { headers }: SenderRequest, now: Date): boolean =>
  isMarked(test, tokenDigest(headers[testHeader] ?? ''), now);

async function authorizeAt(
  connection: Connection,
  endpoint: Endpoint,
  request: SenderRequest,
  deps: AuthorizationDeps,
): Promise<Authorization> {
  if (endpoint.status !== 'active') return rejectedBy(connection, 'endpoint_inactive');
  if (endpoint.settings.allowFrom && !isAddressIn(endpoint.settings.allowFrom, request.sourceIp))
    return rejectedBy(connection, 'address_not_allowed');
  return authorizeByPolicies(connection, endpoint, request, deps);
}

/** Checks the request under the present policy, and under the earlier policy if there is one. */
async function authorizeByPolicies(
  connection: Connection,
  endpoint: Endpoint,
  request: SenderRequest,
  { readDigest, now: clock }: AuthorizationDeps,
): Promise<Authorization> {
  const { guard, secret = '', tokens } = endpoint;
  const now = clock();
  const isEarlier = (token: Token) => token.under !== undefined && isLiveToken(token, now);
  const mayBeHandshake = guard.handshakes.includes(request.method);
  const present = { guard, secret, tokens: tokens.filter((token) => !isEarlier(token)), mayBeHandshake, now };
  const old = tokens.find(isEarlier);
  const [proofs, earlier] = await Promise.all([
    checkPolicy(present, request, readDigest),
    old?.under &&
      checkPolicy({ ...present, guard: old.under.guard, tokens: [old], mayBeHandshake: false }, request, readDigest),
  ]);
  if (proofs.refusal && (!earlier || earlier.refusal))
    return rejectedBy(connection, proofs.refusal.reason, proofs.refusal.faults);
  // A sender that passed under the earlier policy may begin a handshake. The answer to that handshake is signed under the
  // present policy.
  const handover = makeHandover(connection, endpoint, proofs.refusal ? { ...proofs, ...signingOf(present) } : proofs);
  const { test } = endpoint;
  if (test && isSelfTest(endpoint, request, now))
    handover.test = { digest: test.digest, publish: test.publish, ms: clock().getTime() - now.getTime() };
  // Ingest needs the earlier policy even if that policy rejects the request: a credential may be in one of its placements.
  if (old?.under && earlier) handover.earlier = { auth: old.under.auth, ...earlier };
  return { admitted: true, handover };
}

function makeHandover(
  { id, name, provider, routes }: Connection,
  endpoint: Endpoint,
  proofs: AuthorizedProofs,
): Handover {
  const { settings, hold, handshake } = endpoint;
  return {
    connection: { id, name, provider, ...(routes !== undefined && { routes }) },
    endpoint: {
      id: endpoint.id,
      settings,
      hold: hold?.id ?? null,
      accept: placementsOf(endpoint),
      ...(handshake && { handshake }),
    },
    ...proofs,
  };
}
