import { body, hmac64, time, timestamp } from '../common-schemes.ts';
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
