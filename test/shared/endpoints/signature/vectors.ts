/**
 * Vectors that the senders and their libraries published. Some of their licences do not allow a copy, so they are kept
 * outside the repository. If they are missing, there is nothing to test.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import { schemes } from './schemes.ts';

const vectorSchema = z.object({
  name: z.string(),
  provider: z.string(),
  scheme: z.string(),
  secret: z.nullable(z.union([z.string(), z.array(z.string())])),
  publicKey: z.optional(z.string()),
  method: z.optional(z.string()),
  url: z.optional(z.string()),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  now: z.optional(z.number()),
  reason: z.optional(z.string()),
  valid: z.boolean(),
});
export type Vector = z.infer<typeof vectorSchema>;

const file = process.env['HOOKLATCH_VECTORS'] ?? resolve(import.meta.dirname, '../../../../../shared/vectors.json');

export const vectors: Vector[] = existsSync(file)
  ? z.array(vectorSchema).parse(JSON.parse(readFileSync(file, 'utf8')))
  : [];

const bySchemeAndProvider: Record<string, Scheme> = {
  'adyen-notification-fields adyen': schemes.adyen,
  'box box': schemes.box,
  'cloudinary-sha256(body+ts+secret) cloudinary': schemes.cloudinary,
  'dropboxsign-event-hash dropbox-sign': schemes.dropboxSign,
  'hub-sha1-hex generic': schemes.hubSha1,
  'hub-sha256-hex github': schemes.github,
  'hub-sha256-hex generic': schemes.hubSha256,
  'hub-sha256-hex bitbucket': schemes.atlassian,
  'hub-sha256-hex jira': schemes.atlassian,
  'hub-sha256-hex notion': schemes.notion,
  'hub-sha512-hex generic': schemes.hubSha512,
  'hubspot-v1 hubspot': schemes.hubspot1,
  'hubspot-v2 hubspot': schemes.hubspot2,
  'paddle paddle': schemes.paddle,
  'raw-sha256-base64 adyen': schemes.adyenHeader,
  'raw-sha256-base64 line': schemes.line,
  'raw-sha256-hex stripe': schemes.plain,
  'raw-sha256-hex pusher': schemes.pusher,
  'raw-sha256-hex razorpay': schemes.razorpay,
  'sanity-t-v1-base64url-ms sanity': schemes.sanity,
  'sendgrid-ecdsa-p256 sendgrid': schemes.sendgrid,
  'slack-v0 slack': schemes.slack,
  'square-url-body square': schemes.square,
  'standard-webhooks standard-webhooks': schemes.standardWebhooks,
  'standard-webhooks openai': schemes.standardWebhooks,
  'standard-webhooks svix': schemes.svix,
  'stripe-like-sha1-hex outpost': schemes.outpostSha1,
  'stripe-like-sha256-hex outpost': schemes.outpostSha256,
  'stripe-like-sha256-hex mux': schemes.mux,
  'twilio twilio': schemes.twilio,
  'v1-list-sha256-hex pagerduty': schemes.pagerduty,
};

/** A vector's scheme, secret and request. */
export function given(vector: Vector) {
  const scheme = bySchemeAndProvider[`${vector.scheme} ${vector.provider}`];
  if (scheme === undefined) throw new Error(`No scheme is known for ${vector.scheme} of ${vector.provider}`);
  const secrets = [vector.publicKey ?? vector.secret ?? ''].flat();
  const request = {
    method: vector.method ?? 'POST',
    url: vector.url ?? 'https://example.com/hooks',
    headers: vector.headers,
    body: Buffer.from(vector.body, 'utf8'),
    // Cloudinary's vector has no time of receipt, so use the time of sending.
    now: new Date((vector.now ?? Number(vector.headers['x-cld-timestamp'] ?? 1_700_000_000)) * 1000),
  };
  return { scheme, secrets, request };
}
