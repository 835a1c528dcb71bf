import { hmac } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { challenged, signed } from '../preset-builders.ts';

export const preset = signed(hmac('x-notion-signature: sha256='), {
  id: '/id',
  type: '/type',
  handshakes: [challenged('POST', '/verification_token', { with: 'nothing' }, 'window')],
  secretFrom: 'handshake',
}) satisfies Preset;

export const guide = {
  name: 'Notion',
  docs: 'https://developers.notion.com/reference/webhooks',
  url: 'Open the integration, choose Webhooks > Create a subscription, and enter the URL as Webhook URL.',
  secret:
    'First open the handshake window of the endpoint. Then create the subscription: Notion sends its verification token to the URL. Paste that token in Notion.',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: {
    id: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    type: 'page.created',
    attempt_number: 1,
    entity: { type: 'page' },
  },
  type: 'page.created',
  deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
} satisfies Sample;
