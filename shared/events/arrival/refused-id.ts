/** The delivery id of a refused webhook, so that somebody who misses it finds out that it was refused. It reserves nothing. */
import { redact, redacted } from '../../endpoints/credential/redaction.ts';
import type { Placement, RequestHead } from '../../endpoints/credential/token-placement.ts';
import type { StoredEvent } from '../event/event.ts';
import { maxIdLength } from './rejection.ts';

/** The headers in which some sender that a preset knows has its delivery id. A test compares them with the presets. */
export const idHeaders =
  'i-twilio-idempotency-token idempotency-key linear-delivery paypal-transmission-id request-id svix-id twitch-eventsub-message-id webhook-id x-atlassian-webhook-identifier x-github-delivery x-razorpay-event-id x-request-uuid x-shopify-webhook-id';

/** The id in the first of these headers that has one. It is redacted before it is cut: a token that is cut would not be recognized. */
export function refusedIdOf(accept: readonly Placement[], request: RequestHead): string | undefined {
  const { headers } = redact(accept, request);
  const found = idHeaders.split(' ').find((name) => headers[name] && !headers[name].includes(redacted));
  return found && keptId(headers[found]);
}

const keptId = (id?: string): string | undefined => id?.slice(0, maxIdLength).toWellFormed();

/** The id by the settings, of a webhook that was proved. A body with a token has none, because the id may be the body's digest. */
export const provenIdOf = ({ tokenIn, deliveryId }: Pick<StoredEvent, 'tokenIn' | 'deliveryId'>): string | undefined =>
  tokenIn.length > 0 || deliveryId?.includes(redacted) ? undefined : keptId(deliveryId);
