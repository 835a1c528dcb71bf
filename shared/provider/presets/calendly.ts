import { stripeLike } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { signed } from '../preset-builders.ts';

export const preset = signed(stripeLike('calendly-webhook-signature', { tolerance: 180 }), {
  type: '/event',
}) satisfies Preset;

export const guide = {
  name: 'Calendly',
  docs: 'https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures',
  url: 'Enter the URL as url in the API call that creates the webhook subscription.',
  secret: 'Enter the secret of your Hooklatch endpoint as signing_key in the same call.',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { event: 'invitee.created', payload: { email: 'a@example.com' } },
  type: 'invitee.created',
} satisfies Sample;
