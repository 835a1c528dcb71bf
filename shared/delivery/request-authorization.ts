/**
 * Whether a sender's request may pass, judged before its body is seen.
 *
 * The same checks in the same order whatever fails, and a caller can not tell the failures apart; only the reason for
 * the operator differs. A request passes when every credential that it presents is right and there is at least one. A
 * credential that is present and wrong is refused even beside a right one: nobody sends two by intent.
 *
 * After a change of auth there is, until its grace ends, an earlier way in which a request may be right. Each way judges
 * by itself, with its own version of the secret; a request that is right by either goes on.
 */

import { timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { isAddressIn } from '../base/address-range.ts';
import { isMarked, testHeader } from '../credential/self-test-mark.ts';
import { isSameDigest, tokenDigest } from '../credential/token.ts';
import {
  credentialsIn,
  isPlausible,
  type Placement,
  type PresentedCredential,
  placementName,
  type RequestHead,
} from '../credential/token-placement.ts';
import { maySign } from '../endpoint/bearer-digest.ts';
import type { Connection } from '../endpoint/connection.ts';
import { connectionNameForm } from '../endpoint/connection-name.ts';
import { type Endpoint, endpointIdForm, isLive, placementsOf, type Token } from '../endpoint/endpoint-record.ts';
import type { HandshakeState } from '../endpoint/handshake-state.ts';
import type { PlacementFault, RejectionReason } from '../journal/rejection.ts';
import type { Auth, Guard } from '../settings/auth.ts';
import type { NamedSettings } from '../settings/settings.ts';

/** Why a request was refused. Operators read it; senders never do. */
export type RejectionOrChallenge = RejectionReason | 'challenged';

/**
 * What only ingest can judge. `signature` and `bodyToken` must hold; `handshake`: nothing is proved, and only a handshake that
 * asks for no proof may be answered; `challenge`: no credential at all, and the sender may wait to be asked for one.
 */
const pendingProof = z.enum(['signature', 'bodyToken', 'handshake', 'challenge']);

/** A text or null. AWS does not say whether null in an authorizer's context reaches a function: absent means null too. */
const textOrNull = z._default(z.nullable(z.string()), null);

/** What of a request's proofs the authorizer saw in one way, and what is left to judge there. */
const proofsSchema = z.object({
  tokenVerified: textOrNull,
  pending: z.array(pendingProof),
  /** While a token in the body is pending: SHA-256 of the live tokens by their ids, so that nothing is read for it. */
  liveDigests: z.optional(z.custom<Record<string, string>>()),
  /** While a signature is pending: the secret, and which of its versions are live. */
  signing: z.optional(z.object({ secret: z.string(), versions: z.array(z.string()) })),
  /** Why this way is closed to the request, which came in by the other one. */
  refusal: z.optional(z.custom<RejectionDetail>()),
});
export type AuthorizedProofs = z.infer<typeof proofsSchema>;

/** What the authorizer hands over to ingest, so that a webhook costs one read. */
export const handoverSchema = z.object({
  connection: z.object({ id: z.string(), name: z.string(), provider: z.string() }),
  endpoint: z.object({
    id: z.string(),
    // As the record has them.
    settings: z.custom<NamedSettings>(),
    /** The id of the hold that is in force: what is stored now is not published. */
    hold: textOrNull,
    /** Where a credential may stand, in whatever places this version of the software would look or has looked. */
    accept: z.optional(z.custom<readonly Placement[]>()),
    /** What a handshake is judged by. */
    handshake: z.optional(z.custom<HandshakeState>()),
  }),
  /** The request is a test; `ms` is what judging it took so far. */
  test: z.optional(z.object({ digest: z.string(), publish: z.boolean(), ms: z.number() })),
  ...proofsSchema.shape,
  /** While the grace of a change of auth runs: the way before it. */
  earlier: z.optional(z.object({ auth: z.custom<Auth>(), ...proofsSchema.shape })),
});
export type Handover = z.infer<typeof handoverSchema>;

/** Why a request may not pass, and where a token was looked for in vain; empty if none was looked for. */
interface RejectionDetail {
  reason: RejectionReason;
  faults: PlacementFault[];
}

/** A request that may not pass; of a connection only if it is known. */
export interface RejectedRequest extends RejectionDetail {
  admitted: false;
  connection?: { id: string; name: string };
  /** Where the endpoint accepts a token. */
  accept: readonly Placement[];
}

/** The verdict on a request. */
export type Authorization = { admitted: true; handover: Handover } | RejectedRequest;

/** A request as far as the authorizer sees it. */
export interface SenderRequest extends RequestHead {
  connection: string | undefined;
  endpointId: string | undefined;
  method: string;
  sourceIp: string;
}

/** What judging needs from outside. */
export interface AuthorizationDeps {
  /** A strongly consistent read. */
  readConnection(name: string): Promise<Connection | undefined>;
  /** SHA-256 of a token's value; a failure to read it is ours, and throws. */
  readDigest(secret: string, tokenId: string): Promise<Buffer>;
  now(): Date;
}

const isSameText = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** Whether a path can be an endpoint's at all; what can not costs no read. */
const isAddressed = (knock: SenderRequest): knock is SenderRequest & { connection: string; endpointId: string } =>
  connectionNameForm.test(knock.connection ?? '') && endpointIdForm.test(knock.endpointId ?? '');

/** What is wrong with each place that was looked at, if `wrong` says something of what was presented there. */
function faultsIn(
  accept: readonly Placement[],
  presented: readonly PresentedCredential[],
  wrong: (one: PresentedCredential, at: number) => PlacementFault['fault'] | undefined,
): PlacementFault[] {
  const found = new Map(presented.map((one, at) => [one.place, wrong(one, at)]));
  return [...new Set(accept.map(placementName))].flatMap((placement) => {
    const fault = found.has(placement) ? found.get(placement) : 'missing';
    return fault ? [{ placement, fault }] : [];
  });
}

/**
 * Says of a header that is there that the word is missing which it is accepted with. It changes no verdict: it is asked
 * once a request is refused.
 */
function withSchemes(
  faults: PlacementFault[],
  accept: readonly Placement[],
  presented: readonly PresentedCredential[],
  { headers }: SenderRequest,
): PlacementFault[] {
  const isOther = (name: string) => name === 'authorization' && presented.some((one) => one.in === 'basic');
  const lacking = accept.flatMap((one) =>
    one.in === 'header' && one.scheme && Object.hasOwn(headers, one.name) && headers[one.name] && !isOther(one.name)
      ? [placementName(one)]
      : [],
  );
  return faults.map(({ placement, fault }) => ({
    placement,
    fault: fault === 'missing' && lacking.includes(placement) ? 'scheme_missing' : fault,
  }));
}

const malformed = (one: PresentedCredential): 'malformed' | undefined => (isPlausible(one) ? undefined : 'malformed');

/** A refusal of a connection that is known, of which it tells more the nearer the request came. */
function refused(
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

/** What a request is judged by in one way: what is asked for, and the tokens, live or not, that can prove it. */
interface Judging {
  guard: Guard;
  secret: string;
  tokens: readonly Token[];
  /** Whether the request's method is that of a handshake that asks for no proof. */
  asks: boolean;
  now: Date;
}

/** Judges a request by everything but its body. @throws only for a fault of ours, so that the sender tries again */
export async function authorizeRequest(knock: SenderRequest, deps: AuthorizationDeps): Promise<Authorization> {
  const connection = isAddressed(knock) ? await deps.readConnection(knock.connection) : undefined;
  if (!connection) return { admitted: false, reason: 'endpoint_unknown', faults: [], accept: [] };
  const { endpoint } = connection;
  if (!endpoint || !isSameText(endpoint.id, knock.endpointId ?? '')) return refused(connection, 'endpoint_unknown');
  if (endpoint.status !== 'active') return refused(connection, 'endpoint_inactive');
  if (endpoint.settings.allowFrom && !isAddressIn(endpoint.settings.allowFrom, knock.sourceIp))
    return refused(connection, 'address_not_allowed');
  return judgeProofs(connection, endpoint, knock, deps);
}

/** Judges what a request proves, by the present way and by the earlier one where there is one. */
async function judgeProofs(
  connection: Connection,
  endpoint: Endpoint,
  knock: SenderRequest,
  deps: AuthorizationDeps,
): Promise<Authorization> {
  const { guard, secret = '', tokens } = endpoint;
  const now = deps.now();
  const isEarlier = (token: Token) => token.under !== undefined && isLive(token, now);
  const asks = guard.handshakes.includes(knock.method);
  const present = { guard, secret, tokens: tokens.filter((token) => !isEarlier(token)), asks, now };
  const before = tokens.find(isEarlier);
  const [proofs, earlier] = await Promise.all([
    judgeWay(present, knock, deps),
    before?.under && judgeWay({ ...present, guard: before.under.guard, tokens: [before], asks: false }, knock, deps),
  ]);
  if (proofs.refusal && (!earlier || earlier.refusal))
    return refused(connection, proofs.refusal.reason, proofs.refusal.faults);
  // Who came in by the earlier way may ask for what the present one signs with.
  const handover = handoverOf(connection, endpoint, proofs.refusal ? { ...proofs, ...signingOf(present) } : proofs);
  const { test } = endpoint;
  if (test && isMarked(test, tokenDigest(knock.headers[testHeader] ?? ''), now))
    handover.test = { digest: test.digest, publish: test.publish, ms: deps.now().getTime() - now.getTime() };
  // Even a way that is closed to this request says where a credential may stand.
  if (before?.under && earlier) handover.earlier = { auth: before.under.auth, ...earlier };
  return { admitted: true, handover };
}

const closed = (reason: RejectionReason, faults: PlacementFault[] = []): AuthorizedProofs => ({
  tokenVerified: null,
  pending: [],
  refusal: { reason, faults },
});

async function judgeWay(way: Judging, knock: SenderRequest, deps: AuthorizationDeps): Promise<AuthorizedProofs> {
  const { guard, tokens, asks, now } = way;
  if (guard.secretFrom !== 'nobody' && !tokens.some((token) => isLive(token, now)))
    // Nothing is proved, and nothing can be: ingest answers what asks for no proof, and nothing else.
    return asks
      ? { tokenVerified: null, pending: ['handshake'], signing: { secret: '', versions: [] } }
      : closed('secret_missing');
  const presented = credentialsIn(guard.accept, knock);
  if (presented.length > 0) return judgeTokens(way, presented, knock, deps);
  return guard.kind === 'signature' ? withSignature(way, {}) : judgeWithoutCredential(way, knock, deps);
}

/** Judges the credentials of a request. What is wrong is told of the places that were looked at: a body's was not. */
async function judgeTokens(
  way: Judging,
  presented: PresentedCredential[],
  knock: SenderRequest,
  deps: AuthorizationDeps,
): Promise<AuthorizedProofs> {
  const { guard, tokens, now } = way;
  const looked = guard.accept.filter((placement) => placement.in !== 'body');
  const closedFor = (reason: RejectionReason, wrong: Parameters<typeof faultsIn>[2]) =>
    closed(reason, withSchemes(faultsIn(looked, presented, wrong), looked, presented, knock));
  if (!presented.every(isPlausible)) return closedFor('token_malformed', malformed);
  const digests = await readDigests(tokens, way, deps);
  const matched = matchesOf(presented, digests).map((at) => tokens[at]);
  const wrong = (one: PresentedCredential, at: number) => faultOf(one, matched[at], now);
  if (matched.some((token) => token === undefined)) return closedFor('token_unknown', wrong);
  if (!matched.every((token) => token && isLive(token, now))) return closedFor('token_expired', wrong);
  return withSignature(way, { tokenVerified: matched[0]?.id ?? null });
}

/** A word that senders write before a token. A dictated token may begin so, and is then known. */
const schemeWord = /^(bearer|basic|token) /i;

function faultOf(one: PresentedCredential, token: Token | undefined, now: Date): PlacementFault['fault'] | undefined {
  if (!token) return one.in === 'header' && schemeWord.test(one.value ?? '') ? 'scheme_unexpected' : 'unknown';
  return isLive(token, now) ? undefined : 'expired';
}

/** Which digest each credential has, -1 for none: every one is compared with every digest, without an early exit. */
const matchesOf = (presented: PresentedCredential[], digests: Buffer[]): number[] =>
  presented.map(({ value }) => {
    const digest = tokenDigest(value ?? '');
    return digests.map((known) => isSameDigest(known, digest)).indexOf(true);
  });

const readDigests = (tokens: readonly Token[], { secret }: Judging, deps: AuthorizationDeps): Promise<Buffer[]> =>
  Promise.all(tokens.map((token) => deps.readDigest(secret, token.id)));

/** No credential in view: the body may hold it, or the sender waits to be asked (Basic, RFC 9110, 11.6.1), or it asks itself. */
async function judgeWithoutCredential(
  way: Judging,
  knock: SenderRequest,
  deps: AuthorizationDeps,
): Promise<AuthorizedProofs> {
  const { guard, asks, now } = way;
  const { accept } = guard;
  const accepts = new Set(accept.map((placement) => placement.in));
  const pending: AuthorizedProofs['pending'] = asks ? ['handshake'] : [];
  if (accepts.has('body')) pending.push('bodyToken');
  if (accepts.has('basic')) pending.push('challenge');
  if (pending.length === 0) {
    const faults = faultsIn(accept, [], () => undefined);
    return closed('token_missing', withSchemes(faults, accept, [], knock));
  }
  if (!accepts.has('body')) return withSignature(way, { pending });
  const live = way.tokens.filter((token) => isLive(token, now));
  const digests = await readDigests(live, way, deps);
  const liveDigests = Object.fromEntries(live.map((token, at) => [token.id, digests[at]?.toString('hex') ?? '']));
  return withSignature(way, { pending, liveDigests });
}

/** The secret, and its versions that a signature may be made with; nothing where none is asked for. */
function signingOf({ guard, secret, tokens, now }: Judging): Pick<AuthorizedProofs, 'signing'> {
  const signs = (token: Token) => isLive(token, now) && (guard.secretFrom === 'nobody' || maySign(token));
  return guard.kind === 'token' ? {} : { signing: { secret, versions: tokens.filter(signs).map(({ id }) => id) } };
}

/** What was found of a request, and that ingest judges the signature too where one is asked for. */
function withSignature(way: Judging, found: Partial<AuthorizedProofs>): AuthorizedProofs {
  const proofs = { tokenVerified: null, pending: [], ...found };
  if (way.guard.kind === 'token') return proofs;
  return { ...proofs, pending: ['signature', ...proofs.pending], ...signingOf(way) };
}

function handoverOf({ id, name, provider }: Connection, endpoint: Endpoint, proofs: AuthorizedProofs): Handover {
  const { settings, hold, handshake } = endpoint;
  const told = { settings, hold: hold?.id ?? null, accept: placementsOf(endpoint), ...(handshake && { handshake }) };
  return { connection: { id, name, provider }, endpoint: { id: endpoint.id, ...told }, ...proofs };
}

/** What a body's credentials come to: the id of the live token that they are, or why they are none. */
export type BodyAuthorization = { tokenId: string } | { reason: RejectionOrChallenge; faults: PlacementFault[] };

/** Judges a body's credentials. Every one must be right. */
export function authorizeBody(
  accept: readonly Placement[],
  presented: PresentedCredential[],
  liveDigests: Handover['liveDigests'],
): BodyAuthorization {
  const refusedFor = (reason: RejectionOrChallenge, wrong: Parameters<typeof faultsIn>[2]) => ({
    reason,
    faults: faultsIn(accept, presented, wrong),
  });
  if (presented.length === 0) return refusedFor('token_missing', () => undefined);
  if (!presented.every(isPlausible)) return refusedFor('token_malformed', malformed);
  const live = Object.entries(liveDigests ?? {});
  const digests = live.map(([, digest]) => Buffer.from(digest, 'hex'));
  const matched = matchesOf(presented, digests).map((at) => live[at]?.[0]);
  const [tokenId] = matched;
  if (tokenId !== undefined && !matched.includes(undefined)) return { tokenId };
  return refusedFor('token_unknown', (_, at) => (matched[at] === undefined ? 'unknown' : undefined));
}
