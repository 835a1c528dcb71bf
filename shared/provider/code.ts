/** Senders around code: where it is kept, built, run and watched. */

import { basic, inHeader, inHeaders, inUrl } from './placement-of.ts';
import type { Guide, Preset } from './preset.ts';
import { ok, selfSigned, signed, tokened } from './preset-of.ts';
import { field, header, hmac, standardWebhooks, time } from './scheme-of.ts';

export const presets = {
  github: signed(hmac(header('x-hub-signature-256', 'sha256=')), {
    older: { 'github-sha1': hmac(header('x-hub-signature', 'sha1='), { algorithm: 'sha1' }) },
    dedupe: 'x-github-delivery',
    type: 'x-github-event',
  }),
  gitlab: selfSigned(standardWebhooks('webhook'), {
    accept: [inHeader('x-gitlab-token')],
    dedupe: 'webhook-id',
    type: 'x-gitlab-event',
  }),
  bitbucket: signed(hmac(header('x-hub-signature', 'sha256=')), {
    dedupe: 'x-request-uuid',
    type: 'x-event-key',
  }),
  jira: signed(hmac(header('x-hub-signature', 'sha256=')), {
    accept: inUrl,
    dedupe: 'x-atlassian-webhook-identifier',
    type: '/webhookEvent',
  }),
  'azure-devops': tokened([basic, ...inHeaders], {
    dedupe: '/id',
    type: '/eventType',
  }),
  circleci: signed(hmac(header('circleci-signature', 'v1=', ',')), {
    dedupe: '/id',
    type: 'circleci-event-type',
  }),
  vercel: selfSigned(hmac(header('x-vercel-signature'), { algorithm: 'sha1' }), {
    dedupe: '/id',
    type: '/type',
  }),
  sentry: selfSigned(hmac(header('sentry-hook-signature')), {
    dedupe: 'request-id',
    type: 'sentry-hook-resource',
  }),
  linear: selfSigned(
    hmac(header('linear-signature'), {
      timestamp: time(field('/webhookTimestamp'), 60, 'ms'),
    }),
    {
      dedupe: 'linear-delivery',
      type: ['linear-event', '/type'],
      answer: ok,
    },
  ),
} satisfies Record<string, Preset>;

export const guides = {
  github: {
    name: 'GitHub',
    docs: 'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries',
    url: 'Settings of the repository, organization or app, Webhooks, Payload URL.',
    secret: 'Enter the same secret in the field Secret.',
    contentType: 'Choose the content type application/json.',
    deadlineSeconds: 10,
    confidence: 'stated',
  },
  gitlab: {
    name: 'GitLab',
    docs: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
    url: 'Settings of the project or group, Webhooks, URL.',
    secret:
      'Adopt the signing token that GitLab generates, whsec_ included. Where your GitLab has none yet, choose auth {"kind":"token"} and enter the token as the secret token.',
    deadlineSeconds: 10,
    confidence: 'stated',
  },
  bitbucket: {
    name: 'Bitbucket Cloud',
    docs: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/',
    url: 'Repository settings, Webhooks, URL.',
    secret: 'Enter the same secret in the field Secret.',
    deadlineSeconds: 10,
    confidence: 'stated',
  },
  jira: {
    name: 'Jira Cloud',
    docs: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/',
    url: 'System settings, Webhooks, URL.',
    secret:
      'Enter the same secret in the field Secret. Webhooks that an app registers are not signed: choose auth {"kind":"token"} and the URL with the token.',
    confidence: 'stated',
  },
  'azure-devops': {
    name: 'Azure DevOps service hooks',
    docs: 'https://learn.microsoft.com/en-us/azure/devops/service-hooks/services/webhooks',
    url: 'Project settings, Service hooks, Web Hooks, URL.',
    secret: 'Enter the user hooklatch with the token as its password, or the token in an HTTP header.',
    confidence: 'stated',
  },
  circleci: {
    name: 'CircleCI',
    docs: 'https://circleci.com/docs/guides/integration/outbound-webhooks/',
    url: 'Project settings, Webhooks, Receiver URL.',
    secret: 'Enter the same secret as the secret token.',
    deadlineSeconds: 5,
    confidence: 'stated',
  },
  vercel: {
    name: 'Vercel',
    docs: 'https://vercel.com/docs/webhooks',
    url: 'Team settings, Webhooks, Endpoint URL.',
    secret:
      'Adopt the secret that Vercel shows once when the webhook is created; for an integration its client secret.',
    deadlineSeconds: 30,
    confidence: 'stated',
  },
  sentry: {
    name: 'Sentry integrations',
    docs: 'https://docs.sentry.io/integrations/integration-platform/webhooks/',
    url: 'Settings, Developer settings, the integration, Webhook URL.',
    secret: 'Adopt the client secret of the integration.',
    deadlineSeconds: 1,
    confidence: 'stated',
  },
  linear: {
    name: 'Linear',
    docs: 'https://linear.app/developers/webhooks',
    url: 'Settings, API, Webhooks, URL.',
    secret: 'Adopt the signing secret that Linear shows beside the webhook.',
    deadlineSeconds: 5,
    confidence: 'stated',
  },
} satisfies Record<keyof typeof presets, Guide>;
