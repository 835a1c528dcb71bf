import type { Guide, Sample } from '../preset.ts';

// Svix delivers for Clerk.
export { preset } from './svix.ts';

export const guide = {
  name: 'Clerk',
  docs: 'https://clerk.com/docs/reference/backend/verify-webhook',
  url: 'Open Dashboard > Webhooks > Add Endpoint, and enter the URL as Endpoint URL.',
  secret: 'Adopt the signing secret that Clerk shows for its endpoint, including the prefix whsec_.',
  secretPrefix: 'whsec_',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json', 'svix-id': 'msg_3' },
  body: { type: 'user.created', object: 'event', data: { id: 'user_1', object: 'user' } },
  type: 'user.created',
  deliveryId: 'msg_3',
} satisfies Sample;
