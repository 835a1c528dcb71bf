/**
 * Identifies operators by the token of an OpenID Connect issuer. The authorizer loads this file when the first such token
 * comes, so that a deployment without an issuer starts as quickly as before.
 */
import { createPublicKey, hash } from 'node:crypto';
import {
  JwtExpiredError,
  JwtInvalidAudienceError,
  JwtInvalidIssuerError,
  JwtNotBeforeError,
} from 'aws-jwt-verify/error';
import type { Jwk } from 'aws-jwt-verify/jwk';
import { decomposeUnverifiedJwt, validateJwtFields } from 'aws-jwt-verify/jwt';
import { verifyJwtSync } from 'aws-jwt-verify/jwt-verifier';
import { minRsaBits } from '../../endpoints/signature/key.ts';
import { issuerKeys, type KeyDeps } from './oidc-keys.ts';
import { roleOfClaims } from './oidc-role.ts';
import type { OidcSettings } from './oidc-settings.ts';
import type { Identity } from './operator.ts';

/** Why a token is refused. The log has it, the caller never sees it. */
export type OidcRejection =
  | 'oidc_malformed'
  | 'oidc_algorithm_not_allowed'
  | 'oidc_issuer_mismatch'
  | 'oidc_audience_mismatch'
  | 'oidc_expired'
  | 'oidc_expiry_missing'
  | 'oidc_not_yet_valid'
  | 'oidc_subject_missing'
  | 'oidc_role_missing'
  | 'oidc_key_unknown'
  | 'oidc_key_too_short'
  | 'oidc_signature_invalid';

export type OidcFinding = { identity: Identity } | { rejection: OidcRejection };

/** The operator with this token, or why there is none. Throws if the issuer's keys can't be had. */
export type IdentifyByOidc = (token: string) => Promise<OidcFinding>;

/** The algorithms that are accepted, each with the only kind of key that it may be used with. */
const algorithms: Readonly<Record<string, { kty: string; crv?: string }>> = {
  RS256: { kty: 'RSA' },
  RS384: { kty: 'RSA' },
  RS512: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  ES512: { kty: 'EC', crv: 'P-521' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
};

/** How much the issuer's clock may differ. */
const graceSeconds = 30;

/** The last second of the year 9999. No later time has the usual form. */
const lastSecond = 253_402_300_799;

type Token = ReturnType<typeof decomposeUnverifiedJwt>;

/** Everything that can be checked without a key. So a token for somebody else causes no fetch. */
function checkUnverified({ header, payload }: Token, { issuer, audience }: OidcSettings): OidcRejection | undefined {
  // `crit` demands extensions, and no extension is supported here.
  if (!Object.hasOwn(algorithms, header.alg ?? '') || 'crit' in header) return 'oidc_algorithm_not_allowed';
  const rejection = rejectionOf(() => validateJwtFields(payload, { issuer, audience, graceSeconds }));
  if (rejection) return rejection;
  if (payload.exp === undefined || payload.exp > lastSecond) return 'oidc_expiry_missing';
  return payload.sub ? undefined : 'oidc_subject_missing';
}

function rejectionOf(check: () => void): OidcRejection | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof JwtExpiredError) return 'oidc_expired';
    if (error instanceof JwtNotBeforeError) return 'oidc_not_yet_valid';
    if (error instanceof JwtInvalidIssuerError) return 'oidc_issuer_mismatch';
    return error instanceof JwtInvalidAudienceError ? 'oidc_audience_mismatch' : 'oidc_malformed';
  }
}

/** Whether a key may be used with an algorithm. A key for one kind of signature must not verify another kind. */
function isFor(alg: string, { kty, crv }: { kty?: string; crv?: string }): boolean {
  const wanted = algorithms[alg];
  return wanted !== undefined && kty === wanted.kty && crv === wanted.crv;
}

/** Whether an RSA key is too short, as for senders. Every other kind of key has the one length of its curve. */
function isTooShort(key: Jwk): boolean {
  if (key.kty !== 'RSA') return false;
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: { ...key }, format: 'jwk' });
    return (asymmetricKeyDetails?.modulusLength ?? 0) < minRsaBits;
  } catch {
    return true;
  }
}

/** The package throws for a wrong signature, and Node.js for a key that is none. */
function isSignedBy(key: Jwk, token: string, { issuer, audience }: OidcSettings): boolean {
  try {
    verifyJwtSync(token, key, { issuer, audience, graceSeconds });
    return true;
  } catch {
    return false;
  }
}

/** The longest id of an operator, in characters. The records of connections have room for it. */
export const maxOidcIdLength = 96;
const digestLength = 16;

/**
 * The id of an operator in the history: `oidc:` and the subject. A long or unusual subject is shortened, and the digest at its
 * end still tells it from all others.
 */
export function oidcIdOf(subject: string): string {
  const id = `oidc:${subject.replace(/[^\w.:/@|+=-]/g, '_')}`;
  if (id === `oidc:${subject}` && id.length <= maxOidcIdLength) return id;
  const digest = hash('sha256', subject, 'hex').slice(0, digestLength);
  return `${id.slice(0, maxOidcIdLength - digestLength - 1)}~${digest}`;
}

function decomposed(token: string): Token | undefined {
  try {
    return decomposeUnverifiedJwt(token);
  } catch {
    return undefined;
  }
}

/** Creates the identification for one function instance. */
export function oidcIdentifier(settings: OidcSettings, deps: KeyDeps): IdentifyByOidc {
  const findKeys = issuerKeys(settings, deps);
  return async (token) => {
    const parts = decomposed(token);
    if (!parts) return { rejection: 'oidc_malformed' };
    const unfit = checkUnverified(parts, settings);
    if (unfit) return { rejection: unfit };
    const { header, payload } = parts;
    const role = roleOfClaims(payload, settings.roles);
    if (!role) return { rejection: 'oidc_role_missing' };
    const keys = header.kid ? await findKeys(header.kid) : [];
    const fitting = keys.filter((key) => isFor(header.alg ?? '', key as { kty?: string; crv?: string }));
    if (fitting.length === 0) return { rejection: 'oidc_key_unknown' };
    const longEnough = fitting.filter((key) => !isTooShort(key));
    if (longEnough.length === 0) return { rejection: 'oidc_key_too_short' };
    if (!longEnough.some((key) => isSignedBy(key, token, settings))) return { rejection: 'oidc_signature_invalid' };
    const id = oidcIdOf(payload.sub ?? '');
    return { identity: { id, name: id, role, expiresAt: new Date((payload.exp ?? 0) * 1000).toISOString() } };
  };
}
