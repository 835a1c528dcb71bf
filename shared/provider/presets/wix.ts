import type { Guide, Preset, Sample } from '../preset.ts';
import { ok, selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(
  { kind: 'jwt', algorithm: 'RS256', key: { form: 'pem' }, token: { in: 'body' }, tolerance: 60 },
  { answer: ok },
) satisfies Preset;

export const guide = {
  name: 'Wix',
  docs: 'https://dev.wix.com/docs/build-apps/develop-your-app/api-integrations/events-and-webhooks/about-webhooks',
  url: 'Open your app, choose Webhooks, and enter the URL as Callback URL.',
  secret:
    'Adopt the public key of the app, as PEM. Hooklatch verifies the body with this key, because the body is a JWT.',
  deadlineSeconds: 1.25,
  confidence: 'stated',
} satisfies Guide;

export const sample = { headers: { 'content-type': 'text/plain' }, body: '' } satisfies Sample;
