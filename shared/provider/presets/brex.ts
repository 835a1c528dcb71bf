import type { Guide, Preset, Sample } from '../preset.ts';
import { standard } from '../preset-builders.ts';

export const preset = standard({ type: '/event_type' }) satisfies Preset;

export const guide = {
  name: 'Brex',
  docs: 'https://developer.brex.com/docs/webhooks',
  url: 'Enter the URL as url in the API call that registers the webhook.',
  secret: 'Adopt the secret that Brex returns at GET /v1/webhooks/secrets.',
  confidence: 'known',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json', 'webhook-id': 'msg_6' },
  body: { event_type: 'TRANSFER_PROCESSED', transfer_id: 'pti_1' },
  type: 'TRANSFER_PROCESSED',
  deliveryId: 'msg_6',
} satisfies Sample;
