/** Senders around work: what is planned, written, drawn and asked. */

import { inHeader, inUrl } from './placement-of.ts';
import type { Guide, Preset } from './preset.ts';
import { check, handshake, ok, selfSigned, signed, tokened } from './preset-of.ts';
import { body, header, hmac, hmac64, stripeLike, time, url } from './scheme-of.ts';

export const presets = {
  notion: signed(hmac(header('x-notion-signature', 'sha256=')), {
    dedupe: '/id',
    type: '/type',
    handshakes: [handshake('POST', '/verification_token', { with: 'nothing' }, '/verification_token', 'window')],
    secretFrom: 'handshake',
  }),
  asana: signed(hmac(header('x-hook-signature')), {
    batch: { items: '/events', type: '/action' },
    handshakes: [
      handshake('POST', 'x-hook-secret', { with: 'header', name: 'x-hook-secret' }, 'x-hook-secret', 'window'),
    ],
    secretFrom: 'handshake',
    answer: ok,
  }),
  trello: selfSigned(hmac64(header('x-trello-webhook'), { algorithm: 'sha1', message: [body, url] }), {
    dedupe: '/action/id',
    type: '/action/type',
    handshakes: [check('HEAD')],
  }),
  monday: selfSigned(
    { kind: 'jwt', algorithm: 'HS256', key: { form: 'utf8' }, token: header('authorization'), tolerance: 60 },
    {
      kind: 'both',
      accept: inUrl,
      dedupe: '/event/triggerUuid',
      type: '/event/type',
      handshakes: [handshake('POST', '/challenge', { with: 'json', field: 'challenge' }, '/challenge', 'none')],
      answer: ok,
    },
  ),
  airtable: selfSigned(hmac(header('x-airtable-content-mac', 'hmac-sha256='), { key: { form: 'base64' } }), {
    answer: ok,
  }),
  figma: tokened([{ in: 'body', path: '/passcode' }], {
    type: '/event_type',
  }),
  typeform: signed(hmac64(header('typeform-signature', 'sha256=')), {
    dedupe: '/event_id',
    type: '/event_type',
  }),
  calendly: signed(
    stripeLike('calendly-webhook-signature', {
      timestamp: time(header('calendly-webhook-signature', 't=', ','), 180),
    }),
    {
      type: '/event',
    },
  ),
  'google-calendar': tokened([inHeader('x-goog-channel-token')], {
    type: 'x-goog-resource-state',
  }),
} satisfies Record<string, Preset>;

export const guides = {
  notion: {
    name: 'Notion',
    docs: 'https://developers.notion.com/reference/webhooks',
    url: 'The integration, Webhooks, Create a subscription, Webhook URL.',
    secret:
      'Notion sends its verification token to the URL: open the window of the endpoint first, then paste it there.',
    confidence: 'stated',
  },
  asana: {
    name: 'Asana',
    docs: 'https://developers.asana.com/docs/webhooks-guide',
    url: 'The field target when the webhook is created over the API.',
    secret: 'Asana sends it to the URL when the webhook is created: open the window of the endpoint first.',
    deadlineSeconds: 10,
    confidence: 'stated',
  },
  trello: {
    name: 'Trello',
    docs: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/',
    url: 'The field callbackURL when the webhook is created over the API; it is part of what is signed.',
    secret: 'Adopt the secret of the app.',
    confidence: 'stated',
  },
  monday: {
    name: 'monday.com',
    docs: 'https://developer.monday.com/api-reference/reference/webhooks',
    url: 'Integrations of the board or the app, Webhook URL: the URL with the token in it, because no signature covers the event.',
    secret:
      'Adopt the signing secret of the app as the signing secret. Webhooks without an app are not signed: choose auth {"kind":"token"}.',
    confidence: 'stated',
  },
  airtable: {
    name: 'Airtable',
    docs: 'https://airtable.com/developers/web/api/webhooks-overview',
    url: 'The field notificationUrl when the webhook is created over the API.',
    secret: 'Adopt macSecretBase64 from the answer to its creation.',
    deadlineSeconds: 25,
    confidence: 'stated',
  },
  figma: {
    name: 'Figma',
    docs: 'https://developers.figma.com/docs/rest-api/webhooks-security',
    url: 'The field endpoint when the webhook is created over the API.',
    secret: 'Enter the token as the passcode, which Figma sends in every body.',
    confidence: 'stated',
  },
  typeform: {
    name: 'Typeform',
    docs: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks/',
    url: 'The form, Connect, Webhooks, Endpoint.',
    secret: 'Enter the same secret in the field Secret.',
    deadlineSeconds: 30,
    confidence: 'stated',
  },
  calendly: {
    name: 'Calendly',
    docs: 'https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures',
    url: 'The field url when the webhook subscription is created over the API.',
    secret: 'Enter the same secret as its signing_key.',
    confidence: 'stated',
  },
  'google-calendar': {
    name: 'Google Calendar push notifications',
    docs: 'https://developers.google.com/workspace/calendar/api/guides/push',
    url: 'The field address when the channel is opened over the API.',
    secret: 'Enter the token as the field token of the channel.',
    confidence: 'stated',
  },
} satisfies Record<keyof typeof presets, Guide>;
