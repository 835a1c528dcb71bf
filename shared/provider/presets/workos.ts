import { stripeLike } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(stripeLike('workos-signature', { tolerance: 180, unit: 'ms' }), {
  id: '/id',
  type: '/event',
}) satisfies Preset;

export const guide = {
  name: 'WorkOS',
  docs: 'https://workos.com/docs/events/data-syncing/webhooks',
  url: 'Open Dashboard > Webhooks, and enter the URL as Endpoint URL.',
  secret: 'Adopt the signing secret that WorkOS shows for its endpoint.',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { id: 'wo1', event: 'dsync.user.created', data: {} },
  type: 'dsync.user.created',
  deliveryId: 'wo1',
} satisfies Sample;
