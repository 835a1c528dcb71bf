/** Verifies what the authorizer can't see: a token in the body of an arrival, and its signature. */

import { credentialsInBody, type Placement } from '../../endpoints/credential/token-placement.ts';
import { whySchemeIsUnsafe } from '../../endpoints/endpoint/custom-scheme.ts';
import { type SettingsInForce, schemeOf } from '../../endpoints/endpoint/settings-in-force.ts';
import { presetOf } from '../../endpoints/provider/presets.ts';
import type { Auth } from '../../endpoints/settings/auth.ts';
import type { CertificateReader } from '../../endpoints/signature/certificate-reader.ts';
import { needsSecret, replayGuardOf } from '../../endpoints/signature/certificate-scheme.ts';
import { hintOf } from '../../endpoints/signature/hint.ts';
import type { Signable } from '../../endpoints/signature/signed-message.ts';
import { verifySignature } from '../../endpoints/signature/verify-signature.ts';
import type { Hint } from '../../ground/base/advice-text.ts';
import { type Arrival, isAltered } from '../event/accepted-arrival.ts';
import type { Verification } from '../event/event.ts';
import { authorizeBody, type BodyAuthorization } from './credential-check.ts';
import type { AuthorizedProofs, Handover, RejectionOrChallenge } from './handover.ts';
import type { PlacementFault } from './rejection.ts';

/** The reason why an arrival is refused, and the faults in the placements where a token was expected. */
export interface RejectedArrival {
  reason: RejectionOrChallenge;
  faults: PlacementFault[];
  /** Only operators see the hint. No answer to a sender may depend on it. */
  hint?: Hint | undefined;
}

export interface VerificationDeps {
  /**
   * Reads the signing secret of a live version.
   * @throws if it can't be read
   */
  readSigningSecret(secret: string, versionId: string): Promise<string>;
  /** Reads the certificate that a sender publishes and signs with. */
  certificate: CertificateReader;
  /** The deployment's public URL, without a slash at the end. Many senders sign the URL that they deliver to. */
  publicUrl: string;
  now(): Date;
}

/** The token of an arrival, or the reason of the rejection. */
function verifyToken(proofs: AuthorizedProofs, auth: Auth, { body, headers }: Arrival): BodyAuthorization {
  if (proofs.tokenVerified !== null) return { tokenId: proofs.tokenVerified };
  const { pending, liveDigests } = proofs;
  const accept = 'accept' in auth ? auth.accept : [];
  const presented = pending.includes('bodyToken') ? credentialsInBody(accept, body, headers['content-type'] ?? '') : [];
  // Some senders send Basic credentials only after a challenge.
  if (presented.length === 0 && pending.includes('challenge')) return { reason: 'challenged', faults: [] };
  return authorizeBody(accept, presented, liveDigests);
}

/** The request as its sender signed it. The URL comes from the configuration, never from the request's host. */
function signableOf(
  { connection, endpoint }: Handover,
  arrival: Arrival,
  { publicUrl, now }: VerificationDeps,
): Signable {
  const { method, headers, body, rest, rawQueryString } = arrival;
  const path = rest ? `/${rest}` : '';
  const query = rawQueryString ? `?${rawQueryString}` : '';
  const url = `${publicUrl}/hooks/${connection.name}/${endpoint.id}${path}${query}`;
  return { method, url, headers, body, now: now() };
}

/** What API Gateway puts in place of bytes that are not UTF-8. */
const replacement = '\ufffd';

/** Whether API Gateway replaced bytes that are not UTF-8. The sender signed other bytes then. */
const hasReplacedBytes = (request: Signable): boolean => isAltered(request) && request.body.includes(replacement);

async function verifyArrivalSignature(
  { provider }: Handover['connection'],
  { signing = { secret: '', versions: [] } }: AuthorizedProofs,
  auth: Auth,
  signable: Signable,
  deps: VerificationDeps,
): Promise<Omit<Verification, 'verifiedBy'> | RejectedArrival> {
  const scheme = 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
  // The scheme can be unknown after a return to an older version. No arrival may pass then, but no arrival may be
  // lost either. The error makes the sender try again.
  if (!scheme) throw new Error(`the scheme of a connection of ${provider} is not known to this version`);
  if (whySchemeIsUnsafe(provider, auth)) return { reason: 'scheme_unsafe', faults: [] };
  const { secret, versions } = signing;
  const secrets = await Promise.all(versions.map((version) => deps.readSigningSecret(secret, version)));
  const verdict = await verifySignature(scheme, secrets, signable, deps);
  if (verdict.verified) {
    const tokenId = versions[verdict.secretIndex] ?? '';
    const signedBy = needsSecret(scheme) ? tokenId : undefined;
    return { tokenId, signedBy, scheme, replayGuard: replayGuardOf(scheme) };
  }
  const { reason } = verdict;
  if (reason === 'signature_mismatch' && hasReplacedBytes(signable)) return { reason: 'body_not_utf8', faults: [] };
  const older = Object.values(presetOf(provider).older ?? {});
  return { reason, faults: [], hint: hintOf(scheme, secrets, signable, reason, older) };
}

/** Verifies an arrival under one auth policy, by every proof that the policy asks for. */
async function verifyUnder(
  proofs: AuthorizedProofs,
  auth: Auth,
  handover: Handover,
  arrival: Arrival,
  deps: VerificationDeps,
): Promise<Verification | RejectedArrival> {
  if (proofs.refusal) return proofs.refusal;
  // If the secret has no live version, the authorizer passes only requests that may be handshakes. This arrival is not a
  // handshake.
  if (proofs.signing?.versions.length === 0 && !proofs.pending.includes('signature'))
    return { reason: 'secret_missing', faults: [] };
  const { kind } = auth;
  // The authorizer and this function can differ after a return to an older version. The arrival can't pass without the proofs
  // that the authorizer asked for, but it must not be lost. The error makes the sender try again.
  if (proofs.pending.includes('signature') !== (kind !== 'token'))
    throw new Error('the authorizer asked for other proofs than this version');
  const token = kind === 'signature' ? undefined : verifyToken(proofs, auth, arrival);
  if (token && 'reason' in token) return token;
  const signature =
    kind === 'token'
      ? undefined
      : await verifyArrivalSignature(handover.connection, proofs, auth, signableOf(handover, arrival, deps), deps);
  if (signature && 'reason' in signature) return signature;
  const versions = proofs.signing?.versions ?? [];
  const proved = [token, signature].flatMap((one) => (one ? [one.tokenId] : []));
  // If two versions match, this is the older version. The last use of the older version then shows when an operator can safely
  // end that version.
  const [tokenId = ''] = proved.sort((one, other) => versions.indexOf(other) - versions.indexOf(one));
  return { ...signature, tokenId, verifiedBy: kind };
}

/**
 * Whether the answer is the rejection by the earlier policy. The earlier policy's rejection is the answer in two cases.
 * In the first, the certificate under the earlier policy can't be fetched now, so the sender must try again. In the
 * second, the sender may wait for a challenge, and the request has no proof under the present policy.
 */
const isRetryable = (present: RejectedArrival, earlier: RejectedArrival): boolean =>
  earlier.reason === 'certificate_unavailable' ||
  (earlier.reason === 'challenged' && present.reason.endsWith('_missing'));

/**
 * Verifies an arrival under the present auth policy and, if there is one, under the earlier policy. The arrival needs
 * to pass only one of them. A rejection has the reason of the present policy.
 * @throws only on an internal error
 */
export async function verifyProofs(
  handover: Handover,
  { auth }: SettingsInForce,
  arrival: Arrival,
  deps: VerificationDeps,
): Promise<Verification | RejectedArrival> {
  const present = await verifyUnder(handover, auth, handover, arrival, deps);
  const { earlier } = handover;
  if (!earlier || !('reason' in present)) return present;
  const before = await verifyUnder(earlier, earlier.auth, handover, arrival, deps);
  return 'reason' in before && !isRetryable(present, before) ? present : before;
}

/** The placements where an arrival may have a token: those of either policy, and those that were accepted before. */
export const placementsIn = ({ earlier, endpoint }: Handover, { auth }: SettingsInForce): readonly Placement[] => [
  ...(endpoint.accept ?? []),
  ...[auth, earlier?.auth].flatMap((one) => (one && 'accept' in one ? one.accept : [])),
];
