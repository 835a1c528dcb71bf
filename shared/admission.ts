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
import { type Endpoint, endpointIdForm, isLive, type Token } from './endpoint.ts';
import { type Carrier, isPlausible, type Placement, type Presented, placeOf, presentedIn } from './placement.ts';
import type { Fault, RejectionReason } from './rejection.ts';
import type { NamedSettings } from './settings.ts';
import { digestOf, isSameDigest } from './token.ts';

/** Why a request was refused. Operators read it; senders never do. */
export type RefusalReason = RejectionReason | 'challenged';

/**
 * What only ingest can judge. `signature` and `bodyToken` must hold; `handshake`: nothing is proved, and only a handshake that
 * asks for no proof may be answered; `challenge`: no credential at all, and the sender may wait to be asked for one.
 */
const pendingProof = z.enum(['signature', 'bodyToken', 'handshake', 'challenge']);

/** What the authorizer hands over to ingest, so that a webhook costs one read. */
export const handoverSchema = z.object({
  connection: z.object({ id: z.string(), name: z.string(), provider: z.string() }),
  endpoint: z.object({
    id: z.string(),
    // As the record has them.
    settings: z.custom<NamedSettings>(),
    /** The id of the hold that is in force: what is stored now is not published. */
    hold: z.nullable(z.string()),
  }),
  tokenVerified: z.nullable(z.string()),
  pending: z.array(pendingProof),
  /** While a token in the body is pending: SHA-256 of the live tokens by their ids, so that nothing is read for it. */
  liveDigests: z.optional(z.record(z.string(), z.string())),
  /** While a signature is pending: the secret, and which of its versions are live. */
  signing: z.optional(z.object({ secret: z.string(), versions: z.array(z.string()) })),
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
  method: string;
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
    accept: endpoint?.guard.accept ?? [],
  };
}

/** Judges a request by everything but its body. @throws only for a fault of ours, so that the sender tries again */
export async function judge(knock: Knock, deps: AdmissionDeps): Promise<Verdict> {
  const connection = isAddressed(knock) ? await deps.readConnection(knock.connection) : undefined;
  if (!connection) return { admitted: false, reason: 'endpoint_unknown', faults: [], accept: [] };
  const { endpoint } = connection;
  if (!endpoint || !isSameText(endpoint.id, knock.endpointId ?? '')) return refused(connection, 'endpoint_unknown');
  if (endpoint.status !== 'active') return refused(connection, 'endpoint_inactive');
  const { guard, settings } = endpoint;
  if (settings.allowFrom && !isAddressIn(settings.allowFrom, knock.sourceIp))
    return refused(connection, 'address_not_allowed');
  const now = deps.now();
  const asks = guard.handshakes.includes(knock.method);
  const presented = presentedIn(guard.accept, knock);
  if (guard.secretFrom !== 'nobody' && !endpoint.tokens.some((token) => isLive(token, now)))
    return asks ? admitHandshake(connection, endpoint) : refused(connection, 'secret_missing');
  if (presented.length > 0) return judgeTokens(connection, endpoint, presented, deps, now);
  if (guard.kind === 'signature') return admit(connection, endpoint, now);
  return admitWithoutCredential(connection, endpoint, asks, deps, now);
}

/** Judges the credentials of a request. What is wrong is told of the places that were looked at: a body's was not. */
async function judgeTokens(
  connection: Connection,
  endpoint: Endpoint,
  presented: Presented[],
  deps: AdmissionDeps,
  now: Date,
): Promise<Verdict> {
  const looked = endpoint.guard.accept.filter((placement) => placement.in !== 'body');
  const refusedFor = (reason: RejectionReason, wrong: Parameters<typeof faultsIn>[2]) =>
    refused(connection, reason, faultsIn(looked, presented, wrong));
  if (!presented.every(isPlausible)) return refusedFor('token_malformed', malformed);
  const digests = await readDigests(endpoint.tokens, endpoint, deps);
  const matched = matchesOf(presented, digests).map((at) => endpoint.tokens[at]);
  const wrong = (_: Presented, at: number) => faultOf(matched[at], now);
  if (matched.some((token) => token === undefined)) return refusedFor('token_unknown', wrong);
  if (!matched.every((token) => token && isLive(token, now))) return refusedFor('token_expired', wrong);
  return admit(connection, endpoint, now, { tokenVerified: matched[0]?.id ?? null });
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

/** No credential in view: the body may hold it, or the sender waits to be asked (Basic, RFC 9110, 11.6.1), or it asks itself. */
async function admitWithoutCredential(
  connection: Connection,
  endpoint: Endpoint,
  asks: boolean,
  deps: AdmissionDeps,
  now: Date,
): Promise<Verdict> {
  const { accept } = endpoint.guard;
  const accepts = new Set(accept.map((placement) => placement.in));
  const pending: Handover['pending'] = asks ? ['handshake'] : [];
  if (accepts.has('body')) pending.push('bodyToken');
  if (accepts.has('basic')) pending.push('challenge');
  if (pending.length === 0)
    return refused(
      connection,
      'token_missing',
      faultsIn(accept, [], () => undefined),
    );
  if (!accepts.has('body')) return admit(connection, endpoint, now, { pending });
  const live = endpoint.tokens.filter((token) => isLive(token, now));
  const digests = await readDigests(live, endpoint, deps);
  const liveDigests = Object.fromEntries(live.map((token, at) => [token.id, digests[at]?.toString('hex') ?? '']));
  return admit(connection, endpoint, now, { pending, liveDigests });
}

type Proofs = Partial<Pick<Handover, 'tokenVerified' | 'pending' | 'liveDigests'>>;

/** Nothing is proved: ingest answers what asks for no proof, and nothing else. */
const admitHandshake = (connection: Connection, endpoint: Endpoint): Verdict => ({
  admitted: true,
  handover: handover(connection, endpoint, { pending: ['handshake'] }),
});

/** Lets a request go on to ingest, which judges the signature too where one is asked for. */
function admit(
  connection: Connection,
  endpoint: Endpoint,
  now: Date,
  { pending = [], ...proofs }: Proofs = {},
): Verdict {
  const { guard, secret = '', tokens } = endpoint;
  if (guard.kind === 'token')
    return { admitted: true, handover: handover(connection, endpoint, { ...proofs, pending }) };
  const versions = tokens.filter((token) => isLive(token, now)).map(({ id }) => id);
  const signing = { secret, versions };
  return {
    admitted: true,
    handover: { ...handover(connection, endpoint, { ...proofs, pending: ['signature', ...pending] }), signing },
  };
}

function handover({ id, name, provider }: Connection, endpoint: Endpoint, proofs: Proofs): Handover {
  return {
    connection: { id, name, provider },
    endpoint: { id: endpoint.id, settings: endpoint.settings, hold: endpoint.hold?.id ?? null },
    tokenVerified: null,
    pending: [],
    ...proofs,
  };
}

/** What a body's credentials come to: the id of the live token that they are, or why they are none. */
export type BodyVerdict = { tokenId: string } | { reason: RefusalReason; faults: Fault[] };

/** Judges a body's credentials. Every one must be right. */
export function judgeBody(
  accept: readonly Placement[],
  presented: Presented[],
  liveDigests: Handover['liveDigests'],
): BodyVerdict {
  const refusedFor = (reason: RefusalReason, wrong: Parameters<typeof faultsIn>[2]) => ({
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
