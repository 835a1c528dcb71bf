/** Verifies a sender's signature again, in the code that handles the webhook. */
import { redacted } from '../../shared/endpoints/credential/redaction.ts';
import { schemeOf } from '../../shared/endpoints/endpoint/settings-in-force.ts';
import { needsSecret } from '../../shared/endpoints/signature/certificate-scheme.ts';
import type { Scheme, ValueSource } from '../../shared/endpoints/signature/scheme.ts';
import type { SignatureRejection } from '../../shared/endpoints/signature/signed-message.ts';
import { verifyWithSecrets } from '../../shared/endpoints/signature/verify-by-secret.ts';
import type { Webhook } from './webhook.ts';
import { BytesNotExact, type NotExactReason } from './webhook-body.ts';

/**
 * Why no verdict is possible. `url`: the sender signs the URL, which an event does not have. `redacted`: a part of the request that the
 * verification needs had a token. `certificate`: the sender signs with a certificate, which would have to be fetched. Otherwise it is the
 * reason why the exact bytes can't be had.
 */
export type NotVerifiableCause = 'url' | 'redacted' | 'certificate' | NotExactReason;

export type WebhookVerdict =
  | { verified: true }
  | { verified: false; reason: 'not_verifiable'; cause: NotVerifiableCause }
  | { verified: false; reason: SignatureRejection };

export interface VerifyOptions {
  /** The sender's secret, or each secret that is valid now. */
  secret: string | readonly string[];
  /** By default that of the webhook's provider. The name of an older scheme of the provider, or a scheme of your own. */
  scheme?: string | Scheme | undefined;
}

/** @throws if there is no such scheme */
function schemeFor({ provider }: Webhook, choice: string | Scheme = provider): Scheme {
  const scheme = schemeOf(provider, choice);
  if (scheme) return scheme;
  throw new Error(
    choice === provider
      ? `The webhooks of ${provider} have no scheme of their own. Say which scheme they are signed with.`
      : `The provider ${provider} has no scheme ${JSON.stringify(choice)}.`,
  );
}

const signsUrl = (scheme: Scheme): boolean =>
  scheme.kind === 'twilio' ||
  scheme.kind === 'contentful' ||
  ('message' in scheme && scheme.message.some(({ part }) => part === 'url'));

/** The places of which a verification reads the value. */
function sourcesOf(scheme: Scheme): ValueSource[] {
  if (scheme.kind === 'jwt') return [scheme.token];
  if (!('message' in scheme)) return [];
  const values = scheme.message.flatMap((part) => (part.part === 'value' ? [part.source] : []));
  return [...scheme.signatures, ...values, ...(scheme.timestamp ? [scheme.timestamp.source] : [])];
}

/** Whether one of the headers that count was redacted. */
const isRedacted = (scheme: Scheme, { headers }: Webhook): boolean =>
  sourcesOf(scheme).some(
    (source) =>
      source.in !== 'body' &&
      Object.entries(headers).some(([name, value]) => name.startsWith(source.name) && value.includes(redacted)),
  );

/**
 * Verifies the sender's signature by Hooklatch's own schemes, as of the time when the webhook was received: one that is handled or replayed
 * days later is as good as on its first day.
 * @throws Error if there is no such scheme
 * @throws BodyMissing if the body is no longer in its bucket
 */
export async function verify(webhook: Webhook, { secret, scheme: choice }: VerifyOptions): Promise<WebhookVerdict> {
  const unverifiable = (cause: NotVerifiableCause) => ({ verified: false, reason: 'not_verifiable', cause }) as const;
  const scheme = schemeFor(webhook, choice);
  if (!needsSecret(scheme)) return unverifiable('certificate');
  if (signsUrl(scheme)) return unverifiable('url');
  if (isRedacted(scheme, webhook)) return unverifiable('redacted');
  const body = await webhook.bytes().catch((error) => {
    if (error instanceof BytesNotExact) return error.reason;
    throw error;
  });
  if (typeof body === 'string') return unverifiable(body);
  const { method, headers, receivedAt } = webhook;
  const request = { method, headers, body, url: '', now: new Date(receivedAt) };
  const verdict = verifyWithSecrets(scheme, [secret].flat(), request);
  return verdict.verified ? { verified: true } : verdict;
}
