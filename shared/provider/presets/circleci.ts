import { header, hmac } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { signed } from '../preset-builders.ts';

export const preset = signed(hmac(header('circleci-signature', 'v1=', ',')), {
  id: '/id',
  type: 'circleci-event-type',
}) satisfies Preset;

export const guide = {
  name: 'CircleCI',
  docs: 'https://circleci.com/docs/guides/integration/outbound-webhooks/',
  url: 'Open Project settings > Webhooks, and enter the URL as Receiver URL.',
  secret: 'Enter the secret of your Hooklatch endpoint as the secret token.',
  deadlineSeconds: 5,
  confidence: 'stated',
} satisfies Guide;

export const otherNames = ['circle-ci'];

export const sample = {
  headers: { 'content-type': 'application/json', 'circleci-event-type': 'job-completed' },
  body: { type: 'job-completed', id: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11', job: { name: 'build' } },
  type: 'job-completed',
  deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
} satisfies Sample;
