/**
 * The common forms of signatures. A text can name a value of the request: `x-signature` is a header,
 * `x-signature: sha256=` is a header without that prefix, and `/data/signature` is a field of the body.
 *
 * Each function makes plain data and has no side effect, so that a bundle leaves out the presets that it does not use.
 */
import type { MessagePart, PublicKeyForm, Scheme, SecretForm, Timestamp, ValueSource } from '../signature/scheme.ts';

type HeaderSource = ValueSource & { in: 'header' };
type Separator = NonNullable<ValueSource['separator']>;
type HmacScheme = Extract<Scheme, { kind: 'hmac' }>;
type DigestScheme = Extract<Scheme, { kind: 'digest' }>;
type PublicKeyScheme = Extract<Scheme, { kind: 'publicKey' }>;

/**
 * A header's value without the prefix. With a separator, the value is a list, and each element with the prefix counts.
 */
/* @__NO_SIDE_EFFECTS__ */
export const header = (name: string, prefix?: string, separator?: Separator): HeaderSource => ({
  in: 'header',
  name,
  ...(prefix && { prefix }),
  ...(separator && { separator }),
});

/** The place that a text names. */
/* @__NO_SIDE_EFFECTS__ */
export const sourceOf = <T>(at: T | string): T | ValueSource => {
  if (typeof at !== 'string') return at;
  return at.startsWith('/') ? { in: 'body', path: at } : header(...(at.split(': ') as [string, string?]));
};

export const body: MessagePart = { part: 'body' };
export const timestamp: MessagePart = { part: 'timestamp' };
export const url: MessagePart = { part: 'url' };
/* @__NO_SIDE_EFFECTS__ */
export const literal = (text: string): MessagePart => ({ part: 'literal', text });
/* @__NO_SIDE_EFFECTS__ */
export const value = (at: ValueSource | string): MessagePart => ({ part: 'value', source: sourceOf(at) });

/** HMAC-SHA256 of the body, written in hex. The secret's text is the key. `more` replaces any of these defaults. */
/* @__NO_SIDE_EFFECTS__ */
export const hmac = (
  signatures: ValueSource | string | (ValueSource | string)[],
  more: Partial<HmacScheme> = {},
): HmacScheme => ({
  kind: 'hmac',
  algorithm: 'sha256',
  key: { form: 'utf8' },
  encoding: 'hex',
  message: [body],
  signatures: [signatures].flat().map(sourceOf),
  ...more,
});

/** Like `hmac`, but written in base64. */
/* @__NO_SIDE_EFFECTS__ */
export const hmac64 = (
  signatures: ValueSource | string | (ValueSource | string)[],
  more: Partial<HmacScheme> = {},
): HmacScheme => hmac(signatures, { encoding: 'base64', ...more });

/**
 * The time of signing. Without a tolerance, a delivery of any age is accepted, although the time is part of the
 * message.
 */
/* @__NO_SIDE_EFFECTS__ */
export const time = (at: ValueSource | string, tolerance = 0, unit: Timestamp['unit'] = 's'): Timestamp => ({
  source: sourceOf(at),
  unit,
  ...(tolerance && { tolerance }),
});

/** What senders change in Stripe's form. */
type StripeLike = Partial<HmacScheme> & { tolerance?: number; unit?: Timestamp['unit']; prefix?: string };

/** Stripe's form: one header `t=…,v1=…`. The signature covers the time, a dot and the body. */
/* @__NO_SIDE_EFFECTS__ */
export const stripeLike = (
  name: string,
  { tolerance = 300, unit, prefix = 'v1=', ...more }: StripeLike = {},
): HmacScheme =>
  hmac(header(name, prefix, ','), {
    timestamp: time(header(name, 't=', ','), tolerance, unit),
    message: [timestamp, literal('.'), body],
    ...more,
  });

/** Slack's form: the signature covers `v0:`, the time, a colon and the body. */
/* @__NO_SIDE_EFFECTS__ */
export const slackLike = (signature: string, at: string, tolerance?: number): HmacScheme =>
  hmac(signature, {
    timestamp: time(at, tolerance),
    message: [literal('v0:'), timestamp, literal(':'), body],
  });

/** Standard Webhooks 1.0. The headers begin with `webhook-`. Svix uses the same form with `svix-`. */
/* @__NO_SIDE_EFFECTS__ */
export const standardWebhooks = (
  prefix: 'webhook' | 'svix',
  key: SecretForm = { form: 'base64', prefix: 'whsec_' },
): HmacScheme =>
  hmac64(header(`${prefix}-signature`, 'v1,', ' '), {
    key,
    timestamp: time(`${prefix}-timestamp`, 300),
    message: [value(`${prefix}-id`), literal('.'), timestamp, literal('.'), body],
  });

/** A plain digest, in hex, of a message that contains the secret. */
/* @__NO_SIDE_EFFECTS__ */
export const digest = (
  algorithm: DigestScheme['algorithm'],
  signature: string,
  more: Pick<DigestScheme, 'message'> & Partial<DigestScheme>,
): DigestScheme => ({ ...hmac(signature), kind: 'digest', algorithm, ...more });

/** A signature over the time and the body. The sender's public key verifies it. */
/* @__NO_SIDE_EFFECTS__ */
export const publicKey = (
  algorithm: PublicKeyScheme['algorithm'],
  form: PublicKeyForm['form'],
  encoding: PublicKeyScheme['encoding'],
  signature: string,
  at: Timestamp,
): PublicKeyScheme => ({
  ...hmac(signature, { encoding, timestamp: at, message: [timestamp, body] }),
  kind: 'publicKey',
  algorithm,
  key: { form },
});
