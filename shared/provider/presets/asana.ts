import { hmac } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { challenged, ok, signed } from '../preset-builders.ts';

export const preset = signed(hmac('x-hook-signature'), {
  batch: { items: '/events', type: '/action' },
  handshakes: [challenged('POST', 'x-hook-secret', { with: 'header', name: 'x-hook-secret' }, 'window')],
  secretFrom: 'handshake',
  answer: ok,
}) satisfies Preset;

export const guide = {
  name: 'Asana',
  docs: 'https://developers.asana.com/docs/webhooks-guide',
  url: 'Enter the URL as target in the API call that creates the webhook.',
  secret:
    'First open the handshake window of the endpoint. Then create the webhook: Asana sends the secret to the URL.',
  deadlineSeconds: 10,
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { events: [{ action: 'changed', resource: { gid: '1', resource_type: 'task' } }] },
} satisfies Sample;
