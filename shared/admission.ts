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
import { type Carrier, isPlausible, type Presented, placementSchema, presentedIn } from './placement.ts';
import { answerSchema, dedupeSchema, methodSchema } from './settings.ts';
import { digestOf, isSameDigest } from './token.ts';

/** Why a request was refused. Operators read it; senders never do. */
export type RefusalReason =
  | 'endpoint_unknown'
  | 'endpoint_inactive'
  | 'address_not_allowed'
  | 'secret_missing'
  | 'token_missing'
  | 'token_malformed'
  | 'token_unknown'
  | 'token_expired'
  | 'method_not_allowed'
  | 'body_too_large'
  | 'challenged';

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

/** The verdict on a request. */
export type Verdict =
  | { admitted: true; handover: Handover }
  | { admitted: false; reason: RefusalReason; connection?: string; placements?: string[] };

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

/** Judges a request by everything but its body. @throws only for a fault of ours, so that the sender tries again */
export async function judge(knock: Knock, deps: AdmissionDeps): Promise<Verdict> {
  if (!isAddressed(knock)) return { admitted: false, reason: 'endpoint_unknown' };
  const connection = await deps.readConnection(knock.connection);
  const endpoint = connection?.endpoint;
  if (!endpoint || !isSameText(endpoint.id, knock.endpointId)) return { admitted: false, reason: 'endpoint_unknown' };
  const refused = (reason: RefusalReason, presented: Presented[] = []): Verdict => ({
    admitted: false,
    reason,
    connection: connection.name,
    placements: presented.map((one) => one.in),
  });
  if (endpoint.status !== 'active') return refused('endpoint_inactive');
  const { auth, allowFrom } = settingsOf(endpoint);
  if (allowFrom && !isAddressIn(allowFrom, knock.sourceIp)) return refused('address_not_allowed');
  const now = deps.now();
  if (!endpoint.tokens.some((token) => isLive(token, now))) return refused('secret_missing');
  const presented = presentedIn(auth.accept, knock);
  if (presented.length === 0) return admitWithoutCredential(connection, endpoint, deps, now);
  if (!presented.every(isPlausible)) return refused('token_malformed', presented);
  const digests = await readDigests(endpoint.tokens, endpoint, deps);
  const matched = matchesOf(presented, digests).map((at) => endpoint.tokens[at]);
  if (matched.some((token) => token === undefined)) return refused('token_unknown', presented);
  if (!matched.every((token) => token && isLive(token, now))) return refused('token_expired', presented);
  return { admitted: true, handover: handover(connection, endpoint, { tokenVerified: matched[0]?.id ?? null }) };
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
  const accepts = new Set(settingsOf(endpoint).auth.accept.map((placement) => placement.in));
  const pending: Handover['pending'] = [];
  if (accepts.has('body')) pending.push('bodyToken');
  if (accepts.has('basic')) pending.push('challenge');
  if (pending.length === 0) return { admitted: false, reason: 'token_missing', connection: connection.name };
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

/** The id of the live token that a body's credentials are, or why they are none. Every credential must be right. */
export function judgeBody(presented: Presented[], handover: Handover): { tokenId: string } | { reason: RefusalReason } {
  if (presented.length === 0) return { reason: 'token_missing' };
  if (!presented.every(isPlausible)) return { reason: 'token_malformed' };
  const live = Object.entries(handover.liveDigests ?? {});
  const digests = live.map(([, digest]) => Buffer.from(digest, 'hex'));
  const matched = matchesOf(presented, digests).map((at) => live[at]?.[0]);
  const [tokenId] = matched;
  return tokenId !== undefined && !matched.includes(undefined) ? { tokenId } : { reason: 'token_unknown' };
}
