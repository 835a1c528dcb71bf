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
  url: 'The field target when the webhook is created over the API.',
  secret: 'Asana sends it to the URL when the webhook is created: open the window of the endpoint first.',
  deadlineSeconds: 10,
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { events: [{ action: 'changed', resource: { gid: '1', resource_type: 'task' } }] },
} satisfies Sample;
