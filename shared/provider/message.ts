/** Senders around talk: chat, telephony, meetings and social networks. */

import { basic, inHeader, inUrl } from './placement-of.ts';
import type { Guide, Preset } from './preset.ts';
import { handshake, ok, selfSigned, signed, tokened } from './preset-of.ts';
import { body, header, hmac, hmac64, publicKey, slackLike, time, timestamp, value } from './scheme-of.ts';

export const presets = {
  slack: selfSigned(slackLike(header('x-slack-signature', 'v0='), 'x-slack-request-timestamp', 300), {
    dedupe: '/event_id',
    type: ['/event/type', '/command', '/payload/type'],
    handshakes: [handshake('POST', '/type=url_verification', { with: 'text' }, '/challenge')],
    answer: ok,
  }),
  twilio: selfSigned(
    { kind: 'twilio' },
    {
      accept: [basic, ...inUrl],
      dedupe: 'i-twilio-idempotency-token',
      type: ['/EventType', '/MessageStatus', '/CallStatus'],
      answer: { status: 204 },
    },
  ),
  zoom: selfSigned(slackLike(header('x-zm-signature', 'v0='), 'x-zm-request-timestamp'), {
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
  }),
  telegram: tokened([inHeader('x-telegram-bot-api-secret-token')], {
    dedupe: '/update_id',
  }),
  discord: selfSigned(
    publicKey('ed25519', 'rawHex', 'hex', header('x-signature-ed25519'), time(header('x-signature-timestamp'), 300)),
    {
      dedupe: '/id',
      type: '/type',
      handshakes: [
        handshake('POST', '/type=1', { with: 'constant', body: '{"type":1}', contentType: 'application/json' }),
      ],
      refusal: 401,
      // Thinking: who listens to the events has fifteen minutes to follow up.
      answer: { status: 200, body: '{"type":5}' },
    },
  ),
  line: selfSigned(hmac64(header('x-line-signature')), {
    batch: { items: '/events', id: '/webhookEventId', type: '/type' },
    answer: ok,
  }),
  twitch: signed(
    hmac(header('twitch-eventsub-message-signature', 'sha256='), {
      timestamp: time(header('twitch-eventsub-message-timestamp'), 600, 'rfc3339'),
      message: [value(header('twitch-eventsub-message-id')), timestamp, body],
    }),
    {
      dedupe: 'twitch-eventsub-message-id',
      // In the body it is signed; the header of the same meaning is not.
      type: '/subscription/type',
      handshakes: [
        handshake('POST', 'twitch-eventsub-message-type=webhook_callback_verification', { with: 'text' }, '/challenge'),
      ],
    },
  ),
  'microsoft-teams': selfSigned(hmac64(header('authorization', 'HMAC '), { key: { form: 'base64' } }), {
    dedupe: '/id',
    type: '/type',
  }),
  meta: selfSigned(hmac(header('x-hub-signature-256', 'sha256=')), {
    type: '/object',
    batch: { items: '/entry', type: '/changes/0/field' },
    handshakes: [
      handshake('GET', '?hub.mode=subscribe', { with: 'text' }, '?hub.challenge', { verifyToken: 'hub.verify_token' }),
    ],
    answer: ok,
  }),
  x: selfSigned(hmac64(header('x-twitter-webhooks-signature', 'sha256=')), {
    handshakes: [
      handshake(
        'GET',
        '?crc_token',
        { with: 'hmac', field: 'response_token', encoding: 'base64', prefix: 'sha256=' },
        '?crc_token',
        'none',
      ),
    ],
  }),
} satisfies Record<string, Preset>;

export const guides = {
  slack: {
    name: 'Slack',
    docs: 'https://docs.slack.dev/authentication/verifying-requests-from-slack/',
    url: 'The app, Event Subscriptions, Request URL; likewise for commands and interactivity.',
    secret: 'Adopt the signing secret from the basic information of the app.',
    deadlineSeconds: 3,
    confidence: 'stated',
  },
  twilio: {
    name: 'Twilio',
    docs: 'https://www.twilio.com/docs/usage/security#validating-requests',
    url: 'The webhook field of the number or service; it is part of what is signed, so enter it as it is.',
    secret: 'Adopt the auth token of the account.',
    deadlineSeconds: 15,
    confidence: 'stated',
  },
  zoom: {
    name: 'Zoom',
    docs: 'https://developers.zoom.us/docs/api/webhooks/',
    url: 'The app, Features, Event Subscriptions, Event notification endpoint URL; then Validate.',
    secret: 'Adopt the secret token of the app.',
    deadlineSeconds: 3,
    confidence: 'stated',
  },
  telegram: {
    name: 'Telegram bots',
    docs: 'https://core.telegram.org/bots/api#setwebhook',
    url: 'The parameter url of the method setWebhook.',
    secret: 'Enter the token as its parameter secret_token.',
    confidence: 'stated',
  },
  discord: {
    name: 'Discord interactions',
    docs: 'https://docs.discord.com/developers/interactions/overview',
    url: 'Developer portal, the application, Interactions Endpoint URL.',
    secret: 'Adopt the public key of the application.',
    deadlineSeconds: 3,
    confidence: 'stated',
  },
  line: {
    name: 'LINE Messaging API',
    docs: 'https://developers.line.biz/en/docs/messaging-api/receiving-messages/',
    url: 'Developers console, the channel, Messaging API, Webhook URL; then Verify.',
    secret: 'Adopt the channel secret.',
    deadlineSeconds: 2,
    confidence: 'stated',
  },
  twitch: {
    name: 'Twitch EventSub',
    docs: 'https://dev.twitch.tv/docs/eventsub/handling-webhook-events/',
    url: 'The field transport.callback of the subscription.',
    secret: 'Enter the same secret as transport.secret; it may have 10 to 100 characters.',
    confidence: 'stated',
  },
  'microsoft-teams': {
    name: 'Microsoft Teams outgoing webhooks',
    docs: 'https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook',
    url: 'The team, Apps, Create an outgoing webhook, Callback URL.',
    secret: 'Adopt the security token that Teams shows once.',
    deadlineSeconds: 5,
    confidence: 'stated',
  },
  meta: {
    name: 'Meta (Facebook, Instagram, WhatsApp)',
    docs: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
    url: 'App dashboard, Webhooks, Callback URL, with the verify token of the endpoint beside it.',
    secret: 'Adopt the app secret.',
    deadlineSeconds: 20,
    confidence: 'stated',
  },
  x: {
    name: 'X',
    docs: 'https://docs.x.com/x-api/webhooks/introduction',
    url: 'The field url when the webhook is created over the API.',
    secret: 'Adopt the consumer secret of the app.',
    deadlineSeconds: 3,
    confidence: 'stated',
  },
} satisfies Record<keyof typeof presets, Guide>;
