/**
 * Checks the credentials of a request under one auth policy, before its body is read. Also checks the credentials in a body.
 * Every credential must be correct. A request with one correct and one wrong credential is refused, because nobody sends two
 * credentials on purpose.
 */
import { isSameDigest, tokenDigest } from '../../endpoints/credential/token.ts';
import type { RequestHead } from '../../endpoints/credential/token-placement.ts';
import {
  credentialsIn,
  isPlausible,
  type Placement,
  type PresentedCredential,
} from '../../endpoints/credential/token-placement.ts';
import { maySign } from '../../endpoints/endpoint/bearer-digest.ts';
import { isLiveToken, type Token } from '../../endpoints/endpoint/endpoint-record.ts';
import type { Guard } from '../../endpoints/settings/auth.ts';
import type { AuthorizedProofs, Handover, RejectionOrChallenge } from './handover.ts';
import {
  type CredentialFault,
  malformedFault,
  placementFaultsOf,
  unknownFault,
  withMissingSchemes,
} from './placement-faults.ts';
import type { PlacementFault, RejectionReason } from './rejection.ts';

/** The demands of one auth policy, and all of its tokens, live or not. */
export interface PolicyCheck {
  guard: Guard;
  secret: string;
  tokens: readonly Token[];
  /** Whether the request has the method of a handshake that needs no proof. */
  mayBeHandshake: boolean;
  now: Date;
}

/**
 * Reads the SHA-256 of a token's value.
 * @throws if it can't be read, so that the sender tries again
 */
export type ReadDigest = (secret: string, tokenId: string) => Promise<Buffer>;

const rejectedProofs = (reason: RejectionReason, faults: PlacementFault[] = []): AuthorizedProofs => ({
  tokenVerified: null,
  pending: [],
  refusal: { reason, faults },
});

/** Checks everything in a request except its body, under one policy. */
export async function checkPolicy(
  policy: PolicyCheck,
  request: RequestHead,
  readDigest: ReadDigest,
): Promise<AuthorizedProofs> {
  const { guard, tokens, mayBeHandshake, now } = policy;
  if (guard.secretFrom !== 'nobody' && !tokens.some((token) => isLiveToken(token, now)))
    // Without a live token nothing can be proved. Ingest may then answer only a handshake that needs no proof.
    return mayBeHandshake
      ? { tokenVerified: null, pending: ['handshake'], signing: { secret: '', versions: [] } }
      : rejectedProofs('secret_missing');
  const presented = credentialsIn(guard.accept, request);
  if (presented.length > 0) return checkTokens(policy, presented, request, readDigest);
  return guard.kind === 'signature' ? withSignature(policy, {}) : withoutCredential(policy, request, readDigest);
}

/** Checks the tokens of a request. The faults cover only the placements checked here, not the body. */
async function checkTokens(
  policy: PolicyCheck,
  presented: PresentedCredential[],
  request: RequestHead,
  readDigest: ReadDigest,
): Promise<AuthorizedProofs> {
  const { guard, tokens, now } = policy;
  const checked = guard.accept.filter((placement) => placement.in !== 'body');
  const rejected = (reason: RejectionReason, faultOf: CredentialFault) => {
    const faults = placementFaultsOf(checked, presented, faultOf);
    return rejectedProofs(reason, withMissingSchemes(faults, checked, presented, request));
  };
  if (!presented.every(isPlausible)) return rejected('token_malformed', malformedFault);
  const digests = await readDigests(tokens, policy, readDigest);
  const matched = digestIndexesOf(presented, digests).map((at) => tokens[at]);
  const faultOf: CredentialFault = (credential, at) => tokenFaultOf(credential, matched[at], now);
  if (matched.some((token) => token === undefined)) return rejected('token_unknown', faultOf);
  if (!matched.every((token) => token && isLiveToken(token, now))) return rejected('token_expired', faultOf);
  return withSignature(policy, { tokenVerified: matched[0]?.id ?? null });
}

function tokenFaultOf(credential: PresentedCredential, token: Token | undefined, now: Date) {
  if (!token) return unknownFault(credential);
  return isLiveToken(token, now) ? undefined : 'expired';
}

/** The index of each credential's digest, or -1. Compares each credential with every digest, without an early exit. */
const digestIndexesOf = (presented: PresentedCredential[], digests: Buffer[]): number[] =>
  presented.map(({ value }) => {
    const digest = tokenDigest(value ?? '');
    return digests.map((known) => isSameDigest(known, digest)).indexOf(true);
  });

const readDigests = (tokens: readonly Token[], { secret }: PolicyCheck, readDigest: ReadDigest): Promise<Buffer[]> =>
  Promise.all(tokens.map((token) => readDigest(secret, token.id)));

/**
 * Checks a request without a visible credential. There are three cases: the body has the credential, the sender waits
 * for a challenge (Basic, RFC 9110, 11.6.1), or the request is a handshake.
 */
async function withoutCredential(
  policy: PolicyCheck,
  request: RequestHead,
  readDigest: ReadDigest,
): Promise<AuthorizedProofs> {
  const { guard, mayBeHandshake, now } = policy;
  const { accept } = guard;
  const accepts = new Set(accept.map((placement) => placement.in));
  const pending: AuthorizedProofs['pending'] = mayBeHandshake ? ['handshake'] : [];
  if (accepts.has('body')) pending.push('bodyToken');
  if (accepts.has('basic')) pending.push('challenge');
  if (pending.length === 0) {
    const faults = placementFaultsOf(accept, [], () => undefined);
    return rejectedProofs('token_missing', withMissingSchemes(faults, accept, [], request));
  }
  if (!accepts.has('body')) return withSignature(policy, { pending });
  const live = policy.tokens.filter((token) => isLiveToken(token, now));
  const digests = await readDigests(live, policy, readDigest);
  const liveDigests = Object.fromEntries(live.map((token, at) => [token.id, digests[at]?.toString('hex') ?? '']));
  return withSignature(policy, { pending, liveDigests });
}

/** The secret, and the versions of the secret that may sign. Empty if the policy needs no signature. */
export function signingOf({ guard, secret, tokens, now }: PolicyCheck): Pick<AuthorizedProofs, 'signing'> {
  const signs = (token: Token) => isLiveToken(token, now) && (guard.secretFrom === 'nobody' || maySign(token));
  return guard.kind === 'token' ? {} : { signing: { secret, versions: tokens.filter(signs).map(({ id }) => id) } };
}

/** Adds to the findings that ingest must check the signature, if the policy needs a signature. */
function withSignature(policy: PolicyCheck, found: Partial<AuthorizedProofs>): AuthorizedProofs {
  const proofs = { tokenVerified: null, pending: [], ...found };
  if (policy.guard.kind === 'token') return proofs;
  return { ...proofs, pending: ['signature', ...proofs.pending], ...signingOf(policy) };
}

/** The result for a body's credentials: the id of their live token, or the reason of the rejection. */
export type BodyAuthorization = { tokenId: string } | { reason: RejectionOrChallenge; faults: PlacementFault[] };

/** Checks the credentials in a body. Every credential must be correct. */
export function authorizeBody(
  accept: readonly Placement[],
  presented: PresentedCredential[],
  liveDigests: Handover['liveDigests'],
): BodyAuthorization {
  const rejected = (reason: RejectionOrChallenge, faultOf: CredentialFault) => ({
    reason,
    faults: placementFaultsOf(accept, presented, faultOf),
  });
  if (presented.length === 0) return rejected('token_missing', () => undefined);
  if (!presented.every(isPlausible)) return rejected('token_malformed', malformedFault);
  const live = Object.entries(liveDigests ?? {});
  const digests = live.map(([, digest]) => Buffer.from(digest, 'hex'));
  const matched = digestIndexesOf(presented, digests).map((at) => live[at]?.[0]);
  const [tokenId] = matched;
  if (tokenId !== undefined && !matched.includes(undefined)) return { tokenId };
  return rejected('token_unknown', (one, at) => (matched[at] === undefined ? unknownFault(one) : undefined));
}
