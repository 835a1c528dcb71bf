import type { Guide, Sample } from '../preset.ts';

export { preset } from './standard-webhooks.ts';

export const guide = {
  name: 'OpenAI',
  docs: 'https://platform.openai.com/docs/guides/webhooks',
  url: 'Open Project settings > Webhooks, and enter the URL in the field URL.',
  secret: 'Adopt the signing secret that OpenAI shows once, including the prefix whsec_.',
  confidence: 'stated',
} satisfies Guide;

export const otherNames = ['open-ai'];

export const sample = {
  headers: { 'content-type': 'application/json', 'webhook-id': 'wh_o1' },
  body: { id: 'evt_o1', object: 'event', type: 'response.completed' },
  type: 'response.completed',
  deliveryId: 'wh_o1',
} satisfies Sample;
