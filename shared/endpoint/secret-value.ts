/** What one version of an endpoint's secret holds, made or adopted in the form that its proofs want. */
import { randomBytes } from 'node:crypto';
import { Problem } from '../base/problem.ts';
import type { SecretValue } from '../credential/secret-store.ts';
import { generateToken, isMistyped } from '../credential/token.ts';
import { type Placement, whyCannotCarry } from '../credential/token-placement.ts';
import { secretGuide, whyNoSecretOf } from '../provider/secret-guide.ts';
import type { Auth } from '../settings/auth.ts';
import { needsSecret } from '../signature/certificate-scheme.ts';
import { jwtMethod } from '../signature/jwt.ts';
import { importKey, secretBytes } from '../signature/key.ts';
import type { Scheme, SecretForm } from '../signature/scheme.ts';
import { keyFormOf } from '../signature/scheme-check.ts';
import type { VersionUse } from './command.ts';
import { type SecretMaker, schemeOf } from './settings-in-force.ts';
import {
  bearersToRemember,
  equivalentSecrets,
  halvesOf,
  holdsFor,
  type LiveValue,
  type ValueHalves,
  type ValueHistory,
  whyMayNotSign,
  whySigns,
} from './token-reuse.ts';

/** What an operator dictates; what is absent is generated, or carried over by a rotation. */
export interface DictatedValues {
  /** The token; with a signature alone the secret that the sender signs with. */
  value?: string | undefined;
  signingSecret?: string | undefined;
}

const notUsable = (why: string): Problem =>
  new Problem(422, 'token_not_usable', `This value can not be used: ${why}. Change it, or change auth.`);

const spacesAdvice = 'it has white space at an end, which a paste adds by mistake: send it without';

/** Why a text can't be a token that is accepted here, or undefined if it can. */
function whyNotToken(value: string, accept: readonly Placement[]): string | undefined {
  if (value !== value.trim()) return spacesAdvice;
  if (isMistyped(value)) return 'it looks like one of ours and its checksum is wrong';
  if (!/^[\x20-\x7e]{12,512}$/.test(value)) return 'a token has 12 to 512 printable ASCII characters';
  return accept.map((placement) => whyCannotCarry(placement, value)).find((reason) => reason !== undefined);
}

const formNames: Record<SecretForm['form'], string> = { utf8: 'text', hex: 'hexadecimal', base64: 'padded base64' };

/** Why a text can't be the secret or the key of a scheme, or undefined if it can. */
function whyNotSecret(scheme: Scheme, secret: string): string | undefined {
  const form = keyFormOf(scheme);
  if (form !== undefined) {
    if (secret !== secret.trim()) return spacesAdvice;
    const { prefix } = form;
    const written = `${formNames[form.form]}${prefix === undefined ? '' : `, with or without ${prefix} before it`}`;
    const bytes = secretBytes(form, secret);
    if (!bytes) return `this sender's secrets are written as ${written}`;
    return bytes.length < 12 ? 'a secret that a sender signs with has at least 12 bytes' : undefined;
  }
  const method = scheme.kind === 'jwt' ? jwtMethod(scheme) : scheme.kind === 'publicKey' ? scheme : undefined;
  return method && importKey(method, secret)
    ? undefined
    : "this sender signs with a key of its own: enter its public key as the sender's settings show it";
}

/** A new secret of 256 random bits in this form. */
function generateSecret({ form, prefix = '' }: SecretForm): string {
  return form === 'utf8' ? generateToken('hls') : `${prefix}${randomBytes(32).toString(form)}`;
}

const secretMadeBySender = (detail: string): Problem => new Problem(422, 'secret_made_by_sender', detail);

/** The secret that was dictated, if it can be one, or a new one. @throws a 422 where only the sender can make it */
function secretFor(scheme: Scheme, wish: string | undefined): string {
  const form = keyFormOf(scheme);
  if (wish !== undefined) {
    const why = whyNotSecret(scheme, wish);
    if (why) throw notUsable(why);
    return wish;
  }
  if (form) return generateSecret(form);
  throw secretMadeBySender(
    'This sender signs with a key of its own, which can not be generated here: copy the public key from its settings, and send it as value.',
  );
}

function tokenFor(accept: readonly Placement[], wish: string | undefined): string {
  const why = wish === undefined ? undefined : whyNotToken(wish, accept);
  if (why) throw notUsable(why);
  return wish ?? generateToken('hle');
}

/** The scheme of an auth that asks for a signature. */
function schemeOfAuth(provider: string, auth: Auth): Scheme | undefined {
  const scheme = 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
  if ('scheme' in auth && !scheme) throw new Error(`the scheme of ${provider} is not known to this version`);
  return scheme;
}

/** What is dictated or carried over of the halves that an auth asks for. */
function providedHalves(auth: Auth, scheme: Scheme | undefined, wish: DictatedValues, kept: ValueHalves): ValueHalves {
  const secret = auth.kind === 'signature' ? wish.value : wish.signingSecret;
  return {
    token: 'accept' in auth ? (wish.value ?? kept.token) : undefined,
    // Whoever signs with a certificate that it publishes has no secret here.
    secret: scheme && needsSecret(scheme) ? (secret ?? kept.secret) : secret,
  };
}

/** The halves that an auth asks for, of which those that nobody brings are generated. */
function completedHalves(auth: Auth, scheme: Scheme | undefined, brought: ValueHalves): ValueHalves {
  const token = 'accept' in auth ? { token: tokenFor(auth.accept, brought.token) } : {};
  const hasNone = auth.kind === 'both' && brought.secret === undefined && scheme && !needsSecret(scheme);
  return !scheme || hasNone ? token : { ...token, secret: secretFor(scheme, brought.secret) };
}

/**
 * Refuses to make what only the sender can make: whatever is generated in its place would refuse every delivery.
 * @throws a 422 that says where this sender's secret comes from
 */
function checkMaker(
  provider: string,
  { kind }: Auth,
  scheme: Scheme | undefined,
  brought: ValueHalves,
  making: ValueContext,
) {
  const { maker = 'operator', request = 'POST …/endpoint/token' } = making;
  if (maker === 'operator') return;
  const isSigned = kind !== 'token' && scheme && needsSecret(scheme);
  const isLacking = isSigned ? brought.secret === undefined : kind === 'token' && brought.token === undefined;
  if (isLacking)
    throw secretMadeBySender(
      `${secretGuide(provider, maker, { field: kind === 'both' ? 'signingSecret' : 'value', request })} If the sender takes a secret of yours, set secretFrom to operator first.`,
    );
}

/** Refuses another key of a known sender's in the place of its signing secret. @throws a 422 */
function checkDictated(provider: string, auth: Auth, { value, signingSecret }: DictatedValues): void {
  const secret = auth.kind === 'signature' ? value : signingSecret;
  if (secret !== undefined && secret !== secret.trim() && !secret.includes('-----')) throw notUsable(spacesAdvice);
  const isOwnScheme = 'scheme' in auth && auth.scheme === provider;
  const why = secret !== undefined && isOwnScheme ? whyNoSecretOf(provider, secret) : undefined;
  if (why) throw notUsable(why);
}

/** Refuses what is brought where it is, or was, used as the other half. @throws a 422 */
function checkHalves(
  scheme: Scheme | undefined,
  { token, secret }: ValueHalves,
  past: ValueHistory,
  beside: readonly LiveValue[],
) {
  const whyNotSign = scheme && secret !== undefined ? whyMayNotSign(scheme, secret, past) : undefined;
  const whyNoBearer = token === undefined ? undefined : whySigns(token, beside);
  const why = whyNotSign ?? whyNoBearer;
  if (why) throw notUsable(why);
  if (scheme && secret !== undefined && token !== undefined && equivalentSecrets(scheme, secret).has(token))
    throw notUsable('token and signingSecret are the same, and whoever sees the token could sign');
}

/** A new value, and what the record has to know of it. */
export interface NewValue extends VersionUse {
  value: SecretValue;
}

function newValueOf(auth: Auth, { token, secret }: ValueHalves, past: ValueHistory): NewValue {
  const value: SecretValue =
    token === undefined
      ? { token: secret ?? '' }
      : { token, ...(secret === undefined ? {} : { signingSecret: secret }) };
  return { value, holds: holdsFor(auth.kind, value), bearers: bearersToRemember(past, token) };
}

/** What a new version is made with, besides what is dictated. */
interface ValueContext {
  past: ValueHistory;
  /** Who makes the secret; the operator, unless said otherwise. */
  maker?: SecretMaker;
  /** The request that a refusal names as the one to send the secret with. */
  request?: string;
  /** What is carried over where nothing else is dictated. */
  kept?: ValueHalves;
  /** What stays live beside it. */
  beside?: readonly LiveValue[];
}

/** What a version is made with that takes the place of another; what is carried over follows from that one. */
export type RotationContext = Omit<ValueContext, 'kept'>;

/** The value of a new version. @throws a 422 as a problem */
export function makeValue(provider: string, auth: Auth, wish: DictatedValues, making: ValueContext): NewValue {
  const { past, kept = {}, beside = [] } = making;
  if (auth.kind !== 'both' && wish.signingSecret !== undefined)
    throw notUsable(`with auth.kind ${auth.kind} there is one value alone: send it as value`);
  const scheme = schemeOfAuth(provider, auth);
  const brought = providedHalves(auth, scheme, wish, kept);
  checkMaker(provider, auth, scheme, brought, making);
  checkDictated(provider, auth, wish);
  const halves = completedHalves(auth, scheme, brought);
  checkHalves(scheme, brought, past, beside);
  return newValueOf(auth, halves, past);
}

/** The value of a version that takes the place of the current one. */
export function rotatedValue(provider: string, auth: Auth, wish: DictatedValues, making: RotationContext): NewValue {
  const { past } = making;
  const { token, secret } = past.live[0] ? halvesOf(past.live[0]) : {};
  // A rotation that names one of two is about that one; one that names nothing is about the token, which is ours.
  const kept = auth.kind === 'both' ? { secret, token: wish.signingSecret === undefined ? undefined : token } : {};
  return makeValue(provider, auth, wish, { request: 'POST …/endpoint/token/rotate', ...making, kept });
}

/**
 * The value of a version that stands for a certificate. Operators see and end a way by its version, so a certificate has
 * one too. Nothing is ever proved by this value.
 */
export const certificateValue = (): SecretValue => ({ token: generateToken('hls') });

/**
 * The value of the version that comes with another auth. What is not dictated is carried over where it fits, a token as
 * a token and a signing secret as a signing secret.
 * @throws a 422 as a problem
 */
export function changedValue(provider: string, auth: Auth, wish: DictatedValues, making: RotationContext): NewValue {
  const { past } = making;
  const scheme = schemeOfAuth(provider, auth);
  if (auth.kind === 'signature' && scheme && !needsSecret(scheme) && wish.value === undefined)
    return newValueOf(auth, { secret: certificateValue().token }, past);
  const { token, secret } = past.live[0] ? halvesOf(past.live[0]) : {};
  const fits = {
    token: token !== undefined && 'accept' in auth && !whyNotToken(token, auth.accept) ? token : undefined,
    secret: secret !== undefined && scheme && !whyUnfitSecret(scheme, secret, past) ? secret : undefined,
  };
  return makeValue(provider, auth, wish, { request: 'PUT …/endpoint with values', ...making, kept: fits });
}

const whyUnfitSecret = (scheme: Scheme, secret: string, past: ValueHistory): string | undefined =>
  whyNotSecret(scheme, secret) ?? whyMayNotSign(scheme, secret, past);

/** Why a value that is live already can't go on by this auth, or undefined if it can. */
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
    ? 'it has travelled as a token, and must not begin to sign'
    : 'it has no signing secret beside the token';
}
