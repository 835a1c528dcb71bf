/** Makes the value of a version that replaces another version, and checks which values can be carried over. */
import type { SecretValue } from '../credential/secret-store.ts';
import { generateToken } from '../credential/token.ts';
import type { Auth } from '../settings/auth.ts';
import { needsSecret } from '../signature/certificate-scheme.ts';
import type { Scheme } from '../signature/scheme.ts';
import {
  type DictatedValues,
  makeValue,
  type NewValue,
  newValueOf,
  type RotationContext,
  schemeOfAuth,
} from './secret-value.ts';
import { whyNotSecret, whyNotToken } from './secret-value-format.ts';
import { schemeOf } from './settings-in-force.ts';
import { halvesOf, type LiveValue, type ValueHistory, whyMayNotSign, whySigns } from './token-reuse.ts';

/** The value of a version that replaces the current version. */
export function rotatedValue(
  provider: string,
  auth: Auth,
  dictated: DictatedValues,
  context: RotationContext,
): NewValue {
  const { past } = context;
  const { token, secret } = past.live[0] ? halvesOf(past.live[0]) : {};
  // If auth has two values, a rotation replaces those that the operator sends. If the operator sends no value, a
  // generated token replaces the current token.
  const kept = auth.kind === 'both' ? { secret, token: dictated.signingSecret === undefined ? undefined : token } : {};
  return makeValue(provider, auth, dictated, { verb: 'rotateToken', ...context, kept });
}

/**
 * The value of a version that represents a certificate. Operators see and end an earlier auth policy through the
 * version that belongs to it. So a certificate needs a version too. This value is never used for verification.
 */
export const certificateValue = (): SecretValue => ({ token: generateToken('hls') });

/**
 * The value of the version that belongs to a new auth. If the operator sends no token, the current token is kept if the
 * new auth accepts it. The same applies to the signing secret.
 * @throws a refusal
 */
export function changedValue(
  provider: string,
  auth: Auth,
  dictated: DictatedValues,
  context: RotationContext,
): NewValue {
  const { past } = context;
  const scheme = schemeOfAuth(provider, auth);
  if (auth.kind === 'signature' && scheme && !needsSecret(scheme) && dictated.value === undefined)
    return newValueOf(auth, { secret: certificateValue().token }, past);
  const { token, secret } = past.live[0] ? halvesOf(past.live[0]) : {};
  const fits = {
    token: token !== undefined && 'accept' in auth && !whyNotToken(token, auth.accept) ? token : undefined,
    secret: secret !== undefined && scheme && !whyUnfitSecret(scheme, secret, past) ? secret : undefined,
  };
  return makeValue(provider, auth, dictated, { verb: 'changeAuth', ...context, kept: fits });
}

const whyUnfitSecret = (scheme: Scheme, secret: string, past: ValueHistory): string | undefined =>
  whyNotSecret(scheme, secret) ?? whyMayNotSign(scheme, secret, past);

/** The reason why a live value can't continue under this auth, or undefined if it can. */
export function whyUnfit(provider: string, auth: Auth, one: LiveValue, past: ValueHistory): string | undefined {
  const scheme = 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
  const earlier = past.live.filter(({ isEarlier }) => isEarlier);
  const { token } = one.value;
  const noToken = 'accept' in auth ? (whyNotToken(token, auth.accept) ?? whySigns(token, earlier)) : undefined;
  if (noToken || !scheme || !needsSecret(scheme)) return noToken;
  const { secret } = halvesOf(one);
  if (secret !== undefined && (auth.kind === 'signature' || one.value.signingSecret !== undefined))
    return whyUnfitSecret(scheme, secret, past);
  return auth.kind === 'signature'
    ? 'it was used as a token, so it must not become a signing secret'
    : 'it has no signing secret besides the token';
}
