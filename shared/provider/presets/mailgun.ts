import { inUrl } from '../common-placements.ts';
import { hmac, time, timestamp, value } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(
  hmac('/signature/signature', {
    timestamp: time('/signature/timestamp'),
    message: [timestamp, value('/signature/token')],
  }),
  {
    kind: 'both',
    accept: inUrl,
    id: '/event-data/id',
    type: '/event-data/event',
  },
) satisfies Preset;

export const guide = {
  name: 'Mailgun',
  docs: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
  url: 'Open Sending > Webhooks, and enter the URL in the field URL. Enter the URL that contains the token, because the signature does not cover the event.',
  secret: 'Adopt the HTTP webhook signing key as the signing secret.',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: {
    signature: { token: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
    'event-data': { event: 'opened', id: 'mg-1', timestamp: 1772366400 },
  },
  type: 'opened',
  deliveryId: 'mg-1',
} satisfies Sample;
