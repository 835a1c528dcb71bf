import { header, hmac } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(hmac(header('x-pagerduty-signature', 'v1=', ',')), {
  id: '/event/id',
  type: '/event/event_type',
}) satisfies Preset;

export const guide = {
  name: 'PagerDuty',
  docs: 'https://developer.pagerduty.com/docs/verifying-webhook-signatures',
  url: 'Open Integrations > Generic webhooks (v3), and enter the URL as Webhook URL.',
  secret: 'Adopt the secret that PagerDuty shows once, when the subscription is created.',
  confidence: 'stated',
} satisfies Guide;

export const otherNames = ['pager-duty'];

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { event: { id: 'pd1', event_type: 'incident.triggered' } },
  type: 'incident.triggered',
  deliveryId: 'pd1',
} satisfies Sample;
