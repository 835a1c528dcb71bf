/** What a person has to know about an endpoint before anything else: that it refuses every webhook, and what to do. */
import { text } from '../text.ts';
import type { Endpoint } from './connection-record.ts';

export type EndpointState = Pick<Endpoint, 'status' | 'secretFrom' | 'held' | 'tokens' | 'handshake'>;

/** Whether an active endpoint refuses every webhook, because the sender's secret is not here yet. */
export const isSecretMissing = (endpoint: EndpointState | null): boolean =>
  endpoint?.status === 'active' && endpoint.tokens.length === 0 && endpoint.secretFrom !== 'operator';

/**
 * @param sender the name of the provider.
 * @returns undefined if the endpoint works, or if there is none
 */
export function noticeOf(endpoint: EndpointState | null, sender: string): string | undefined {
  if (endpoint?.status === 'inactive')
    return endpoint.tokens.length > 0 ? text.notice.inactive : text.notice.inactiveWithoutToken;
  if (!endpoint || !isSecretMissing(endpoint)) return undefined;
  if (endpoint.secretFrom === 'sender') return text.notice.secretMissing(sender);
  return endpoint.handshake?.openUntil ? text.notice.handshakeOpen(sender) : text.notice.handshakeMissing(sender);
}
