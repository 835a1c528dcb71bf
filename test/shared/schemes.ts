/** Schemes of well-known senders, as tests need them; the providers' own data is in shared/provider. */
import type { Scheme, Source, TemplateScheme } from '../../shared/scheme.ts';

type Part = TemplateScheme['message'][number];

export const header = (name: string, reading: Omit<Source & { in: 'header' }, 'in' | 'name'> = {}): Source => ({
  in: 'header',
  name,
  ...reading,
});
export const field = (path: string): Source => ({ in: 'body', path });
export const body: Part = { part: 'body' };
export const timestamp: Part = { part: 'timestamp' };
export const literal = (text: string): Part => ({ part: 'literal', text });
export const value = (source: Source): Part => ({ part: 'value', source });

/** HMAC-SHA256 in hex over the body with a UTF-8 secret, unless said otherwise. */
export const hmac = (signatures: Source[], more: Partial<TemplateScheme & { kind: 'hmac' }> = {}): Scheme => ({
  kind: 'hmac',
  algorithm: 'sha256',
  key: { form: 'utf8' },
  encoding: 'hex',
  message: [body],
  signatures,
  ...more,
});

const hub = (name: string, algorithm: 'sha1' | 'sha256' | 'sha512' = 'sha256'): Scheme =>
  hmac([header(name, { separator: ',', prefix: `${algorithm}=`, bare: true })], { algorithm });

/** `t=…,v1=…` in one header, over `{t}.{body}`. */
export const stripe = (name: string, more: Partial<TemplateScheme & { kind: 'hmac' }> = {}): Scheme =>
  hmac([header(name, { separator: ',', prefix: 'v1=' })], {
    timestamp: { source: header(name, { separator: ',', prefix: 't=' }), unit: 's', tolerance: 300 },
    message: [timestamp, literal('.'), body],
    ...more,
  });

export const standardWebhooks = (prefix: 'webhook' | 'svix'): Scheme =>
  hmac([header(`${prefix}-signature`, { separator: ' ', prefix: 'v1,' })], {
    key: { form: 'base64', prefix: 'whsec_' },
    encoding: 'base64',
    timestamp: { source: header(`${prefix}-timestamp`), unit: 's', tolerance: 300 },
    message: [value(header(`${prefix}-id`)), literal('.'), timestamp, literal('.'), body],
  });

const paddle = header('paddle-signature', { separator: ';', prefix: 'h1=' });
const hubspot = (version: string, message: Part[]): Scheme => ({
  kind: 'digest',
  algorithm: 'sha256',
  key: { form: 'utf8' },
  encoding: 'hex',
  signatures: [header('x-hubspot-signature')],
  requires: [{ header: 'x-hubspot-signature-version', equals: version }],
  message: [{ part: 'secret' }, ...message],
});

export const schemes = {
  github: hmac([header('x-hub-signature-256', { prefix: 'sha256=' })]),
  atlassian: hmac([header('x-hub-signature', { prefix: 'sha256=' })]),
  notion: hmac([header('x-notion-signature', { prefix: 'sha256=' })]),
  hubSha1: hub('x-signature', 'sha1'),
  hubSha256: hub('x-signature'),
  hubSha512: hub('x-signature', 'sha512'),
  slack: hmac([header('x-slack-signature', { prefix: 'v0=' })], {
    timestamp: { source: header('x-slack-request-timestamp'), unit: 's', tolerance: 300 },
    message: [literal('v0:'), timestamp, literal(':'), body],
  }),
  pagerduty: hmac([header('x-pagerduty-signature', { separator: ',', prefix: 'v1=' })]),
  square: hmac([header('x-square-hmacsha256-signature')], { encoding: 'base64', message: [{ part: 'url' }, body] }),
  paddle: hmac([paddle], {
    timestamp: { source: { ...paddle, prefix: 'ts=' }, unit: 's', tolerance: 5 },
    message: [timestamp, literal(':'), body],
  }),
  standardWebhooks: standardWebhooks('webhook'),
  svix: standardWebhooks('svix'),
  adyenHeader: hmac([header('hmacsignature')], { encoding: 'base64', key: { form: 'hex' } }),
  line: hmac([header('x-line-signature')], { encoding: 'base64' }),
  plain: hmac([header('x-signature')]),
  pusher: hmac([header('x-pusher-signature')]),
  razorpay: hmac([header('x-razorpay-signature')]),
  hubspot1: hubspot('v1', [body]),
  hubspot2: hubspot('v2', [{ part: 'method' }, { part: 'url' }, body]),
  sanity: stripe('sanity-webhook-signature', {
    encoding: 'base64url',
    timestamp: {
      source: header('sanity-webhook-signature', { separator: ',', prefix: 't=' }),
      unit: 'ms',
    },
  }),
  box: hmac([header('box-signature-primary'), header('box-signature-secondary')], {
    encoding: 'base64',
    timestamp: { source: header('box-delivery-timestamp'), unit: 'rfc3339', tolerance: 600 },
    message: [body, timestamp],
    requires: [
      { header: 'box-signature-version', equals: '1' },
      { header: 'box-signature-algorithm', equals: 'HmacSHA256' },
    ],
  }),
  cloudinary: {
    kind: 'digest',
    algorithm: 'sha256',
    key: { form: 'utf8' },
    encoding: 'hex',
    signatures: [header('x-cld-signature')],
    timestamp: { source: header('x-cld-timestamp'), unit: 's' },
    message: [body, timestamp, { part: 'secret' }],
  },
  mux: stripe('mux-signature'),
  outpostSha256: stripe('x-outpost-signature'),
  outpostSha1: stripe('x-outpost-signature', { algorithm: 'sha1' }),
  dropboxSign: hmac([field('/event/event_hash')], {
    message: [value(field('/event/event_time')), value(field('/event/event_type'))],
  }),
  sendgrid: {
    kind: 'publicKey',
    algorithm: 'ecdsa-p256',
    key: { form: 'spki' },
    encoding: 'base64',
    signatures: [header('x-twilio-email-event-webhook-signature')],
    timestamp: { source: header('x-twilio-email-event-webhook-timestamp'), unit: 's' },
    message: [timestamp, body],
  },
  linear: hmac([header('linear-signature')], {
    timestamp: { source: field('/webhookTimestamp'), unit: 'ms', tolerance: 60 },
  }),
  klaviyo: hmac([header('klaviyo-signature')], {
    timestamp: { source: header('klaviyo-timestamp'), unit: 'imf', tolerance: 300 },
    message: [body, timestamp],
  }),
  docusign: hmac([{ in: 'numberedHeaders', name: 'x-docusign-signature-' }], { encoding: 'base64' }),
  mandrill: hmac([header('x-mandrill-signature')], {
    algorithm: 'sha1',
    encoding: 'base64',
    message: [{ part: 'url' }, { part: 'sortedForm' }],
  }),
  hubspot3: hmac([header('x-hubspot-signature-v3')], {
    encoding: 'base64',
    timestamp: { source: header('x-hubspot-request-timestamp'), unit: 'ms', tolerance: 300 },
    message: [{ part: 'method' }, { part: 'url', decoded: true }, body, timestamp],
  }),
  discord: {
    kind: 'publicKey',
    algorithm: 'ed25519',
    key: { form: 'rawHex' },
    encoding: 'hex',
    signatures: [header('x-signature-ed25519')],
    timestamp: { source: header('x-signature-timestamp'), unit: 's', tolerance: 300 },
    message: [timestamp, body],
  },
  monday: {
    kind: 'jwt',
    algorithm: 'HS256',
    key: { form: 'utf8' },
    token: header('authorization'),
    tolerance: 60,
  },
  twilio: { kind: 'twilio' },
  adyen: { kind: 'adyen' },
  contentful: { kind: 'contentful', tolerance: 30 },
  sns: { kind: 'sns' },
} satisfies Record<string, Scheme>;
