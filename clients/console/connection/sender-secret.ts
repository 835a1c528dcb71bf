/** A secret that the sender makes: when a person pastes it, how it is sent, and what is wrong with it. */

import type { Status } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { texts } from '../shell/answer-words.ts';
import { text } from '../text.ts';
import type { EndpointAnswer } from './connection-record.ts';
import type { ProviderAnswer } from './provider.ts';
import { senderName } from './sender-name.ts';

/** Whether the sender signs its check of the URL. Then its secret must be here before the URL is there. */
const signsItsCheck = ({ handshakes = [] }: Pick<ProviderAnswer, 'handshakes'>): boolean =>
  handshakes.some(({ proof }) => proof === 'delivery');

/** Whether the sender sends its secret, or signs its check, as soon as it has the URL. Then something must be done before. */
const needsSecretFirst = ({ handshakes = [] }: Pick<ProviderAnswer, 'handshakes'>): boolean =>
  handshakes.some(({ proof }) => proof === 'delivery' || proof === 'window');

/** What to do at the sender, step by step. */
export function senderSteps(provider: Pick<ProviderAnswer, 'guide' | 'handshakes'>): string[] {
  const { url, contentType = '', secret } = provider.guide;
  const steps = needsSecretFirst(provider) ? [secret, url, contentType] : [url, contentType, secret];
  return steps.filter((step) => step !== '').map(texts.guide);
}

/** Where the secret is, and when to paste it. */
export function adoptNoteOf(
  provider: ProviderAnswer,
  status: Status,
  secretFrom: EndpointAnswer['secretFrom'],
): string {
  const secret = texts.guide(provider.guide.secret);
  const name = senderName(provider);
  if (secretFrom === 'handshake') return `${secret} ${text.endpoint.adoptHandshake}`;
  const when = signsItsCheck(provider)
    ? text.endpoint.adoptFirst(name)
    : status === 'active'
      ? text.endpoint.adoptNow
      : text.endpoint.adoptLater(name);
  return `${secret} ${when}`;
}

/**
 * What the token is for.
 * @param isAdmin whether the reader can see it, and so enter it at the sender
 */
export function tokenNoteOf(
  kind: EndpointAnswer['auth']['kind'],
  secretFrom: EndpointAnswer['secretFrom'],
  sender: string,
  isAdmin: boolean,
): string {
  const { token, enter, pasted } = text.token.notes;
  if (kind !== 'signature') return token(sender);
  if (secretFrom !== 'operator') return pasted(sender);
  return isAdmin ? `${enter(sender)} ${text.token.enterNote}` : enter(sender);
}

/** The request with a pasted secret. If webhooks carry a token too, the secret is the value that signs. */
export function secretBody(
  kind: EndpointAnswer['auth']['kind'],
  secretFrom: EndpointAnswer['secretFrom'],
  secret: string,
) {
  const value = secret.trim();
  return kind === 'both' && secretFrom !== 'operator' ? { signingSecret: value } : { value };
}

/** What the API finds wrong with a pasted secret. Undefined if something else is wrong. */
export function fieldErrorOf(error: unknown): string | undefined {
  return error instanceof ApiError && error.status === 422 ? texts.problem(error) : undefined;
}
