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
  url: 'The field target in the API call that creates the webhook.',
  secret:
    'Open the handshake window of the endpoint first. Asana sends the secret to the URL when the webhook is created.',
  deadlineSeconds: 10,
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { events: [{ action: 'changed', resource: { gid: '1', resource_type: 'task' } }] },
} satisfies Sample;
