/** Whether an event is so old that the sender's signature is no longer accepted by whoever verifies it. */

import type { ConnectionView } from '../../../shared/endpoints/endpoint/connection-view.ts';
import type { ApiAnswer, ApiClient } from '../../../shared/operators/api/api-client.ts';

type Scheme = NonNullable<ApiAnswer<'GET /v1/providers/{id}'>['scheme']>;

/** The longest accepted age of a signature in seconds. Undefined if the age does not matter. */
function toleranceOf(scheme: Scheme | undefined): number | undefined {
  if (scheme === undefined) return undefined;
  if ('timestamp' in scheme) return scheme.timestamp?.tolerance;
  return 'tolerance' in scheme ? scheme.tolerance : undefined;
}

/** The signature window of a connection, in seconds. Undefined if there is none. */
export async function signatureWindowOf(
  api: ApiClient,
  { endpoint, provider }: ConnectionView,
): Promise<number | undefined> {
  if (!endpoint || endpoint.auth.kind === 'token') return undefined;
  const { scheme } = endpoint.auth;
  if (typeof scheme !== 'string') return toleranceOf(scheme);
  const { scheme: preset } = await api.call('GET /v1/providers/{id}', { params: { id: provider } });
  return toleranceOf(preset);
}

/** Whether an event that arrived at this time is too old for the window. */
export const isTooOld = (receivedAt: string, windowSeconds: number | undefined, now: Date): boolean =>
  windowSeconds !== undefined && now.getTime() - Date.parse(receivedAt) > windowSeconds * 1000;
