import { stripeLike } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(stripeLike('stripe-signature'), {
  // Stripe signs test events by this scheme too, with the same secret.
  older: { 'stripe-v0': stripeLike('stripe-signature', { prefix: 'v0=' }) },
  id: '/id',
  type: '/type',
}) satisfies Preset;

export const guide = {
  name: 'Stripe',
  docs: 'https://docs.stripe.com/webhooks/signature',
  url: 'Open Workbench > Webhooks > Add destination, and enter the URL as Endpoint URL.',
  secret: 'Adopt the signing secret that Stripe shows beside its endpoint, including the prefix whsec_.',
  secretPrefix: 'whsec_',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { id: 'evt_1Sample', object: 'event', type: 'charge.succeeded' },
  type: 'charge.succeeded',
  deliveryId: 'evt_1Sample',
} satisfies Sample;
