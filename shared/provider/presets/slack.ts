import { slackLike } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { asText, handshake, ok, selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(slackLike('x-slack-signature: v0=', 'x-slack-request-timestamp', 300), {
  id: '/event_id',
  type: ['/event/type', '/command', '/payload/type'],
  handshakes: [handshake('POST', '/type=url_verification', asText, '/challenge')],
  answer: ok,
}) satisfies Preset;

export const guide = {
  name: 'Slack',
  docs: 'https://docs.slack.dev/authentication/verifying-requests-from-slack/',
  url: 'Open your app, choose Event Subscriptions, and enter the URL as Request URL. Enter it for commands and interactivity too.',
  secret: 'Adopt the signing secret from the basic information of the app.',
  deadlineSeconds: 3,
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { type: 'event_callback', event_id: 'Ev1', event: { type: 'app_mention', text: 'hi' } },
  type: 'app_mention',
  deliveryId: 'Ev1',
  handshakes: [
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: { type: 'url_verification', challenge: '3eZbrw1aBm2rZgRNFdxV2595' },
      answer: { headers: { 'content-type': 'text/plain' }, body: '3eZbrw1aBm2rZgRNFdxV2595' },
    },
  ],
} satisfies Sample;
