import { hmac } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { asText, handshake, ok, selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(hmac('x-hub-signature-256: sha256='), {
  type: '/object',
  batch: { items: '/entry', type: '/changes/0/field' },
  handshakes: [handshake('GET', '?hub.mode=subscribe', asText, '?hub.challenge', { verifyToken: 'hub.verify_token' })],
  answer: ok,
}) satisfies Preset;

export const guide = {
  name: 'Meta (Facebook, Instagram, WhatsApp)',
  docs: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
  url: 'Open App dashboard > Webhooks, and enter the URL as Callback URL. Enter the verify token of your Hooklatch endpoint beside it.',
  secret: 'Adopt the app secret.',
  deadlineSeconds: 20,
  confidence: 'stated',
} satisfies Guide;

export const otherNames = ['facebook', 'instagram', 'messenger', 'whatsapp'];

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages' }] }] },
  type: 'whatsapp_business_account',
} satisfies Sample;
