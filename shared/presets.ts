/** All presets by the ids of their providers. */
import type { Preset } from './preset.ts';

export const presets = {
  generic: { kind: 'token' },
  github: {
    kind: 'signature',
    scheme: {
      kind: 'hmac',
      algorithm: 'sha256',
      key: { form: 'utf8' },
      encoding: 'hex',
      signatures: [{ in: 'header', name: 'x-hub-signature-256', prefix: 'sha256=' }],
      message: [{ part: 'body' }],
    },
    older: {
      'github-sha1': {
        kind: 'hmac',
        algorithm: 'sha1',
        key: { form: 'utf8' },
        encoding: 'hex',
        signatures: [{ in: 'header', name: 'x-hub-signature', prefix: 'sha1=' }],
        message: [{ part: 'body' }],
      },
    },
    dedupe: { by: 'header', name: 'x-github-delivery' },
    type: [{ in: 'header', name: 'x-github-event' }],
  },
  mailgun: {
    kind: 'both',
    accept: [{ in: 'query', name: 'token' }],
    scheme: {
      kind: 'hmac',
      algorithm: 'sha256',
      key: { form: 'utf8' },
      encoding: 'hex',
      signatures: [{ in: 'body', path: '/signature/signature' }],
      message: [
        { part: 'value', source: { in: 'body', path: '/signature/timestamp' } },
        { part: 'value', source: { in: 'body', path: '/signature/token' } },
      ],
    },
  },
} satisfies Record<string, Preset>;

export type ProviderId = keyof typeof presets;

/** The preset of a provider; that of `generic` for one that a newer version knew. */
export const presetOf = (provider: string): Preset =>
  Object.hasOwn(presets, provider) ? presets[provider as ProviderId] : presets.generic;
