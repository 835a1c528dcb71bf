import { body, hmac64, time, timestamp } from '../common-schemes.ts';
import type { Literals } from '../literals.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(
  hmac64(['box-signature-primary', 'box-signature-secondary'], {
    timestamp: time('box-delivery-timestamp', 600, 'rfc3339'),
    message: [body, timestamp],
    requires: [
      { header: 'box-signature-version', equals: '1' },
      { header: 'box-signature-algorithm', equals: 'HmacSHA256' },
    ],
  }),
  {
    id: 'box-delivery-id',
    type: '/trigger',
  },
) satisfies Preset;

export const guide = {
  name: 'Box',
  docs: 'https://developer.box.com/guides/webhooks/v2/signatures-v2/',
  url: 'Open your app in the developer console, choose Webhooks, and enter the URL as URL address.',
  secret: 'Adopt the primary or the secondary key that Box generates.',
  deadlineSeconds: 30,
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json', 'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11' },
  body: { type: 'webhook_event', id: 'bx1', trigger: 'FILE.UPLOADED' },
  type: 'FILE.UPLOADED',
  deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
} satisfies Sample;

export const literals = {
  demands: 'signature',
  secretFrom: 'sender',
  signed: [
    {
      origin: 'Python 3',
      signs: 'the body and the time',
      secret: 'it is a secret',
      headers: {
        'content-type': 'application/json',
        'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        'box-delivery-timestamp': '2026-03-01T12:00:00Z',
        'box-signature-version': '1',
        'box-signature-algorithm': 'HmacSHA256',
        'box-signature-primary': 'PI/ZvCqMzjhwa99Bdm84hCfOqFHzIBQZYIb6QVsT2p0=',
        'box-signature-secondary': 'XQAw/ftElCYkzvaBXigNJFlA4ApEGa533ZW5yhpFHeg=',
      },
      body: '{"trigger":"FILE.UPLOADED"}',
      type: 'FILE.UPLOADED',
      deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
      validSeconds: 600,
    },
    {
      origin: 'Python 3',
      signs: 'the body and the time. Only the primary key is the one that is known here',
      secret: 'it is a secret',
      headers: {
        'content-type': 'application/json',
        'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        'box-delivery-timestamp': '2026-03-01T12:00:00Z',
        'box-signature-version': '1',
        'box-signature-algorithm': 'HmacSHA256',
        'box-signature-primary': 'TBgOH4j+5kA7BobJ3NGN6GO+3/xSeHwSssNf+MzNVQI=',
        'box-signature-secondary': 'cv5TQX1YI20l1ThWHiZXHZB5ShaAI3O6+x72/DibqwU=',
      },
      body: '{"trigger":"FILE.DELETED"}',
      type: 'FILE.DELETED',
      deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
      validSeconds: 600,
    },
  ],
  refused: [
    {
      origin: 'Python 3',
      why: 'another version of the signature',
      secret: 'it is a secret',
      headers: {
        'content-type': 'application/json',
        'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        'box-delivery-timestamp': '2026-03-01T12:00:00Z',
        'box-signature-version': '2',
        'box-signature-algorithm': 'HmacSHA256',
        'box-signature-primary': 'TBgOH4j+5kA7BobJ3NGN6GO+3/xSeHwSssNf+MzNVQI=',
        'box-signature-secondary': 'TBgOH4j+5kA7BobJ3NGN6GO+3/xSeHwSssNf+MzNVQI=',
      },
      body: '{"trigger":"FILE.DELETED"}',
      reason: 'signature_unsupported',
    },
    {
      origin: 'Python 3',
      why: 'another algorithm',
      secret: 'it is a secret',
      headers: {
        'content-type': 'application/json',
        'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        'box-delivery-timestamp': '2026-03-01T12:00:00Z',
        'box-signature-version': '1',
        'box-signature-algorithm': 'HmacSHA1',
        'box-signature-primary': 'TBgOH4j+5kA7BobJ3NGN6GO+3/xSeHwSssNf+MzNVQI=',
        'box-signature-secondary': 'TBgOH4j+5kA7BobJ3NGN6GO+3/xSeHwSssNf+MzNVQI=',
      },
      body: '{"trigger":"FILE.DELETED"}',
      reason: 'signature_unsupported',
    },
  ],
} satisfies Literals;
