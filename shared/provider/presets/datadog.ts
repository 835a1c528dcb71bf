import { basic, inHeaders } from '../common-placements.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { tokened } from '../preset-builders.ts';

export const preset = tokened([...inHeaders, basic]) satisfies Preset;

export const guide = {
  name: 'Datadog',
  docs: 'https://docs.datadoghq.com/integrations/webhooks/',
  url: 'Integrations, Webhooks, URL.',
  secret: 'Enter the token among the custom headers: {"X-Webhook-Token": "…"}.',
  contentType: 'Leave Encode as form off, so that the payload is sent as JSON.',
  confidence: 'stated',
} satisfies Guide;

export const otherNames = ['data-dog'];

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { id: '1', title: '[Triggered] CPU', alert_type: 'error' },
} satisfies Sample;
