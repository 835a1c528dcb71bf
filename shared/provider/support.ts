/** Senders around help: tickets, incidents and alarms. */

import { basic, inAuthorization, inHeaders, inUrl } from './placement-of.ts';
import type { Guide, Preset } from './preset.ts';
import { selfSigned, tokened } from './preset-of.ts';
import { body, header, hmac, hmac64, time, timestamp } from './scheme-of.ts';

export const presets = {
  zendesk: selfSigned(
    hmac64(header('x-zendesk-webhook-signature'), {
      timestamp: time(header('x-zendesk-webhook-signature-timestamp'), 0, 'rfc3339'),
      message: [timestamp, body],
    }),
    {
      accept: [...inAuthorization, basic],
      dedupe: '/id',
      type: '/type',
    },
  ),
  freshdesk: tokened([basic, ...inHeaders]),
  servicenow: tokened([...inHeaders, basic, ...inUrl]),
  pagerduty: selfSigned(hmac(header('x-pagerduty-signature', 'v1=', ',')), {
    dedupe: '/event/id',
    type: '/event/event_type',
  }),
  datadog: tokened([...inHeaders, basic]),
} satisfies Record<string, Preset>;

export const guides = {
  zendesk: {
    name: 'Zendesk',
    docs: 'https://developer.zendesk.com/documentation/webhooks/verifying/',
    url: 'Admin Center, Apps and integrations, Webhooks, Endpoint URL.',
    secret: 'Adopt the signing secret that Zendesk shows beside the webhook.',
    contentType: 'Choose the request method POST and the request format JSON.',
    deadlineSeconds: 12,
    confidence: 'stated',
  },
  freshdesk: {
    name: 'Freshdesk',
    docs: 'https://support.freshdesk.com/support/solutions/articles/132589-using-webhooks-in-automation-rules',
    url: 'Admin, Automations, the rule, Trigger webhook, URL.',
    secret: 'Enter the user hooklatch with the token as its password, or the token as a custom header.',
    contentType: 'Choose the encoding JSON.',
    confidence: 'stated',
  },
  servicenow: {
    name: 'ServiceNow',
    docs: 'https://www.servicenow.com/docs/r/api-reference/web-services/r_RESTMessageElements.html',
    url: 'The endpoint of your outbound REST message.',
    secret: 'Enter the token as a header, as the password of the user hooklatch, or in the URL.',
    contentType: 'Set the header Content-Type to application/json, and write the body as JSON.',
    confidence: 'stated',
  },
  pagerduty: {
    name: 'PagerDuty',
    docs: 'https://developer.pagerduty.com/docs/verifying-webhook-signatures',
    url: 'Integrations, Generic webhooks (v3), Webhook URL.',
    secret: 'Adopt the secret that PagerDuty shows once when the subscription is created.',
    confidence: 'stated',
  },
  datadog: {
    name: 'Datadog',
    docs: 'https://docs.datadoghq.com/integrations/webhooks/',
    url: 'Integrations, Webhooks, URL.',
    secret: 'Enter the token among the custom headers: {"X-Webhook-Token": "…"}.',
    contentType: 'Leave Encode as form off, so that the payload is sent as JSON.',
    confidence: 'stated',
  },
} satisfies Record<keyof typeof presets, Guide>;
