/** The sender of which nothing is known: one of one's own, or one that is not among the others. */
import type { Guide, Preset } from './preset.ts';

export const presets = { generic: { kind: 'token' } } satisfies Record<string, Preset>;

export const guides = {
  generic: {
    name: 'Any other sender',
    docs: 'https://www.standardwebhooks.com/',
    url: 'Wherever the sender asks for a webhook, callback or notification URL.',
    secret:
      'Enter the token as Authorization: Bearer, or use the URL with the token in it. A signature can be described as a scheme.',
    contentType: 'Choose application/json if there is a choice.',
    confidence: 'stated',
  },
} satisfies Record<keyof typeof presets, Guide>;
