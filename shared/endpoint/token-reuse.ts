/**
 * Whether a value may sign deliveries, or be a token, by what its endpoint knows of the others. Whoever saw a token in a
 * request could sign with it, so no value may be both: not at once, and not one after the other.
 */

import type { SecretValue } from '../credential/secret-store.ts';
import { isWellFormed } from '../credential/token.ts';
import type { Auth } from '../settings/auth.ts';
import { needsSecret } from '../signature/certificate-scheme.ts';
import { secretBytes } from '../signature/key.ts';
import type { Scheme } from '../signature/scheme.ts';
import { keyFormOf } from '../signature/scheme-check.ts';
import { bearerDigest, bearerDigests, holdsOf, moreBearersMark } from './bearer-digest.ts';
import type { Connection } from './connection.ts';
import type { Holds, Token } from './endpoint-record.ts';
import { schemeOf, settingsOf } from './settings-in-force.ts';

/** A value by what it is used for. */
export interface ValueHalves {
  /** What the sender presents. */
  token?: string | undefined;
  /** What the sender signs with. */
  secret?: string | undefined;
}

/** A value that is live. */
export interface LiveValue {
  id: string;
  value: SecretValue;
  holds: Holds;
  /** The scheme that it signs by, if it signs. */
  scheme: Scheme | undefined;
  /** Whether it is accepted by the way before a change of auth, and not by the present one. */
  isEarlier: boolean;
}

/** What an endpoint's values are and were. */
export interface ValueHistory {
  endpointId: string;
  /** Digests of its former tokens. */
  bearers: readonly string[];
  live: readonly LiveValue[];
}

/** A value of which the record knows the version. */
export function liveValueOf({ provider, endpoint }: Connection, token: Token, value: SecretValue): LiveValue {
  const present = endpoint && { guard: endpoint.guard, auth: settingsOf({ provider, endpoint }).auth };
  if (!present) throw new Error('an unconfigured endpoint has no values');
  const { auth } = token.under ?? present;
  const scheme = 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
  return {
    id: token.id,
    value,
    holds: value.signingSecret === undefined ? holdsOf(token, present.guard) : 'both',
    scheme: scheme && needsSecret(scheme) ? scheme : undefined,
    isEarlier: token.under !== undefined,
  };
}

export const halvesOf = ({
  value: { token, signingSecret },
  holds,
}: Pick<LiveValue, 'value' | 'holds'>): ValueHalves =>
  holds === 'secret' ? { secret: token } : { token, secret: signingSecret };

/** What a version of this value holds that is made for this kind of auth. */
export function holdsFor(kind: Auth['kind'], { signingSecret }: SecretValue): Holds {
  if (signingSecret !== undefined) return 'both';
  return kind === 'signature' ? 'secret' : 'bearer';
}

/** The prefix of Standard Webhooks: its secrets are written with it and without. */
const standardWebhooksPrefix = 'whsec_';

/**
 * The texts that are the same key as a secret: who knows one of them can sign. An HMAC fills its key up with zeros, so
 * those at the end make no other key.
 */
export function equivalentSecrets(scheme: Scheme, secret: string): Set<string> {
  const form = keyFormOf(scheme);
  const bytes = form && secretBytes(form, secret);
  if (!bytes) return new Set([secret]);
  const length = bytes.findLastIndex((byte) => byte !== 0) + 1;
  const inAll = (['utf8', 'hex', 'base64', 'base64url'] as const).map((one) => bytes.toString(one, 0, length));
  const texts = [...inAll, bytes.toString('hex', 0, length).toUpperCase()];
  const prefixes = ['', standardWebhooksPrefix, form.prefix ?? ''];
  return new Set([secret, ...prefixes.flatMap((prefix) => texts.map((text) => `${prefix}${text}`))]);
}

/** Whether a text is known to have been a token. */
const wasToken = (text: string, { endpointId, bearers, live }: ValueHistory): boolean =>
  bearers.includes(bearerDigest(endpointId, text)) || live.some((one) => halvesOf(one).token === text);

/** Why a value may not sign by a scheme, or undefined if it may. */
export function whyMayNotSign(scheme: Scheme, secret: string, past: ValueHistory): string | undefined {
  const spellings = [...equivalentSecrets(scheme, secret)];
  // An older release generated secrets in the form of tokens. One that signs already may go on.
  const isKnown = past.live.some((one) => halvesOf(one).secret === secret);
  const hasForm = (text: string) => isWellFormed('hle', text) && !(isKnown && text === secret);
  if (spellings.some((text) => hasForm(text) || wasToken(text, past)))
    return 'it has travelled as a token, or has the form of one, and whoever saw it could sign. Leave it out, and a signing secret is generated; or take another from the sender';
  if (isKnown || !past.bearers.includes(moreBearersMark)) return undefined;
  return 'this endpoint has had more dictated tokens than its record can keep, and this may be one of them. Leave it out, and a signing secret is generated; or deconfigure the endpoint, and begin anew';
}

/** Why a value may not be a token while these values are live, or undefined if it may. */
export function whySigns(token: string, live: readonly LiveValue[]): string | undefined {
  const isSigner = (one: LiveValue) => {
    const { secret } = halvesOf(one);
    return one.scheme !== undefined && secret !== undefined && equivalentSecrets(one.scheme, secret).has(token);
  };
  return live.some(isSigner)
    ? 'what is signed with it is accepted until the grace ends. End the grace first, or choose another token'
    : undefined;
}

/** Digests of the tokens that a record has to remember: those that live, and a new one. */
export const bearersToRemember = ({ endpointId, live }: ValueHistory, token?: string): string[] =>
  bearerDigests(
    endpointId,
    [...live.map((one) => halvesOf(one).token), token].flatMap((text) => text ?? []),
  );
