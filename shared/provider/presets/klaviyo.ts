import { body, hmac, time, timestamp } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { signed } from '../preset-builders.ts';

export const preset = signed(
  hmac('klaviyo-signature', {
    timestamp: time('klaviyo-timestamp', 0, 'imf'),
    message: [body, timestamp],
  }),
  {
    batch: { items: '/data', id: '/external_id', type: '/topic' },
  },
) satisfies Preset;

export const guide = {
  name: 'Klaviyo',
  docs: 'https://developers.klaviyo.com/en/docs/working_with_system_webhooks',
  url: 'Open Integrations > Webhooks, and enter the URL as Endpoint URL.',
  secret: 'Enter the secret of your Hooklatch endpoint in the field Secret key.',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json', 'klaviyo-webhook-id': 'w1' },
  body: {
    data: [{ external_id: 'ev1', topic: 'event:klaviyo.sent_sms', payload: {} }],
    meta: { klaviyo_webhook_id: 'w1' },
  },
} satisfies Sample;
