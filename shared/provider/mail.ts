/** Senders around mail: what became of messages that were sent. */

import { basic, inHeaders, inUrl } from './placement-of.ts';
import type { Guide, Preset } from './preset.ts';
import { check, handshake, ok, selfSigned, tokened } from './preset-of.ts';
import { field, header, hmac, hmac64, publicKey, slackLike, time, timestamp, url, value } from './scheme-of.ts';

export const presets = {
  sendgrid: selfSigned(
    publicKey(
      'ecdsa-p256',
      'spki',
      'base64',
      header('x-twilio-email-event-webhook-signature'),
      time(header('x-twilio-email-event-webhook-timestamp')),
    ),
    {
      batch: { items: '', id: '/sg_event_id', type: '/event' },
    },
  ),
  mailchimp: tokened(inUrl, {
    type: '/type',
    // The URL has the token in it already.
    handshakes: [handshake('GET', [], { with: 'nothing' })],
    answer: ok,
  }),
  mandrill: selfSigned(
    hmac64(header('x-mandrill-signature'), {
      algorithm: 'sha1',
      message: [url, { part: 'sortedForm', only: 'mandrill_events' }],
    }),
    {
      batch: { items: '/mandrill_events', id: '/_id', type: '/event' },
      handshakes: [check('HEAD')],
    },
  ),
  mailgun: selfSigned(
    hmac(field('/signature/signature'), {
      timestamp: time(field('/signature/timestamp')),
      message: [timestamp, value(field('/signature/token'))],
    }),
    {
      kind: 'both',
      accept: inUrl,
      dedupe: '/event-data/id',
      type: '/event-data/event',
    },
  ),
  postmark: tokened([basic, ...inHeaders, ...inUrl], {
    type: '/RecordType',
    answer: ok,
  }),
  'customer-io': selfSigned(slackLike(header('x-cio-signature'), 'x-cio-timestamp'), {
    dedupe: '/event_id',
    type: '/metric',
  }),
} satisfies Record<string, Preset>;

export const guides = {
  sendgrid: {
    name: 'SendGrid Event Webhook',
    docs: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features',
    url: 'Settings, Mail settings, Event webhooks, Post URL.',
    secret: 'Turn the signed event webhook on, and adopt its verification key.',
    confidence: 'stated',
  },
  mailchimp: {
    name: 'Mailchimp Marketing',
    docs: 'https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/',
    url: 'Audience, Settings, Webhooks, Callback URL: the URL with the token in it.',
    secret: 'The URL carries it; nothing else can.',
    deadlineSeconds: 10,
    confidence: 'stated',
  },
  mandrill: {
    name: 'Mailchimp Transactional (Mandrill)',
    docs: 'https://mandrill.zendesk.com/hc/en-us/articles/360039232513-How-to-Authenticate-Webhook-Requests',
    url: 'Settings, Webhooks, Post to URL; it is part of what is signed, so enter it as it is.',
    secret: 'Adopt the key that is shown beside the webhook.',
    confidence: 'stated',
  },
  mailgun: {
    name: 'Mailgun',
    docs: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
    url: 'Sending, Webhooks, URL: the URL with the token in it, because the signature does not cover the event.',
    secret: 'Adopt the HTTP webhook signing key as the signing secret.',
    confidence: 'stated',
  },
  postmark: {
    name: 'Postmark',
    docs: 'https://postmarkapp.com/developer/webhooks/webhooks-overview',
    url: 'The message stream, Webhooks, Webhook URL: the URL with the token in it.',
    secret: 'The URL carries it, or basic auth credentials: the user hooklatch with the token as its password.',
    confidence: 'stated',
  },
  'customer-io': {
    name: 'Customer.io',
    docs: 'https://docs.customer.io/journeys/webhooks/',
    url: 'Data and integrations, Reporting webhooks, Endpoint.',
    secret: 'Adopt the signing key of the webhook.',
    deadlineSeconds: 4,
    confidence: 'stated',
  },
} satisfies Record<keyof typeof presets, Guide>;
