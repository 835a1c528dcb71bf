import { basic, inHeaders, inUrl } from '../common-placements.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { ok, tokened } from '../preset-builders.ts';

export const preset = tokened([basic, ...inHeaders, ...inUrl], {
  type: '/RecordType',
  answer: ok,
}) satisfies Preset;

export const guide = {
  name: 'Postmark',
  docs: 'https://postmarkapp.com/developer/webhooks/webhooks-overview',
  url: 'The message stream, Webhooks, Webhook URL. Enter the URL with the token.',
  secret: 'Use the URL with the token, or basic auth credentials: the user hooklatch, and the token as its password.',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { RecordType: 'Delivery', MessageID: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11', Recipient: 'a@example.com' },
  type: 'Delivery',
} satisfies Sample;
