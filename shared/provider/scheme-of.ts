/**
 * How senders sign and where their requests say something, in the few forms that nearly all of them use. Every function
 * makes plain data, so that a bundle which does not need a preset leaves its calls out.
 */
import type { MessagePart, PublicKeyForm, Scheme, Timestamp, ValueSource } from '../signature/scheme.ts';

type HeaderSource = ValueSource & { in: 'header' };
type Separator = NonNullable<ValueSource['separator']>;
type HmacScheme = Extract<Scheme, { kind: 'hmac' }>;
type DigestScheme = Extract<Scheme, { kind: 'digest' }>;
type PublicKeyScheme = Extract<Scheme, { kind: 'publicKey' }>;

/** A header's value; what of it is meant begins with the prefix, and with a separator it is a list. */
/* @__NO_SIDE_EFFECTS__ */
export const header = (name: string, prefix?: string, separator?: Separator): HeaderSource => ({
  in: 'header',
  name,
  ...(prefix ? { prefix } : {}),
  ...(separator ? { separator } : {}),
});

/** A field of the body. */
/* @__NO_SIDE_EFFECTS__ */
export const field = (path: string): { in: 'body'; path: string } => ({ in: 'body', path });

export const body: MessagePart = { part: 'body' };
export const timestamp: MessagePart = { part: 'timestamp' };
export const url: MessagePart = { part: 'url' };
/* @__NO_SIDE_EFFECTS__ */
export const literal = (text: string): MessagePart => ({ part: 'literal', text });
/* @__NO_SIDE_EFFECTS__ */
export const value = (source: ValueSource): MessagePart => ({ part: 'value', source });

/** HMAC-SHA256 in hex over the body with a UTF-8 secret, unless said otherwise. */
/* @__NO_SIDE_EFFECTS__ */
export const hmac = (signatures: ValueSource | ValueSource[], more: Partial<HmacScheme> = {}): HmacScheme => ({
  kind: 'hmac',
  algorithm: 'sha256',
  key: { form: 'utf8' },
  encoding: 'hex',
  message: [body],
  signatures: [signatures].flat(),
  ...more,
});

/** The same in base64. */
/* @__NO_SIDE_EFFECTS__ */
export const hmac64 = (signatures: ValueSource | ValueSource[], more: Partial<HmacScheme> = {}): HmacScheme =>
  hmac(signatures, { encoding: 'base64', ...more });

/** The time of signing, in seconds since 1970 unless said otherwise; without a tolerance it is only read. */
/* @__NO_SIDE_EFFECTS__ */
export const time = (source: ValueSource, tolerance = 0, unit: Timestamp['unit'] = 's'): Timestamp =>
  tolerance ? { source, unit, tolerance } : { source, unit };

/** `t=…,v1=…` in one header, or another prefix than `v1=`, over the time, a dot and the body, as Stripe began it. */
/* @__NO_SIDE_EFFECTS__ */
export const stripeLike = (name: string, more: Partial<HmacScheme> = {}, prefix = 'v1='): HmacScheme =>
  hmac(header(name, prefix, ','), {
    timestamp: time(header(name, 't=', ','), 300),
    message: [timestamp, literal('.'), body],
    ...more,
  });

/** `v0=…` over `v0:`, the time, a colon and the body, as Slack began it. */
/* @__NO_SIDE_EFFECTS__ */
export const slackLike = (signature: ValueSource, at: string, tolerance?: number): HmacScheme =>
  hmac(signature, {
    timestamp: time(header(at), tolerance),
    message: [literal('v0:'), timestamp, literal(':'), body],
  });

/** Standard Webhooks 1.0, whose headers begin with `webhook`, or with `svix` where Svix itself sends. */
/* @__NO_SIDE_EFFECTS__ */
export const standardWebhooks = (prefix: 'webhook' | 'svix'): HmacScheme =>
  hmac64(header(`${prefix}-signature`, 'v1,', ' '), {
    key: { form: 'base64', prefix: 'whsec_' },
    timestamp: time(header(`${prefix}-timestamp`), 300),
    message: [value(header(`${prefix}-id`)), literal('.'), timestamp, literal('.'), body],
  });

/** A plain digest in hex over a message that has the secret in it. */
/* @__NO_SIDE_EFFECTS__ */
export const digest = (
  algorithm: DigestScheme['algorithm'],
  signature: ValueSource,
  more: Pick<DigestScheme, 'message'> & Partial<DigestScheme>,
): DigestScheme => ({
  kind: 'digest',
  algorithm,
  key: { form: 'utf8' },
  encoding: 'hex',
  signatures: [signature],
  ...more,
});

/** A public key's signature over a time and the body. */
/* @__NO_SIDE_EFFECTS__ */
export const publicKey = (
  algorithm: PublicKeyScheme['algorithm'],
  form: PublicKeyForm['form'],
  encoding: PublicKeyScheme['encoding'],
  signature: ValueSource,
  at: Timestamp,
): PublicKeyScheme => ({
  kind: 'publicKey',
  algorithm,
  key: { form },
  encoding,
  signatures: [signature],
  timestamp: at,
  message: [timestamp, body],
});
