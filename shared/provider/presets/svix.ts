import { standardWebhooks } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { standard } from '../preset-builders.ts';

export const preset = standard(
  { older: { 'standard-webhooks': standardWebhooks('webhook') } },
  'svix',
) satisfies Preset;

export const guide = {
  name: 'Svix',
  docs: 'https://docs.svix.com/receiving/verifying-payloads/how',
  url: 'Enter the URL as the endpoint URL in the webhook settings of the sender.',
  secret:
    'Adopt the signing secret, including the prefix whsec_. If the headers begin with webhook- and not with svix-, use the provider standard-webhooks.',
  deadlineSeconds: 30,
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json', 'svix-id': 'msg_2' },
  body: { type: 'user.created', data: { id: 'user_1' } },
  type: 'user.created',
  deliveryId: 'msg_2',
} satisfies Sample;
