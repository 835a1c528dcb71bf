/** What one version of an endpoint's secret holds, made or adopted in the form that its proofs want. */
import { randomBytes } from 'node:crypto';
import type { Auth } from './auth.ts';
import { cannotCarry, type Placement } from './placement.ts';
import { Problem } from './problem.ts';
import { schemeOf } from './settings-in-force.ts';
import { needsSecret } from './signature/certificate-scheme.ts';
import { jwtMethod } from './signature/jwt.ts';
import { keyOf, secretBytes } from './signature/key.ts';
import type { Scheme, SecretForm } from './signature/scheme.ts';
import { keyFormOf } from './signature/scheme-check.ts';
import { generateToken, isMistyped } from './token.ts';
import type { Value } from './vault.ts';

/** What an operator dictates; what is absent is generated, or carried over by a rotation. */
export interface Wish {
  /** The token; with a signature alone the secret that the sender signs with. */
  value?: string | undefined;
  signingSecret?: string | undefined;
}

const notUsable = (why: string): Problem =>
  new Problem(422, 'token_not_usable', `This value can not be used: ${why}. Change it, or change auth.`);

/** Why a text can't be a token that is accepted here, or undefined if it can. */
function whyNoToken(value: string, accept: readonly Placement[]): string | undefined {
  if (isMistyped(value)) return 'it looks like one of ours and its checksum is wrong';
  if (!/^[\x20-\x7e]{12,512}$/.test(value)) return 'a token has 12 to 512 printable ASCII characters';
  return accept.map((placement) => cannotCarry(placement, value)).find((reason) => reason !== undefined);
}

const forms: Record<SecretForm['form'], string> = { utf8: 'text', hex: 'hexadecimal', base64: 'padded base64' };

/** Why a text can't be the secret or the key of a scheme, or undefined if it can. */
function whyNoSecret(scheme: Scheme, secret: string): string | undefined {
  const form = keyFormOf(scheme);
  if (form !== undefined) {
    const { prefix } = form;
    const written = `${forms[form.form]}${prefix === undefined ? '' : `, with or without ${prefix} before it`}`;
    const bytes = secretBytes(form, secret);
    if (!bytes) return `this sender's secrets are written as ${written}`;
    return bytes.length < 12 ? 'a secret that a sender signs with has at least 12 bytes' : undefined;
  }
  const method = scheme.kind === 'jwt' ? jwtMethod(scheme) : scheme.kind === 'publicKey' ? scheme : undefined;
  return method && keyOf(method, secret)
    ? undefined
    : "this sender signs with a key of its own: enter its public key as the sender's settings show it";
}

/** A new secret of 256 random bits in this form. */
function generateSecret({ form, prefix = '' }: SecretForm): string {
  return form === 'utf8' ? generateToken('hle') : `${prefix}${randomBytes(32).toString(form)}`;
}

/** The secret that was dictated, if it can be one, or a new one. @throws a 409 where only the sender can make it */
function secretFor(scheme: Scheme, wish: string | undefined): string {
  const form = keyFormOf(scheme);
  if (wish !== undefined) {
    const why = whyNoSecret(scheme, wish);
    if (why) throw notUsable(why);
    return wish;
  }
  if (form) return generateSecret(form);
  throw new Problem(
    409,
    'secret_made_by_sender',
    'This sender signs with a key of its own, which can not be generated here: copy the public key from its settings, and send it as value.',
  );
}

function tokenFor(accept: readonly Placement[], wish: string | undefined): string {
  const why = wish === undefined ? undefined : whyNoToken(wish, accept);
  if (why) throw notUsable(why);
  return wish ?? generateToken('hle');
}

/**
 * The value of a new version.
 * @param before what the present version holds, if this is a rotation
 * @throws 409 or 422 as a problem
 */
export function newValue(provider: string, auth: Auth, wish: Wish, before?: Value): Value {
  if (auth.kind !== 'both' && wish.signingSecret !== undefined)
    throw notUsable(`with auth.kind ${auth.kind} there is one value alone: send it as value`);
  if (auth.kind === 'token') return { token: tokenFor(auth.accept, wish.value) };
  const scheme = schemeOf(provider, auth.scheme);
  if (!scheme) throw new Error(`the scheme of ${provider} is not known to this version`);
  if (auth.kind === 'signature') return { token: secretFor(scheme, wish.value) };
  // Whoever signs with a certificate that it publishes has no secret here.
  if (!needsSecret(scheme) && wish.signingSecret === undefined) return { token: tokenFor(auth.accept, wish.value) };
  // A rotation that names one of the two is about that one; one that names nothing is about the token, which is ours.
  const keptToken = wish.signingSecret === undefined ? undefined : before?.token;
  return {
    token: tokenFor(auth.accept, wish.value ?? keptToken),
    signingSecret: secretFor(scheme, wish.signingSecret ?? before?.signingSecret),
  };
}

/** What a version holds as a token and as a signing secret, whatever is named how where one of them is alone. */
function halvesOf(kind: Auth['kind'], { token, signingSecret }: Value): { token?: string; secret?: string } {
  if (kind === 'signature') return { secret: signingSecret ?? token };
  return kind === 'token' || signingSecret === undefined ? { token } : { token, secret: signingSecret };
}

/**
 * The value of the version that comes with another auth. What is not dictated is carried over where it fits, a token as
 * a token and a signing secret as a signing secret: one that has travelled in a URL must never begin to sign.
 * @param before what is live, and by which kind of auth
 * @throws 409 or 422 as a problem
 */
export function changedValue(
  provider: string,
  auth: Auth,
  wish: Wish,
  before: { kind: Auth['kind']; value: Value },
): Value {
  const { token, secret } = halvesOf(before.kind, before.value);
  const scheme = 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
  const keptToken = token !== undefined && 'accept' in auth && !whyNoToken(token, auth.accept) ? token : undefined;
  const keptSecret = secret !== undefined && scheme && !whyNoSecret(scheme, secret) ? secret : undefined;
  // The record knows a version of it by which the way before can end; nothing is ever proved by its value.
  if (auth.kind === 'signature' && scheme && !needsSecret(scheme) && wish.value === undefined)
    return { token: generateToken('hle') };
  if (auth.kind === 'both')
    return newValue(provider, auth, {
      value: wish.value ?? keptToken,
      signingSecret: wish.signingSecret ?? keptSecret,
    });
  const kept = auth.kind === 'token' ? keptToken : keptSecret;
  return newValue(provider, auth, { ...wish, value: wish.value ?? kept });
}

/**
 * Why a value that is live already can't go on by this auth, or undefined if it can: it would let nobody in, or it has
 * travelled as a token, and whoever saw it could sign. @param kind of the auth that it is live by
 */
export function whyUnfit(
  provider: string,
  auth: Auth,
  kind: Auth['kind'],
  { token, signingSecret }: Value,
): string | undefined {
  const scheme = 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
  const noToken = 'accept' in auth ? whyNoToken(token, auth.accept) : undefined;
  if (noToken || !scheme || !needsSecret(scheme)) return noToken;
  if (auth.kind === 'signature' && kind === 'token') return 'it has travelled as a token, and must not begin to sign';
  if (auth.kind === 'signature') return whyNoSecret(scheme, signingSecret ?? token);
  return signingSecret === undefined ? 'it has no signing secret beside the token' : whyNoSecret(scheme, signingSecret);
}
