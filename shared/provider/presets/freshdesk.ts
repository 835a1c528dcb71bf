import { basic, inHeaders } from '../common-placements.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { tokened } from '../preset-builders.ts';

export const preset = tokened([basic, ...inHeaders]) satisfies Preset;

export const guide = {
  name: 'Freshdesk',
  docs: 'https://support.freshdesk.com/support/solutions/articles/132589-using-webhooks-in-automation-rules',
  url: 'Admin, Automations, the rule, Trigger webhook, URL.',
  secret: 'Enter the user hooklatch with the token as its password, or the token as a custom header.',
  contentType: 'Choose the encoding JSON.',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { freshdesk_webhook: { ticket_id: 1, ticket_status: 'Open' } },
} satisfies Sample;
