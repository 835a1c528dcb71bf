import type { Guide, Preset, Sample } from '../preset.ts';

export const preset = { kind: 'token' } satisfies Preset;

export const guide = {
  name: 'Any other sender',
  docs: 'https://www.standardwebhooks.com/',
  url: 'Wherever the sender asks for a webhook, callback or notification URL.',
  secret:
    'Enter the token as Authorization: Bearer, or use the URL with the token in it. A signature can be described as a scheme.',
  contentType: 'Choose application/json if there is a choice.',
  confidence: 'stated',
} satisfies Guide;

export const otherNames = ['custom', 'other', 'any'];

export const sample = { headers: { 'content-type': 'application/json' }, body: { id: 1 } } satisfies Sample;
