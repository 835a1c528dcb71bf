/** Senders around content: files, pictures and what is published. */

import { basic, inHeaders } from './placement-of.ts';
import type { Guide, Preset } from './preset.ts';
import { handshake, selfSigned, signed } from './preset-of.ts';
import { body, digest, header, hmac, hmac64, stripeLike, time, timestamp } from './scheme-of.ts';

/* @__NO_SIDE_EFFECTS__ */
const cloudinary = (algorithm: 'sha1' | 'sha256') =>
  digest(algorithm, header('x-cld-signature'), {
    timestamp: time(header('x-cld-timestamp'), 7200),
    message: [body, timestamp, { part: 'secret' }],
  });

export const presets = {
  dropbox: selfSigned(hmac(header('x-dropbox-signature')), {
    handshakes: [handshake('GET', '?challenge', { with: 'text' }, '?challenge', 'none')],
  }),
  box: selfSigned(
    hmac64([header('box-signature-primary'), header('box-signature-secondary')], {
      timestamp: time(header('box-delivery-timestamp'), 600, 'rfc3339'),
      message: [body, timestamp],
      requires: [
        { header: 'box-signature-version', equals: '1' },
        { header: 'box-signature-algorithm', equals: 'HmacSHA256' },
      ],
    }),
    {
      dedupe: 'box-delivery-id',
      type: '/trigger',
    },
  ),
  contentful: selfSigned(
    { kind: 'contentful', tolerance: 30 },
    {
      accept: [...inHeaders, basic],
      type: 'x-contentful-topic',
    },
  ),
  sanity: signed(
    stripeLike('sanity-webhook-signature', {
      encoding: 'base64url',
      timestamp: time(header('sanity-webhook-signature', 't=', ','), 0, 'ms'),
    }),
    {
      dedupe: 'idempotency-key',
      type: 'sanity-operation',
    },
  ),
  cloudinary: selfSigned(cloudinary('sha256'), {
    older: { 'cloudinary-sha1': cloudinary('sha1') },
    type: '/notification_type',
  }),
} satisfies Record<string, Preset>;

export const guides = {
  dropbox: {
    name: 'Dropbox',
    docs: 'https://www.dropbox.com/developers/reference/webhooks',
    url: 'App console, the app, Webhooks, Webhook URIs.',
    secret: 'Adopt the app secret.',
    deadlineSeconds: 10,
    confidence: 'stated',
  },
  box: {
    name: 'Box',
    docs: 'https://developer.box.com/guides/webhooks/v2/signatures-v2/',
    url: 'Developer console, the app, Webhooks, URL address.',
    secret: 'Adopt the primary key, or the secondary one, that Box generates.',
    deadlineSeconds: 30,
    confidence: 'stated',
  },
  contentful: {
    name: 'Contentful',
    docs: 'https://www.contentful.com/developers/docs/webhooks/request-verification/',
    url: 'Settings, Webhooks, URL.',
    secret: 'Turn request verification on in its settings, and adopt the signing secret of the space.',
    contentType: 'Choose the content type application/json.',
    deadlineSeconds: 30,
    confidence: 'stated',
  },
  sanity: {
    name: 'Sanity',
    docs: 'https://www.sanity.io/docs/content-lake/webhooks',
    url: 'Project settings, API, Webhooks, URL.',
    secret: 'Enter the same secret in the field Secret.',
    deadlineSeconds: 30,
    confidence: 'stated',
  },
  cloudinary: {
    name: 'Cloudinary',
    docs: 'https://cloudinary.com/documentation/notifications',
    url: 'Settings, Webhook notifications, Notification URL.',
    secret: 'Adopt the API secret. Accounts that sign with SHA-1 choose the scheme cloudinary-sha1.',
    confidence: 'stated',
  },
} satisfies Record<keyof typeof presets, Guide>;
