import { slackLike } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { handshake, ok, selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(slackLike('x-zm-signature: v0=', 'x-zm-request-timestamp'), {
  type: '/event',
  handshakes: [
    handshake(
      'POST',
      '/event=endpoint.url_validation',
      { with: 'hmac', field: 'encryptedToken', encoding: 'hex', echo: 'plainToken' },
      '/payload/plainToken',
    ),
  ],
  answer: ok,
}) satisfies Preset;

export const guide = {
  name: 'Zoom',
  docs: 'https://developers.zoom.us/docs/api/webhooks/',
  url: 'Open your app, choose Features > Event Subscriptions, and enter the URL as Event notification endpoint URL. Then choose Validate.',
  secret: 'Adopt the secret token of the app.',
  deadlineSeconds: 3,
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { event: 'meeting.started', event_ts: 1772366400000, payload: {} },
  type: 'meeting.started',
} satisfies Sample;
