/** What a delivery proves beyond what the authorizer saw: a token in its body, and its signature. */

import { credentialsInBody, type Placement } from '../credential/token-placement.ts';
import { whySchemeIsUnsafe } from '../endpoint/custom-scheme.ts';
import { type SettingsInForce, schemeOf } from '../endpoint/settings-in-force.ts';
import type { Delivery } from '../event/accepted-delivery.ts';
import type { Verification } from '../event/event.ts';
import type { PlacementFault } from '../journal/rejection.ts';
import { presetOf } from '../provider/presets.ts';
import type { Auth } from '../settings/auth.ts';
import type { CertificateReader } from '../signature/certificate-reader.ts';
import { needsSecret, replayGuardOf } from '../signature/certificate-scheme.ts';
import { type Hint, hintOf } from '../signature/hint.ts';
import type { Signable } from '../signature/signed-message.ts';
import { verifySignature } from '../signature/verify-signature.ts';
import {
  type AuthorizedProofs,
  authorizeBody,
  type BodyAuthorization,
  type Handover,
  type RejectionOrChallenge,
} from './request-authorization.ts';

/** Why a delivery is refused, and what was wrong where a token was looked for. */
export interface RejectedDelivery {
  reason: RejectionOrChallenge;
  faults: PlacementFault[];
  /** For operators alone: no answer may tell it, nor whether there is one. */
  hint?: Hint | undefined;
}

/** What proving needs from outside. */
export interface VerificationDeps {
  /** The secret that a live version is for signing; a failure to read it is ours, and throws. */
  readSigningSecret(secret: string, versionId: string): Promise<string>;
  /** The certificate that a sender signs with and publishes. */
  certificate: CertificateReader;
  /** The deployment's own, without a slash at its end; many senders sign the URL that they were given. */
  publicUrl: string;
  now(): Date;
}

/** The token that a delivery has, or why there is none. */
function proveToken(proofs: AuthorizedProofs, auth: Auth, { body, headers }: Delivery): BodyAuthorization {
  if (proofs.tokenVerified !== null) return { tokenId: proofs.tokenVerified };
  const { pending, liveDigests } = proofs;
  const accept = 'accept' in auth ? auth.accept : [];
  const presented = pending.includes('bodyToken') ? credentialsInBody(accept, body, headers['content-type'] ?? '') : [];
  // Some senders hold their Basic credentials back until they are asked for them.
  if (presented.length === 0 && pending.includes('challenge')) return { reason: 'challenged', faults: [] };
  return authorizeBody(accept, presented, liveDigests);
}

/** The request as its sender will have signed it. A URL is made from what was configured, never from a request's host. */
function signableOf(
  { connection, endpoint }: Handover,
  delivery: Delivery,
  { publicUrl, now }: VerificationDeps,
): Signable {
  const { method, headers, body, rest, rawQueryString } = delivery;
  const path = rest ? `/${rest}` : '';
  const query = rawQueryString ? `?${rawQueryString}` : '';
  const url = `${publicUrl}/hooks/${connection.name}/${endpoint.id}${path}${query}`;
  return { method, url, headers, body, now: now() };
}

async function proveSignature(
  { provider }: Handover['connection'],
  { signing = { secret: '', versions: [] } }: AuthorizedProofs,
  auth: Auth,
  signable: Signable,
  deps: VerificationDeps,
): Promise<Omit<Verification, 'verifiedBy'> | RejectedDelivery> {
  const scheme = 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
  // As after a return to an older version: nothing may be let in, and nothing be lost.
  if (!scheme) throw new Error(`the scheme of a connection of ${provider} is not known to this version`);
  if (whySchemeIsUnsafe(provider, auth)) return { reason: 'scheme_unsafe', faults: [] };
  const { secret, versions } = signing;
  const secrets = await Promise.all(versions.map((version) => deps.readSigningSecret(secret, version)));
  const verdict = await verifySignature(scheme, secrets, signable, deps);
  if (verdict.verified) {
    const tokenId = versions[verdict.secretIndex] ?? '';
    return { tokenId, signedBy: needsSecret(scheme) ? tokenId : undefined, replayGuard: replayGuardOf(scheme) };
  }
  const { reason } = verdict;
  const older = Object.values(presetOf(provider).older ?? {});
  return { reason, faults: [], hint: hintOf(scheme, secrets, signable, reason, older) };
}

/** Judges a delivery in one way, by every proof that it asks for. */
async function proveBy(
  proofs: AuthorizedProofs,
  auth: Auth,
  handover: Handover,
  delivery: Delivery,
  deps: VerificationDeps,
): Promise<Verification | RejectedDelivery> {
  if (proofs.refusal) return proofs.refusal;
  // Without a live version the authorizer lets nothing pass but what may be a handshake, and this is none.
  if (proofs.signing?.versions.length === 0 && !proofs.pending.includes('signature'))
    return { reason: 'secret_missing', faults: [] };
  const { kind } = auth;
  // As after a return to an older version: nothing may be let in by less than was asked for, and nothing be lost.
  if (proofs.pending.includes('signature') !== (kind !== 'token'))
    throw new Error('what the authorizer asked for is not what this version would');
  const token = kind === 'signature' ? undefined : proveToken(proofs, auth, delivery);
  if (token && 'reason' in token) return token;
  const signature =
    kind === 'token'
      ? undefined
      : await proveSignature(handover.connection, proofs, auth, signableOf(handover, delivery, deps), deps);
  if (signature && 'reason' in signature) return signature;
  const versions = proofs.signing?.versions ?? [];
  const proved = [token, signature].flatMap((one) => (one ? [one.tokenId] : []));
  // The older of two, so that its last use tells when it is safe to end.
  const [tokenId = ''] = proved.sort((one, other) => versions.indexOf(other) - versions.indexOf(one));
  return { ...signature, tokenId, verifiedBy: kind };
}

/**
 * Whether the earlier way's refusal is the one to tell: its certificate can't be had now, so the sender must come again.
 * Or its sender may wait to be asked for its credentials, where nothing speaks for the present way.
 */
const isOpen = (present: RejectedDelivery, earlier: RejectedDelivery): boolean =>
  earlier.reason === 'certificate_unavailable' ||
  (earlier.reason === 'challenged' && present.reason.endsWith('_missing'));

/**
 * Judges a delivery by the present way and, while there is one, by the earlier way: either is enough, each by itself. A
 * refusal is told as the present way's.
 * @throws only for a fault of ours
 */
export async function verifyDelivery(
  handover: Handover,
  { auth }: SettingsInForce,
  delivery: Delivery,
  deps: VerificationDeps,
): Promise<Verification | RejectedDelivery> {
  const present = await proveBy(handover, auth, handover, delivery, deps);
  const { earlier } = handover;
  if (!earlier || !('reason' in present)) return present;
  const before = await proveBy(earlier, earlier.auth, handover, delivery, deps);
  return 'reason' in before && !isOpen(present, before) ? present : before;
}

/** Where a delivery may hold a token: by either way, or by one that is no longer accepted. */
export const placementsIn = ({ earlier, endpoint }: Handover, { auth }: SettingsInForce): readonly Placement[] => [
  ...(endpoint.accept ?? []),
  ...[auth, earlier?.auth].flatMap((one) => (one && 'accept' in one ? one.accept : [])),
];
