/**
 * Makes the value of a secret's version, in the form that auth needs. The operator sends the value, Hooklatch generates
 * it, or it is carried over.
 */
import { randomBytes } from 'node:crypto';
import { said } from '../../ground/base/advice.ts';
import type { SecretAdvice } from '../../ground/base/advice-schema.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { SecretValue } from '../credential/secret-store.ts';
import { generateToken } from '../credential/token.ts';
import type { Placement } from '../credential/token-placement.ts';
import { secretAdvice, whyNoSecretOf } from '../provider/secret-guide.ts';
import type { Auth } from '../settings/auth.ts';
import { needsSecret } from '../signature/certificate-scheme.ts';
import type { Scheme, SecretForm } from '../signature/scheme.ts';
import { keyFormOf } from '../signature/scheme-check.ts';
import type { VersionUse } from './command.ts';
import { spacesAdvice, whyNotSecret, whyNotToken } from './secret-value-format.ts';
import { type SecretMaker, schemeOf } from './settings-in-force.ts';
import {
  bearersToRemember,
  equivalentSecrets,
  holdsFor,
  type LiveValue,
  type ValueHalves,
  type ValueHistory,
  whyMayNotSign,
  whySigns,
} from './token-reuse.ts';

/** The values that an operator sends. An absent value is generated, or a rotation carries it over. */
export interface DictatedValues {
  /** The token. With `auth.kind` signature, the signing secret. */
  value?: string | undefined;
  signingSecret?: string | undefined;
}

const notUsable = (why: string): Refusal =>
  new Refusal('token_not_usable', `This value cannot be used: ${why}. Change it, or change auth.`);

/** A new secret of 256 random bits in this form. */
function randomSecret({ form, prefix = '' }: SecretForm): string {
  return form === 'utf8' ? generateToken('hls') : `${prefix}${randomBytes(32).toString(form)}`;
}

/**
 * The secret that the operator sent, or a generated one.
 * @throws a refusal if the text can't be a secret, or if only the
 * sender can make the secret
 */
function secretFor(scheme: Scheme, dictated: string | undefined): string {
  const form = keyFormOf(scheme);
  if (dictated !== undefined) {
    const why = whyNotSecret(scheme, dictated);
    if (why) throw notUsable(why);
    return dictated;
  }
  if (form) return randomSecret(form);
  throw new Refusal(
    'secret_made_by_sender',
    'This sender signs with its own private key, so no secret can be generated here. Copy the public key from its settings and send it as value.',
  );
}

function tokenFor(accept: readonly Placement[], dictated: string | undefined): string {
  const why = dictated === undefined ? undefined : whyNotToken(dictated, accept);
  if (why) throw notUsable(why);
  return dictated ?? generateToken('hle');
}

/** The scheme of an auth that demands a signature. */
export function schemeOfAuth(provider: string, auth: Auth): Scheme | undefined {
  const scheme = 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
  if ('scheme' in auth && !scheme) throw new Error(`the scheme of ${provider} is not known to this version`);
  return scheme;
}

/** The parts of a value that the operator sent or that are carried over. */
function providedHalves(
  auth: Auth,
  scheme: Scheme | undefined,
  dictated: DictatedValues,
  kept: ValueHalves,
): ValueHalves {
  const secret = auth.kind === 'signature' ? dictated.value : dictated.signingSecret;
  return {
    token: 'accept' in auth ? (dictated.value ?? kept.token) : undefined,
    // A sender that signs with a published certificate has no secret here.
    secret: scheme && needsSecret(scheme) ? (secret ?? kept.secret) : secret,
  };
}

/** All parts of a value that the auth needs. Generates the parts that are not provided. */
function completedHalves(auth: Auth, scheme: Scheme | undefined, provided: ValueHalves): ValueHalves {
  const token = 'accept' in auth ? { token: tokenFor(auth.accept, provided.token) } : {};
  const hasNone = auth.kind === 'both' && provided.secret === undefined && scheme && !needsSecret(scheme);
  return !scheme || hasNone ? token : { ...token, secret: secretFor(scheme, provided.secret) };
}

/**
 * Refuses to generate what only the sender can make. With a generated value, every arrival would be rejected.
 * @throws a refusal that says where this sender's secret comes from
 */
function checkMaker(
  provider: string,
  { kind }: Auth,
  scheme: Scheme | undefined,
  provided: ValueHalves,
  context: ValueContext,
) {
  const { maker = 'operator', verb = 'generateToken' } = context;
  if (maker === 'operator') return;
  const isSigned = scheme && needsSecret(scheme);
  const isLacking = isSigned ? provided.secret === undefined : kind === 'token' && provided.token === undefined;
  if (!isLacking) return;
  const secret = secretAdvice(provider, maker, { field: kind === 'both' ? 'signingSecret' : 'value', verb });
  throw new Refusal('secret_made_by_sender', said({ code: 'secret_made_by_sender', secret }), { secret });
}

/**
 * Refuses a signing secret that is really another key of a known sender, such as an API key.
 * @throws a refusal
 */
function checkDictated(provider: string, auth: Auth, { value, signingSecret }: DictatedValues): void {
  const secret = auth.kind === 'signature' ? value : signingSecret;
  if (secret !== undefined && secret !== secret.trim() && !secret.includes('-----')) throw notUsable(spacesAdvice);
  const isOwnScheme = 'scheme' in auth && auth.scheme === provider;
  const why = secret !== undefined && isOwnScheme ? whyNoSecretOf(provider, secret) : undefined;
  if (why) throw notUsable(why);
}

/**
 * Refuses a signing secret that is or was a token, and a token that is still a signing secret.
 * @throws a refusal
 */
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
    throw notUsable('token and signingSecret are the same, so anybody who sees the token could sign');
}

/** A new value, and what the record must store about it. */
export interface NewValue extends VersionUse {
  value: SecretValue;
}

export function newValueOf(auth: Auth, { token, secret }: ValueHalves, past: ValueHistory): NewValue {
  const value: SecretValue =
    token === undefined
      ? { token: secret ?? '' }
      : { token, ...(secret === undefined ? {} : { signingSecret: secret }) };
  return { value, holds: holdsFor(auth.kind, value), bearers: bearersToRemember(past, token) };
}

/** The input for a new version, besides the values that the operator sent. */
interface ValueContext {
  past: ValueHistory;
  /** The maker of the secret. Default: the operator. */
  maker?: SecretMaker;
  /** The verb that takes the value. */
  verb?: SecretAdvice['verb'];
  /** The parts that are carried over unless the operator sends new ones. */
  kept?: ValueHalves;
  /** The other values that stay live. */
  beside?: readonly LiveValue[];
}

/**
 * The input for a version that replaces another version. The parts that are carried over come from the replaced
 * version.
 */
export type RotationContext = Omit<ValueContext, 'kept'>;

/**
 * The value of a new version.
 * @throws a refusal
 */
export function makeValue(provider: string, auth: Auth, dictated: DictatedValues, context: ValueContext): NewValue {
  const { past, kept = {}, beside = [] } = context;
  if (auth.kind !== 'both' && dictated.signingSecret !== undefined)
    throw notUsable(`with auth.kind ${auth.kind} there is only one value. Send it as value`);
  const scheme = schemeOfAuth(provider, auth);
  const provided = providedHalves(auth, scheme, dictated, kept);
  checkMaker(provider, auth, scheme, provided, context);
  checkDictated(provider, auth, dictated);
  const halves = completedHalves(auth, scheme, provided);
  checkHalves(scheme, provided, past, beside);
  return newValueOf(auth, halves, past);
}
