import type { Guide, Sample } from '../preset.ts';

// Svix delivers for Resend.
export { preset } from './svix.ts';

export const guide = {
  name: 'Resend',
  docs: 'https://resend.com/docs/webhooks/verify-webhooks-requests',
  url: 'Open Webhooks > Add Webhook, and enter the URL as Endpoint URL.',
  secret: 'Adopt the signing secret on the page of the webhook, including the prefix whsec_.',
  secretPrefix: 'whsec_',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json', 'svix-id': 'msg_4' },
  body: { type: 'email.delivered', created_at: '2026-03-01T12:00:00.000Z', data: { email_id: 'em_1' } },
  type: 'email.delivered',
  deliveryId: 'msg_4',
} satisfies Sample;
