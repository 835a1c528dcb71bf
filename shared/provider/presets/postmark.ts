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
  url: 'The message stream, Webhooks, Webhook URL: the URL with the token in it.',
  secret: 'The URL carries it, or basic auth credentials: the user hooklatch with the token as its password.',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { RecordType: 'Delivery', MessageID: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11', Recipient: 'a@example.com' },
  type: 'Delivery',
} satisfies Sample;
