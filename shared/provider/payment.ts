/** Senders around money: payments, subscriptions and books. */

import { basic, inUrl } from './placement-of.ts';
import type { Guide, Preset } from './preset.ts';
import { ok, selfSigned, signed } from './preset-of.ts';
import { body, header, hmac, hmac64, literal, stripeLike, time, timestamp, url } from './scheme-of.ts';

/** The secret of Stripe's `v0` is the same; it signs events that were made for a test. */
const stripeTest = stripeLike('stripe-signature', {}, 'v0=');

export const presets = {
  stripe: selfSigned(stripeLike('stripe-signature'), {
    older: { 'stripe-v0': stripeTest },
    dedupe: '/id',
    type: '/type',
  }),
  square: selfSigned(hmac64(header('x-square-hmacsha256-signature'), { message: [url, body] }), {
    dedupe: '/event_id',
    type: '/type',
  }),
  paypal: signed(undefined, {
    // It signs the body's CRC-32 alone.
    coversBody: false,
    accept: inUrl,
    dedupe: 'paypal-transmission-id',
    type: '/event_type',
  }),
  adyen: selfSigned(
    { kind: 'adyen' },
    {
      kind: 'both',
      accept: [basic, ...inUrl],
      older: { 'adyen-platform': hmac64(header('hmacsignature'), { key: { form: 'hex' } }) },
      type: ['/notificationItems/0/NotificationRequestItem/eventCode', '/type'],
      batch: {
        items: '/notificationItems',
        id: '/NotificationRequestItem/pspReference',
        type: '/NotificationRequestItem/eventCode',
      },
      answer: { status: 200, body: '[accepted]', contentType: 'text/plain' },
    },
  ),
  paddle: selfSigned(
    hmac(header('paddle-signature', 'h1=', ';'), {
      timestamp: time(header('paddle-signature', 'ts=', ';'), 5),
      message: [timestamp, literal(':'), body],
    }),
    {
      dedupe: '/event_id',
      type: '/event_type',
    },
  ),
  razorpay: signed(hmac(header('x-razorpay-signature')), {
    dedupe: 'x-razorpay-event-id',
    type: '/event',
  }),
  xero: selfSigned(hmac64(header('x-xero-signature')), {
    batch: { items: '/events', type: '/eventType' },
    refusal: 401,
    answer: ok,
  }),
} satisfies Record<string, Preset>;

export const guides = {
  stripe: {
    name: 'Stripe',
    docs: 'https://docs.stripe.com/webhooks/signature',
    url: 'Workbench, Webhooks, Add destination, Endpoint URL.',
    secret: 'Adopt the signing secret that Stripe shows beside the endpoint, whsec_ included.',
    secretPrefix: 'whsec_',
    confidence: 'stated',
  },
  square: {
    name: 'Square',
    docs: 'https://developer.squareup.com/docs/webhooks/step3validate',
    url: 'Developer console, the application, Webhooks, Notification URL; it is part of what is signed, so enter it as it is.',
    secret: 'Adopt the signature key of the subscription.',
    deadlineSeconds: 10,
    confidence: 'stated',
  },
  paypal: {
    name: 'PayPal',
    docs: 'https://developer.paypal.com/api/rest/webhooks/',
    url: 'Developer dashboard, the app, Webhooks, Webhook URL: best the URL with a token in it.',
    secret:
      'There is none: PayPal signs with a certificate. Choose auth {"kind":"both","scheme":{"kind":"paypal","webhookId":"…"}} with the id of the webhook, and enter the URL with the token. The signature proves the id, the time and a CRC-32 of the body, and a CRC-32 does not prove the body: whoever saw a delivery can write another one that fits. So each transmission id is accepted with one body, for 4 days after its time; the token keeps out those who saw a delivery without its URL. With kind "signature" there is no token. Before money moves on an event, read the payment from the API of PayPal.',
    confidence: 'stated',
  },
  adyen: {
    name: 'Adyen',
    docs: 'https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures/',
    url: 'Customer Area, Developers, Webhooks, Server configuration, URL.',
    secret:
      'Adopt the HMAC key that Adyen generates as the signing secret, and enter the user hooklatch with the token as its password. For webhooks of the platform choose the scheme adyen-platform.',
    contentType: 'Choose the format JSON.',
    deadlineSeconds: 10,
    confidence: 'stated',
  },
  paddle: {
    name: 'Paddle Billing',
    docs: 'https://developer.paddle.com/webhooks/signature-verification',
    url: 'Developer tools, Notifications, the destination, URL.',
    secret: 'Adopt the secret key of the destination.',
    deadlineSeconds: 5,
    confidence: 'stated',
  },
  razorpay: {
    name: 'Razorpay',
    docs: 'https://razorpay.com/docs/webhooks/validate-test/',
    url: 'Account and settings, Webhooks, Webhook URL.',
    secret: 'Enter the same secret in the field Secret.',
    deadlineSeconds: 5,
    confidence: 'stated',
  },
  xero: {
    name: 'Xero',
    docs: 'https://developer.xero.com/documentation/guides/webhooks/overview/',
    url: 'My apps, the app, Webhooks, Delivery URL; then let Xero check that right and wrong signatures are told apart.',
    secret: 'Adopt the webhooks key that Xero shows there.',
    deadlineSeconds: 5,
    confidence: 'stated',
  },
} satisfies Record<keyof typeof presets, Guide>;
