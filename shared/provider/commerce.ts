/** Senders around customers: shops, and what is known of those who buy there. */

import type { MessagePart } from '../signature/scheme.ts';
import { basic, inHeaders, inUrl } from './placement-of.ts';
import type { Guide, Preset } from './preset.ts';
import { check, ok, selfSigned, signed, tokened } from './preset-of.ts';
import { body, digest, header, hmac, hmac64, time, timestamp, url } from './scheme-of.ts';

const method: MessagePart = { part: 'method' };

/** HubSpot's first two versions: a digest that begins with the secret. */
/* @__NO_SIDE_EFFECTS__ */
const hubspot = (version: string, message: MessagePart[]) =>
  digest('sha256', header('x-hubspot-signature'), {
    requires: [{ header: 'x-hubspot-signature-version', equals: version }],
    message: [{ part: 'secret' }, ...message],
  });

export const presets = {
  shopify: selfSigned(hmac64(header('x-shopify-hmac-sha256')), {
    dedupe: 'x-shopify-webhook-id',
    type: 'x-shopify-topic',
  }),
  woocommerce: signed(hmac64(header('x-wc-webhook-signature')), {
    // Its X-WC-Webhook-Delivery-ID is the same for all that is delivered in one second.
    type: 'x-wc-webhook-topic',
    // Sent once, unsigned, when the webhook is saved. Deliveries are signed, and may have such a field.
    handshakes: [
      check('POST', ['/webhook_id', 'content-type^=application/x-www-form-urlencoded', '!x-wc-webhook-signature']),
    ],
  }),
  bigcommerce: tokened(inHeaders, {
    // Its hash is one of the content, which an order that changes twice has twice.
    type: '/scope',
  }),
  salesforce: tokened(inUrl, {
    answer: {
      status: 200,
      body: '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>',
      contentType: 'application/xml',
    },
  }),
  hubspot: selfSigned(
    hmac64(header('x-hubspot-signature-v3'), {
      timestamp: time(header('x-hubspot-request-timestamp'), 300, 'ms'),
      message: [method, { part: 'url', decoded: true }, body, timestamp],
    }),
    {
      older: { 'hubspot-v2': hubspot('v2', [method, url, body]), 'hubspot-v1': hubspot('v1', [body]) },
      batch: { items: '', id: '/eventId', type: '/subscriptionType' },
    },
  ),
  pipedrive: tokened([basic], {
    dedupe: '/meta/id',
    type: ['/event', '/meta/entity'],
  }),
  wix: selfSigned(
    { kind: 'jwt', algorithm: 'RS256', key: { form: 'pem' }, token: { in: 'body' }, tolerance: 60 },
    { answer: ok },
  ),
  klaviyo: signed(
    hmac(header('klaviyo-signature'), {
      timestamp: time(header('klaviyo-timestamp'), 0, 'imf'),
      message: [body, timestamp],
    }),
    {
      batch: { items: '/data', id: '/external_id', type: '/topic' },
    },
  ),
  intercom: selfSigned(hmac(header('x-hub-signature', 'sha1='), { algorithm: 'sha1' }), {
    dedupe: '/id',
    type: '/topic',
    handshakes: [check('HEAD')],
  }),
} satisfies Record<string, Preset>;

export const guides = {
  shopify: {
    name: 'Shopify',
    docs: 'https://shopify.dev/docs/apps/build/webhooks/subscribe/https',
    url: 'The URI of the subscription in the app configuration; for a shop of your own Settings, Notifications, Webhooks.',
    secret: 'Adopt the client secret of the app, or the secret that is shown below the webhooks of the shop.',
    contentType: 'Choose the format JSON.',
    deadlineSeconds: 5,
    confidence: 'stated',
  },
  woocommerce: {
    name: 'WooCommerce',
    docs: 'https://woocommerce.com/document/webhooks/',
    url: 'WooCommerce, Settings, Advanced, Webhooks, Delivery URL.',
    secret: 'Enter the same secret in the field Secret.',
    confidence: 'stated',
  },
  bigcommerce: {
    name: 'BigCommerce',
    docs: 'https://developer.bigcommerce.com/docs/integrations/webhooks',
    url: 'The destination of the webhook when it is created over the API.',
    secret:
      'Enter the token among the headers of the webhook: Authorization with Bearer before it, or X-Webhook-Token.',
    confidence: 'stated',
  },
  salesforce: {
    name: 'Salesforce outbound messages',
    docs: 'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm',
    url: 'Setup, Outbound Messages, Endpoint URL: the URL with the token in it.',
    secret: 'The URL carries it; nothing else can.',
    deadlineSeconds: 60,
    confidence: 'stated',
  },
  hubspot: {
    name: 'HubSpot',
    docs: 'https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests',
    url: 'The app, Webhooks, Target URL; it is part of what is signed, so enter it as it is.',
    secret: 'Adopt the client secret of the app. Older signatures are the schemes hubspot-v2 and hubspot-v1.',
    deadlineSeconds: 5,
    confidence: 'stated',
  },
  pipedrive: {
    name: 'Pipedrive',
    docs: 'https://pipedrive.readme.io/docs/guide-for-webhooks-v2',
    url: 'Tools and apps, Webhooks, Endpoint URL; choose version 2.',
    secret: 'Enter the user hooklatch as the HTTP auth username, and the token as the password.',
    confidence: 'stated',
  },
  wix: {
    name: 'Wix',
    docs: 'https://dev.wix.com/docs/build-apps/develop-your-app/api-integrations/events-and-webhooks/about-webhooks',
    url: 'The app, Webhooks, Callback URL.',
    secret: 'Adopt the public key of the app, as PEM: it verifies the JWT that the body is.',
    deadlineSeconds: 1.25,
    confidence: 'stated',
  },
  klaviyo: {
    name: 'Klaviyo',
    docs: 'https://developers.klaviyo.com/en/docs/working_with_system_webhooks',
    url: 'Integrations, Webhooks, Endpoint URL.',
    secret: 'Enter the same secret in the field Secret key.',
    confidence: 'stated',
  },
  intercom: {
    name: 'Intercom',
    docs: 'https://developers.intercom.com/docs/webhooks/setting-up-webhooks',
    url: 'Developer Hub, the app, Webhooks, Endpoint URL.',
    secret: 'Adopt the client secret of the app.',
    deadlineSeconds: 5,
    confidence: 'stated',
  },
} satisfies Record<keyof typeof presets, Guide>;
