/** Senders around identity: who somebody is, and what was signed by whom. */

import { inAuthorization, inUrl } from './placement-of.ts';
import type { Guide, Preset } from './preset.ts';
import { handshake, selfSigned, tokened } from './preset-of.ts';
import { field, header, hmac, hmac64, stripeLike, time, timestamp, value } from './scheme-of.ts';

/** Dropbox Sign signs two fields of its event; `at` is where the event stands in the body. */
/* @__NO_SIDE_EFFECTS__ */
const dropboxSign = (at: string) =>
  hmac(field(`${at}/event_hash`), {
    timestamp: time(field(`${at}/event_time`)),
    message: [timestamp, value(field(`${at}/event_type`))],
  });

export const presets = {
  okta: tokened(inAuthorization, {
    dedupe: '/eventId',
    type: '/eventType',
    batch: { items: '/data/events', id: '/uuid', type: '/eventType' },
    handshakes: [
      handshake(
        'GET',
        'x-okta-verification-challenge',
        { with: 'json', field: 'verification' },
        'x-okta-verification-challenge',
        'none',
      ),
    ],
  }),
  auth0: tokened(inAuthorization, {
    batch: { items: '', id: '/log_id', type: '/data/type' },
  }),
  workos: selfSigned(
    stripeLike('workos-signature', {
      timestamp: time(header('workos-signature', 't=', ','), 180, 'ms'),
    }),
    {
      dedupe: '/id',
      type: '/event',
    },
  ),
  docusign: selfSigned(hmac64({ in: 'numberedHeaders', name: 'x-docusign-signature-' }), {
    type: '/event',
  }),
  yousign: selfSigned(hmac(header('x-yousign-signature-256', 'sha256=')), {
    dedupe: '/event_id',
    type: '/event_name',
  }),
  'dropbox-sign': selfSigned(dropboxSign('/json/event'), {
    kind: 'both',
    accept: inUrl,
    older: { 'dropbox-sign-json': dropboxSign('/event') },
    type: ['/json/event/event_type', '/event/event_type'],
    answer: { status: 200, body: 'Hello API Event Received', contentType: 'text/plain' },
  }),
} satisfies Record<string, Preset>;

export const guides = {
  okta: {
    name: 'Okta event hooks',
    docs: 'https://developer.okta.com/docs/concepts/event-hooks/',
    url: 'Workflow, Event Hooks, Endpoint URL; then Verify.',
    secret: 'Enter Authorization as the authentication field, and the token as its secret.',
    deadlineSeconds: 3,
    confidence: 'stated',
  },
  auth0: {
    name: 'Auth0 log streams',
    docs: 'https://auth0.com/docs/customize/log-streams/custom-log-streams',
    url: 'Monitoring, Streams, Custom Webhook, Payload URL.',
    secret: 'Enter the token as the authorization token.',
    contentType: 'Choose the content type application/json, and the content format JSON Array.',
    confidence: 'stated',
  },
  workos: {
    name: 'WorkOS',
    docs: 'https://workos.com/docs/events/data-syncing/webhooks',
    url: 'Dashboard, Webhooks, Endpoint URL.',
    secret: 'Adopt the signing secret of the endpoint.',
    confidence: 'stated',
  },
  docusign: {
    name: 'DocuSign Connect',
    docs: 'https://developers.docusign.com/platform/webhooks/connect/hmac/',
    url: 'Settings, Connect, the configuration, URL to publish.',
    secret: 'Turn the HMAC signature on, and adopt the key that DocuSign generates.',
    contentType: 'Choose JSON as the data format.',
    confidence: 'stated',
  },
  yousign: {
    name: 'Yousign',
    docs: 'https://developers.yousign.com/docs/use-webhooks-in-your-app',
    url: 'Developers, Webhooks, Endpoint.',
    secret: 'Adopt the secret key of the webhook subscription.',
    deadlineSeconds: 0.5,
    confidence: 'stated',
  },
  'dropbox-sign': {
    name: 'Dropbox Sign',
    docs: 'https://developers.hellosign.com/docs/events/walkthrough/',
    url: 'API settings, Account callback or the callback of the app: the URL with the token in it, because the signature does not cover the event.',
    secret: 'Adopt the primary API key as the signing secret.',
    confidence: 'stated',
  },
} satisfies Record<keyof typeof presets, Guide>;
