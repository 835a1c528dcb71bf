/**
 * Keeps a value from being both a token and a signing secret, at once or one after the other. Anybody who saw a token
 * in a request could sign with it.
 */
import type { SecretValue } from '../credential/secret-store.ts';
import { isWellFormed } from '../credential/token.ts';
import type { Auth } from '../settings/auth.ts';
import { needsSecret } from '../signature/certificate-scheme.ts';
import { secretBytes } from '../signature/key.ts';
import type { Scheme } from '../signature/scheme.ts';
import { keyFormOf } from '../signature/scheme-check.ts';
import { bearerDigest, bearerDigests, moreBearersMark } from './bearer-digest.ts';
import type { Connection } from './connection.ts';
import type { Holds, Token } from './endpoint-record.ts';
import { schemeOf, settingsOf } from './settings-in-force.ts';

/** The two parts of a value, by use. */
export interface ValueHalves {
  /** The token that the sender presents. */
  token?: string | undefined;
  /** The secret that the sender signs with. */
  secret?: string | undefined;
}

/** A live value. */
export interface LiveValue {
  id: string;
  value: SecretValue;
  holds: Holds;
  /** The scheme that the value signs with, if any. */
  scheme: Scheme | undefined;
  /** Whether only the policy before a change of auth accepts this value. */
  isEarlier: boolean;
}

/** An endpoint's live values and former tokens. */
export interface ValueHistory {
  endpointId: string;
  /** Digests of former tokens. */
  bearers: readonly string[];
  live: readonly LiveValue[];
}

/** Combines a value with what the record says of its version. */
export function liveValueOf({ provider, endpoint }: Connection, token: Token, value: SecretValue): LiveValue {
  if (!endpoint) throw new Error('an unconfigured endpoint has no values');
  const { auth } = token.under ?? settingsOf({ provider, endpoint });
  const scheme = 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
  return {
    id: token.id,
    value,
    holds: value.signingSecret === undefined ? token.holds : 'both',
    scheme: scheme && needsSecret(scheme) ? scheme : undefined,
    isEarlier: token.under !== undefined,
  };
}

export const halvesOf = ({
  value: { token, signingSecret },
  holds,
}: Pick<LiveValue, 'value' | 'holds'>): ValueHalves =>
  holds === 'secret' ? { secret: token } : { token, secret: signingSecret };

/** The use of a new version with this value, under this kind of auth. */
export function holdsFor(kind: Auth['kind'], { signingSecret }: SecretValue): Holds {
  if (signingSecret !== undefined) return 'both';
  return kind === 'signature' ? 'secret' : 'bearer';
}

/** The prefix of Standard Webhooks secrets. Senders write these secrets with the prefix or without it. */
const standardWebhooksPrefix = 'whsec_';

/**
 * All texts that are the same key as a secret. Anybody who knows one of them can sign. Zeros at the end are ignored,
 * because an HMAC pads its key with zeros.
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

/** Whether a text is or was a token. */
const wasToken = (text: string, { endpointId, bearers, live }: ValueHistory): boolean =>
  bearers.includes(bearerDigest(endpointId, text)) || live.some((one) => halvesOf(one).token === text);

/** The reason why a value must not be a signing secret, or undefined if it may. */
export function whyMayNotSign(scheme: Scheme, secret: string, past: ValueHistory): string | undefined {
  const spellings = [...equivalentSecrets(scheme, secret)];
  if (spellings.some((text) => isWellFormed('hle', text) || wasToken(text, past)))
    return 'it was used as a token or has the form of one, so anybody who saw it could sign. Leave it out to generate a signing secret, or get another one from the sender';
  const isKnown = past.live.some((one) => halvesOf(one).secret === secret);
  if (isKnown || !past.bearers.includes(moreBearersMark)) return undefined;
  return 'this endpoint had more adopted tokens than its record can remember, and this may be one of them. Leave it out to generate a signing secret, or deconfigure the endpoint and start again';
}

/** The reason why a value must not be a token while these values are live, or undefined if it may. */
export function whySigns(token: string, live: readonly LiveValue[]): string | undefined {
  const isSigner = (one: LiveValue) => {
    const { secret } = halvesOf(one);
    return one.scheme !== undefined && secret !== undefined && equivalentSecrets(one.scheme, secret).has(token);
  };
  return live.some(isSigner)
    ? 'signatures made with it are accepted until the grace ends. End the grace first, or choose another token'
    : undefined;
}

/** Digests of the tokens that a record must remember: the live ones and a new one. */
export const bearersToRemember = ({ endpointId, live }: ValueHistory, token?: string): string[] =>
  bearerDigests(
    endpointId,
    [...live.map((one) => halvesOf(one).token), token].flatMap((text) => text ?? []),
  );
