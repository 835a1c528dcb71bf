import { inHeaders } from '../common-placements.ts';
import type { Guide, Literals, Preset, Sample } from '../preset.ts';
import { tokened } from '../preset-builders.ts';

export const preset = tokened(inHeaders, {
  // No id: the hash is computed from the content, so two changes of one order can have the same hash.
  type: '/scope',
}) satisfies Preset;

export const guide = {
  name: 'BigCommerce',
  docs: 'https://developer.bigcommerce.com/docs/integrations/webhooks',
  url: 'Enter the URL as destination in the API call that creates the webhook.',
  secret:
    'Add a header with the token to the webhook. The header is X-Webhook-Token, or Authorization with Bearer before the token.',
  confidence: 'stated',
} satisfies Guide;

export const otherNames = ['big-commerce'];

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { scope: 'store/order/created', hash: 'abc1', data: { id: 5 } },
  type: 'store/order/created',
} satisfies Sample;

export const literals = {
  demands: 'token',
  secretFrom: 'operator',
  tokenIn: ['bearer', 'webhookToken'],
  unsigned: [
    {
      origin: 'by hand',
      headers: { 'content-type': 'application/json' },
      body: '{"scope":"store/order/created","hash":"abc1","data":{"id":5}}',
      type: 'store/order/created',
    },
  ],
} satisfies Literals;
