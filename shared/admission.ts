/**
 * Whether a sender's request may pass, judged before its body is seen.
 *
 * The same checks in the same order whatever fails, and a caller can not tell the failures apart; only the reason for
 * the operator differs. A request passes when every credential that it presents is right and there is at least one. A
 * credential that is present and wrong is refused even beside a right one: nobody sends two by intent.
 */
import { timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { isAddressIn } from './address.ts';
import { type Connection, connectionNameForm } from './connection.ts';
import { type Endpoint, endpointIdForm, isLive, settingsOf, type Token } from './endpoint.ts';
import {
  type Carrier,
  isPlausible,
  type Placement,
  type Presented,
  placementSchema,
  placeOf,
  presentedIn,
} from './placement.ts';
import type { Fault, RejectionReason } from './rejection.ts';
import { answerSchema, dedupeSchema, methodSchema } from './settings.ts';
import { digestOf, isSameDigest } from './token.ts';

/** Why a request was refused. Operators read it; senders never do. */
export type RefusalReason = RejectionReason | 'challenged';

const pendingProof = z.enum(['bodyToken', 'challenge']);

/**
 * What the authorizer hands over to ingest, so that a webhook costs one read. `liveDigests` are there only while a token
 * in the body is pending: SHA-256 of the live tokens by their ids, so that ingest needs no right to read a secret.
 */
export const handoverSchema = z.object({
  connection: z.object({ id: z.string(), name: z.string(), provider: z.string() }),
  endpoint: z.object({
    id: z.string(),
    accept: z.array(placementSchema),
    answer: z.nullable(answerSchema),
    dedupe: dedupeSchema,
    methods: z.array(methodSchema),
    retentionDays: z.int(),
    /** The id of the hold that is in force: what is stored now is not published. */
    hold: z.nullable(z.string()),
  }),
  tokenVerified: z.nullable(z.string()),
  pending: z.array(pendingProof),
  liveDigests: z.optional(z.record(z.string(), z.string())),
});
export type Handover = z.infer<typeof handoverSchema>;

/** Why a request may not pass; of a connection only if it is known. */
export interface Refused {
  admitted: false;
  reason: RejectionReason;
  connection?: { id: string; name: string };
  /** Where a token was looked for in vain; empty if none was looked for. */
  faults: Fault[];
  /** Where the endpoint accepts a token. */
  accept: readonly Placement[];
}

/** The verdict on a request. */
export type Verdict = { admitted: true; handover: Handover } | Refused;

/** A request as far as the authorizer sees it. */
export interface Knock extends Carrier {
  connection: string | undefined;
  endpointId: string | undefined;
  sourceIp: string;
}

/** What judging needs from outside. */
export interface AdmissionDeps {
  /** A strongly consistent read. */
  readConnection(name: string): Promise<Connection | undefined>;
  /** SHA-256 of a token's value; a failure to read it is ours, and throws. */
  readDigest(secret: string, tokenId: string): Promise<Buffer>;
  now(): Date;
}

const isSameText = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** Whether a path can be an endpoint's at all; what can not costs no read. */
const isAddressed = (knock: Knock): knock is Knock & { connection: string; endpointId: string } =>
  connectionNameForm.test(knock.connection ?? '') && endpointIdForm.test(knock.endpointId ?? '');

/** What is wrong with each place that was looked at, if `wrong` says something of what was presented there. */
function faultsIn(
  accept: readonly Placement[],
  presented: readonly Presented[],
  wrong: (one: Presented, at: number) => Fault['fault'] | undefined,
): Fault[] {
  const found = new Map(presented.map((one, at) => [one.place, wrong(one, at)]));
  return [...new Set(accept.map(placeOf))].flatMap((placement) => {
    const fault = found.has(placement) ? found.get(placement) : 'missing';
    return fault ? [{ placement, fault }] : [];
  });
}

const malformed = (one: Presented): 'malformed' | undefined => (isPlausible(one) ? undefined : 'malformed');

/** A refusal of a connection that is known, of which it tells more the nearer the request came. */
function refused(connection: Connection, reason: RejectionReason, faults: Fault[] = []): Refused {
  const { id, name, endpoint } = connection;
  return {
    admitted: false,
    reason,
    connection: { id, name },
    faults,
    accept: endpoint ? settingsOf(endpoint).auth.accept : [],
  };
}

/** Judges a request by everything but its body. @throws only for a fault of ours, so that the sender tries again */
export async function judge(knock: Knock, deps: AdmissionDeps): Promise<Verdict> {
  const connection = isAddressed(knock) ? await deps.readConnection(knock.connection) : undefined;
  if (!connection) return { admitted: false, reason: 'endpoint_unknown', faults: [], accept: [] };
  const { endpoint } = connection;
  if (!endpoint || !isSameText(endpoint.id, knock.endpointId ?? '')) return refused(connection, 'endpoint_unknown');
  if (endpoint.status !== 'active') return refused(connection, 'endpoint_inactive');
  const { auth, allowFrom } = settingsOf(endpoint);
  if (allowFrom && !isAddressIn(allowFrom, knock.sourceIp)) return refused(connection, 'address_not_allowed');
  const now = deps.now();
  if (!endpoint.tokens.some((token) => isLive(token, now))) return refused(connection, 'secret_missing');
  const presented = presentedIn(auth.accept, knock);
  if (presented.length === 0) return admitWithoutCredential(connection, endpoint, deps, now);
  return judgeTokens(connection, endpoint, presented, deps, now);
}

/** Judges the credentials of a request. What is wrong is told of the places that were looked at: a body's was not. */
async function judgeTokens(
  connection: Connection,
  endpoint: Endpoint,
  presented: Presented[],
  deps: AdmissionDeps,
  now: Date,
): Promise<Verdict> {
  const looked = settingsOf(endpoint).auth.accept.filter((placement) => placement.in !== 'body');
  const refusedFor = (reason: RejectionReason, wrong: Parameters<typeof faultsIn>[2]) =>
    refused(connection, reason, faultsIn(looked, presented, wrong));
  if (!presented.every(isPlausible)) return refusedFor('token_malformed', malformed);
  const digests = await readDigests(endpoint.tokens, endpoint, deps);
  const matched = matchesOf(presented, digests).map((at) => endpoint.tokens[at]);
  const wrong = (_: Presented, at: number) => faultOf(matched[at], now);
  if (matched.some((token) => token === undefined)) return refusedFor('token_unknown', wrong);
  if (!matched.every((token) => token && isLive(token, now))) return refusedFor('token_expired', wrong);
  return { admitted: true, handover: handover(connection, endpoint, { tokenVerified: matched[0]?.id ?? null }) };
}

function faultOf(token: Token | undefined, now: Date): 'unknown' | 'expired' | undefined {
  if (!token) return 'unknown';
  return isLive(token, now) ? undefined : 'expired';
}

/** Which digest each credential has, -1 for none: every one is compared with every digest, without an early exit. */
const matchesOf = (presented: Presented[], digests: Buffer[]): number[] =>
  presented.map(({ value }) => {
    const digest = digestOf(value ?? '');
    return digests.map((known) => isSameDigest(known, digest)).indexOf(true);
  });

const readDigests = (tokens: readonly Token[], endpoint: Endpoint, deps: AdmissionDeps): Promise<Buffer[]> =>
  Promise.all(tokens.map((token) => deps.readDigest(endpoint.secret ?? '', token.id)));

/** No credential in view: the body may hold it, or the sender waits to be asked (Basic, RFC 9110, 11.6.1). */
async function admitWithoutCredential(
  connection: Connection,
  endpoint: Endpoint,
  deps: AdmissionDeps,
  now: Date,
): Promise<Verdict> {
  const { accept } = settingsOf(endpoint).auth;
  const accepts = new Set(accept.map((placement) => placement.in));
  const pending: Handover['pending'] = [];
  if (accepts.has('body')) pending.push('bodyToken');
  if (accepts.has('basic')) pending.push('challenge');
  if (pending.length === 0)
    return refused(
      connection,
      'token_missing',
      faultsIn(accept, [], () => undefined),
    );
  if (!accepts.has('body')) return { admitted: true, handover: handover(connection, endpoint, { pending }) };
  const live = endpoint.tokens.filter((token) => isLive(token, now));
  const digests = await readDigests(live, endpoint, deps);
  const liveDigests = Object.fromEntries(live.map((token, at) => [token.id, digests[at]?.toString('hex') ?? '']));
  return { admitted: true, handover: handover(connection, endpoint, { pending, liveDigests }) };
}

function handover(connection: Connection, endpoint: Endpoint, proofs: Partial<Handover>): Handover {
  const { auth, answer, dedupe, methods, retentionDays } = settingsOf(endpoint);
  return {
    connection: { id: connection.id, name: connection.name, provider: connection.provider },
    endpoint: {
      id: endpoint.id,
      accept: auth.accept,
      answer,
      dedupe,
      methods,
      retentionDays,
      hold: endpoint.hold?.id ?? null,
    },
    tokenVerified: null,
    pending: [],
    ...proofs,
  };
}

/** What a body's credentials come to: the id of the live token that they are, or why they are none. */
export type BodyVerdict = { tokenId: string } | { reason: RefusalReason; faults: Fault[] };

/** Judges a body's credentials. Every one must be right. */
export function judgeBody(presented: Presented[], { endpoint, liveDigests }: Handover): BodyVerdict {
  const refusedFor = (reason: RefusalReason, wrong: Parameters<typeof faultsIn>[2]) => ({
    reason,
    faults: faultsIn(endpoint.accept, presented, wrong),
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
