/** Senders around clouds and platforms, and what sends for others. */

import { basic, inHeaders, inUrl } from './placement-of.ts';
import type { Guide, Preset } from './preset.ts';
import { handshake, selfSigned, signed, tokened } from './preset-of.ts';
import { header, hmac, standardWebhooks } from './scheme-of.ts';

export const presets = {
  'aws-sns': signed(undefined, {
    accept: [basic, ...inUrl],
    dedupe: '/MessageId',
    type: '/Type',
    handshakes: [
      handshake('POST', 'x-amz-sns-message-type=SubscriptionConfirmation', { with: 'confirmation' }, '/SubscribeURL'),
    ],
  }),
  'azure-event-grid': tokened([...inHeaders, ...inUrl], {
    type: ['/0/eventType', '/0/type', '/type'],
    batch: { items: '', id: '/id', type: '/eventType' },
    handshakes: [
      handshake(
        'POST',
        'aeg-event-type=SubscriptionValidation',
        { with: 'json', field: 'validationResponse' },
        '/0/data/validationCode',
      ),
      handshake(
        'OPTIONS',
        'webhook-request-origin',
        { with: 'header', name: 'webhook-allowed-origin', more: { 'webhook-allowed-rate': '*' } },
        'webhook-request-origin',
        'none',
      ),
    ],
  }),
  'microsoft-graph': tokened(inUrl, {
    type: '/value/0/changeType',
    batch: { items: '/value', id: '/id', type: '/changeType' },
    handshakes: [handshake('POST', '?validationToken', { with: 'text' }, '?validationToken')],
    answer: { status: 202 },
  }),
  pusher: selfSigned(hmac(header('x-pusher-signature')), {
    batch: { items: '/events', type: '/name' },
  }),
  svix: selfSigned(standardWebhooks('svix'), {
    older: { 'standard-webhooks': standardWebhooks('webhook') },
    dedupe: 'svix-id',
    type: '/type',
  }),
  openai: selfSigned(standardWebhooks('webhook'), {
    dedupe: 'webhook-id',
    type: '/type',
  }),
} satisfies Record<string, Preset>;

export const guides = {
  'aws-sns': {
    name: 'Amazon SNS',
    docs: 'https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html',
    url: 'The topic, Create subscription, HTTPS, Endpoint; it is confirmed by itself.',
    secret:
      'There is none: SNS signs with a certificate. Choose auth {"kind":"signature","scheme":{"kind":"sns","topicArns":["…"]}} with your topics.',
    contentType: 'Leave raw message delivery off: a raw message has no signature.',
    deadlineSeconds: 15,
    confidence: 'stated',
  },
  'azure-event-grid': {
    name: 'Azure Event Grid',
    docs: 'https://learn.microsoft.com/en-us/azure/event-grid/end-point-validation-event-grid-events-schema',
    url: 'Event subscription, Endpoint type Web Hook, Subscriber endpoint: the URL with the token in it.',
    secret:
      'The URL carries it, so that the validation has it too; a delivery property can carry it in a header besides.',
    deadlineSeconds: 30,
    confidence: 'stated',
  },
  'microsoft-graph': {
    name: 'Microsoft Graph change notifications',
    docs: 'https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks',
    url: 'The field notificationUrl of the subscription: the URL with the token in it.',
    secret: 'The URL carries it; clientState in the bodies is yours to compare later.',
    deadlineSeconds: 3,
    confidence: 'stated',
  },
  pusher: {
    name: 'Pusher Channels',
    docs: 'https://pusher.com/docs/channels/server_api/webhooks/',
    url: 'The app, Webhooks, Webhook URL.',
    secret: 'Adopt the secret of the app key that X-Pusher-Key names.',
    deadlineSeconds: 4,
    confidence: 'stated',
  },
  svix: {
    name: 'Svix and Standard Webhooks (Clerk, Resend, Replicate, Brex and others)',
    docs: 'https://www.standardwebhooks.com/',
    url: 'The webhook settings of the sender, Endpoint URL.',
    secret:
      'Adopt the signing secret, whsec_ included. Where the headers begin with webhook- in place of svix-, choose the scheme standard-webhooks and the header webhook-id for dedupe.',
    deadlineSeconds: 30,
    confidence: 'stated',
  },
  openai: {
    name: 'OpenAI',
    docs: 'https://platform.openai.com/docs/guides/webhooks',
    url: 'Project settings, Webhooks, URL.',
    secret: 'Adopt the signing secret that OpenAI shows once, whsec_ included.',
    confidence: 'stated',
  },
} satisfies Record<keyof typeof presets, Guide>;
