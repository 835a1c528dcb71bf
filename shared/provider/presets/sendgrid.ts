import { publicKey, time } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(
  publicKey(
    'ecdsa-p256',
    'spki',
    'base64',
    'x-twilio-email-event-webhook-signature',
    time('x-twilio-email-event-webhook-timestamp'),
  ),
  {
    batch: { items: '', id: '/sg_event_id', type: '/event' },
  },
) satisfies Preset;

export const guide = {
  name: 'SendGrid Event Webhook',
  docs: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features',
  url: 'Open Settings > Mail settings > Event webhooks, and enter the URL as Post URL.',
  secret: 'Turn on the signed event webhook, and adopt its verification key.',
  confidence: 'stated',
} satisfies Guide;

export const otherNames = ['twilio-sendgrid'];

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: '[{"email":"a@example.com","event":"delivered","sg_event_id":"sg1"}]\r\n',
} satisfies Sample;
