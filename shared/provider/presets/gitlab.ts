import type { Guide, Preset, Sample } from '../preset.ts';
import { standard } from '../preset-builders.ts';

export const preset = standard({ accept: ['x-gitlab-token'], type: 'x-gitlab-event' }) satisfies Preset;

export const guide = {
  name: 'GitLab',
  docs: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
  url: 'Settings of the project or group, Webhooks, URL.',
  secret:
    'Adopt the signing token that GitLab generates, whsec_ included. If your GitLab has none, choose auth {"kind":"token"} and enter the token as the secret token.',
  deadlineSeconds: 10,
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: {
    'content-type': 'application/json',
    'x-gitlab-event': 'Push Hook',
    'webhook-id': 'msg_1',
    'idempotency-key': 'msg_1',
  },
  body: { object_kind: 'push', ref: 'refs/heads/main' },
  type: 'Push Hook',
  deliveryId: 'msg_1',
} satisfies Sample;
