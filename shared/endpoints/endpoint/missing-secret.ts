import type { ConnectionView } from './connection-view.ts';

type Endpoint = NonNullable<ConnectionView['endpoint']>;

/** Whether an active endpoint refuses every webhook, because only its sender can make the secret, and it is not here yet. */
export const isSecretMissing = (endpoint: Pick<Endpoint, 'status' | 'tokens' | 'secretFrom'> | null): boolean =>
  endpoint?.status === 'active' && endpoint.tokens.length === 0 && endpoint.secretFrom !== 'operator';
