import { hmac } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { check, selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(hmac('x-hub-signature: sha1=', { algorithm: 'sha1' }), {
  id: '/id',
  type: '/topic',
  handshakes: [check('HEAD')],
}) satisfies Preset;

export const guide = {
  name: 'Intercom',
  docs: 'https://developers.intercom.com/docs/webhooks/setting-up-webhooks',
  url: 'Open your app in the Developer Hub, choose Webhooks, and enter the URL as Endpoint URL.',
  secret: 'Adopt the client secret of the app.',
  deadlineSeconds: 5,
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { type: 'notification_event', id: 'notif_1', topic: 'conversation.user.created' },
  type: 'conversation.user.created',
  deliveryId: 'notif_1',
  handshakes: [{ method: 'HEAD', answer: {} }],
} satisfies Sample;
