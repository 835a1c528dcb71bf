/** A secret that the sender makes: when a person pastes it, how it is sent, and what is wrong with it. */

import { ApiError } from '../../shared/api/api-error.ts';
import type { Status } from '../../shared/endpoint/lifecycle.ts';
import { withButtons } from '../shell/route-buttons.ts';
import { text } from '../text.ts';
import type { Endpoint } from './connection-record.ts';
import type { Provider } from './sender-guide.tsx';

/** Whether the sender signs its check of the URL. Then its secret must be here before the URL is there. */
const signsItsCheck = ({ handshakes = [] }: Pick<Provider, 'handshakes'>): boolean =>
  handshakes.some(({ proof }) => proof === 'delivery');

/** Where the secret is, and when to paste it. */
export function adoptNoteOf(provider: Provider, status: Status): string {
  const { name, secret } = provider;
  const when = signsItsCheck(provider)
    ? text.endpoint.adoptFirst(name)
    : status === 'active'
      ? text.endpoint.adoptNow
      : text.endpoint.adoptLater(name);
  return `${withButtons(secret)} ${when}`;
}

/** The request with a pasted secret. If webhooks carry a token too, the secret is the value that signs. */
export function secretBody(kind: Endpoint['auth']['kind'], secretFrom: Endpoint['secretFrom'], secret: string) {
  const value = secret.trim();
  return kind === 'both' && secretFrom !== 'operator' ? { signingSecret: value } : { value };
}

/** What the API finds wrong with a pasted secret. Undefined if something else is wrong. */
export function fieldErrorOf(error: unknown): string | undefined {
  return error instanceof ApiError && error.status === 422 ? withButtons(error.message) : undefined;
}
