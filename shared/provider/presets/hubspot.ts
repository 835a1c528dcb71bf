import type { MessagePart } from '../../signature/scheme.ts';
import { body, digest, hmac64, time, timestamp, url } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { selfSigned } from '../preset-builders.ts';

const method: MessagePart = { part: 'method' };

/** HubSpot's first two versions sign with a digest of the secret and the message. */
/* @__NO_SIDE_EFFECTS__ */
const hubspot = (version: string, message: MessagePart[]) =>
  digest('sha256', 'x-hubspot-signature', {
    requires: [{ header: 'x-hubspot-signature-version', equals: version }],
    message: [{ part: 'secret' }, ...message],
  });

export const preset = selfSigned(
  hmac64('x-hubspot-signature-v3', {
    timestamp: time('x-hubspot-request-timestamp', 300, 'ms'),
    message: [method, { part: 'url', decoded: true }, body, timestamp],
  }),
  {
    older: { 'hubspot-v2': hubspot('v2', [method, url, body]), 'hubspot-v1': hubspot('v1', [body]) },
    batch: { items: '', id: '/eventId', type: '/subscriptionType' },
  },
) satisfies Preset;

export const guide = {
  name: 'HubSpot',
  docs: 'https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests',
  url: 'Open your app, choose Webhooks, and enter the URL as Target URL. HubSpot signs the URL too, so do not change it.',
  secret: 'Adopt the client secret of the app. For older signatures, choose the scheme hubspot-v2 or hubspot-v1.',
  deadlineSeconds: 5,
  confidence: 'stated',
} satisfies Guide;

export const otherNames = ['hub-spot'];

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: [{ eventId: 100, subscriptionType: 'contact.creation', objectId: 123, attemptNumber: 0 }],
} satisfies Sample;
