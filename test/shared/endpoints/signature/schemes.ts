/** Schemes for tests: those of the presets, and a few that no preset has. */

import { header, hmac, stripeLike } from '../../../../shared/endpoints/provider/common-schemes.ts';
import { type ProviderId, presetOf, presets } from '../../../../shared/endpoints/provider/presets.ts';
import type { Scheme, ValueSource } from '../../../../shared/endpoints/signature/scheme.ts';
import { topicArn, webhookId } from './given-certificate.ts';

/** An older scheme of a preset. Fails the test if the name does not exist. */
export function older(id: ProviderId, name: string): Scheme {
  const scheme = presetOf(id).older?.[name];
  if (scheme === undefined) throw new Error(`${id} has no scheme ${name}`);
  return scheme;
}

const hub = (algorithm: 'sha1' | 'sha256' | 'sha512'): Scheme => {
  const source: ValueSource = {
    in: 'header',
    name: 'x-signature',
    separator: ',',
    prefix: `${algorithm}=`,
    bare: true,
  };
  return hmac(source, { algorithm });
};

export const schemes = {
  github: presets.github.scheme,
  atlassian: presets.jira.scheme,
  notion: presets.notion.scheme,
  hubSha1: hub('sha1'),
  hubSha256: hub('sha256'),
  hubSha512: hub('sha512'),
  stripe: presets.stripe.scheme,
  workos: presets.workos.scheme,
  slack: presets.slack.scheme,
  pagerduty: presets.pagerduty.scheme,
  square: presets.square.scheme,
  paddle: presets.paddle.scheme,
  standardWebhooks: presets.openai.scheme,
  svix: presets.svix.scheme,
  adyenHeader: older('adyen', 'adyen-platform'),
  line: presets.line.scheme,
  plain: hmac(header('x-signature')),
  pusher: presets.pusher.scheme,
  razorpay: presets.razorpay.scheme,
  hubspot1: older('hubspot', 'hubspot-v1'),
  hubspot2: older('hubspot', 'hubspot-v2'),
  sanity: presets.sanity.scheme,
  box: presets.box.scheme,
  cloudinary: presets.cloudinary.scheme,
  mux: stripeLike('mux-signature'),
  outpostSha256: stripeLike('x-outpost-signature'),
  outpostSha1: stripeLike('x-outpost-signature', { algorithm: 'sha1' }),
  dropboxSign: older('dropbox-sign', 'dropbox-sign-json'),
  sendgrid: presets.sendgrid.scheme,
  linear: presets.linear.scheme,
  klaviyo: presets.klaviyo.scheme,
  docusign: presets.docusign.scheme,
  mandrill: presets.mandrill.scheme,
  hubspot3: presets.hubspot.scheme,
  discord: presets.discord.scheme,
  monday: presets.monday.scheme,
  twilio: presets.twilio.scheme,
  adyen: presets.adyen.scheme,
  contentful: presets.contentful.scheme,
  sns: { kind: 'sns', topicArns: [topicArn] },
  paypal: { kind: 'paypal', webhookId },
} satisfies Record<string, Scheme>;
