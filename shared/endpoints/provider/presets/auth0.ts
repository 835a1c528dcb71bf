import { inAuthorization } from '../common-placements.ts';
import type { Guide, Literals, Preset, Sample } from '../preset.ts';
import { tokened } from '../preset-builders.ts';

export const preset = tokened(inAuthorization, {
  batch: { items: '', id: '/log_id', type: '/data/type' },
}) satisfies Preset;

export const guide = {
  name: 'Auth0 log streams',
  docs: 'https://auth0.com/docs/customize/log-streams/custom-log-streams',
  url: 'Open Monitoring > Streams, create a Custom Webhook, and enter the URL as Payload URL.',
  secret: 'Enter the token as the authorization token.',
  contentType: 'Choose application/json as the content type, and JSON Array as the content format.',
  confidence: 'stated',
} satisfies Guide;

export const otherNames = ['auth0-log-streams'];

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: [{ log_id: '9002026', data: { type: 's', client_name: 'Sample' } }],
} satisfies Sample;

export const literals = {
  demands: 'token',
  secretFrom: 'operator',
  tokenIn: ['bearer', 'authorization'],
  unsigned: [
    {
      origin: 'by hand',
      headers: { 'content-type': 'application/json' },
      body: '[{"log_id":"9002026","data":{"type":"s"}}]',
      type: 'webhook',
      items: [['9002026', 's']],
    },
  ],
} satisfies Literals;
