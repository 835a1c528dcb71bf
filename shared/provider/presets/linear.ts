import { hmac, time } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { ok, selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(
  hmac('linear-signature', {
    timestamp: time('/webhookTimestamp', 60, 'ms'),
  }),
  {
    id: 'linear-delivery',
    type: ['linear-event', '/type'],
    answer: ok,
  },
) satisfies Preset;

export const guide = {
  name: 'Linear',
  docs: 'https://linear.app/developers/webhooks',
  url: 'Open Settings > API > Webhooks, and enter the URL in the field URL.',
  secret: 'Adopt the signing secret that Linear shows beside the webhook.',
  deadlineSeconds: 5,
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: {
    'content-type': 'application/json',
    'linear-event': 'Issue',
    'linear-delivery': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
  },
  body: { action: 'create', type: 'Issue', data: { title: 'Sample' } },
  type: 'Issue',
  deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
} satisfies Sample;
