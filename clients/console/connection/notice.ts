/** What a person has to know about an endpoint before anything else: that it refuses every webhook, and what to do or who can. */
import { isSecretMissing } from '../../../shared/endpoints/endpoint/missing-secret.ts';
import { text } from '../text.ts';
import type { EndpointAnswer } from './connection-record.ts';

export type EndpointState = Pick<EndpointAnswer, 'status' | 'secretFrom' | 'held' | 'tokens' | 'handshake'>;

function stateOf(endpoint: EndpointState | null): keyof typeof text.notice | undefined {
  if (endpoint?.status === 'inactive') return endpoint.tokens.length > 0 ? 'inactive' : 'withoutToken';
  if (!endpoint || !isSecretMissing(endpoint)) return undefined;
  if (endpoint.secretFrom === 'sender') return 'secretMissing';
  return endpoint.handshake?.openUntil ? 'handshakeOpen' : 'handshakeMissing';
}

/**
 * @param sender the name of the provider.
 * @param isAdmin whether the reader may do something about it
 * @returns undefined if the endpoint works, or if there is none
 */
export function noticeOf(endpoint: EndpointState | null, sender: string, isAdmin: boolean): string | undefined {
  const state = stateOf(endpoint);
  if (state === undefined) return undefined;
  return `${text.notice[state](sender)} ${isAdmin ? text.noticeNext[state](sender) : text.noticeForDesigner}`;
}
