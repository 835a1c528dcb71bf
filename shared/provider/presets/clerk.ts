import type { Guide, Sample } from '../preset.ts';

// Svix delivers for Clerk.
export { preset } from './svix.ts';

export const guide = {
  name: 'Clerk',
  docs: 'https://clerk.com/docs/reference/backend/verify-webhook',
  url: 'Dashboard, Webhooks, Add Endpoint, Endpoint URL.',
  secret: 'Adopt the signing secret of the endpoint, whsec_ included.',
  secretPrefix: 'whsec_',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json', 'svix-id': 'msg_3' },
  body: { type: 'user.created', object: 'event', data: { id: 'user_1', object: 'user' } },
  type: 'user.created',
  deliveryId: 'msg_3',
} satisfies Sample;
