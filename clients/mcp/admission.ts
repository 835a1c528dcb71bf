/** Which operator token a server takes. */
import type { ApiClient } from '../../shared/operators/api/api-client.ts';

/** The token must not be used here. The message says what to do. */
export class TokenRefused extends Error {
  override name = 'TokenRefused';
}

const makeOne = 'hooklatch operators create agent --role flow_designer';

/**
 * Asks whose token it is, and refuses one that can do more than the server may. What was found is kept; a failure is not, so that a
 * deployment which can't be reached yet is asked again.
 */
export function admission(api: ApiClient, { mayChange }: { mayChange: boolean }): () => Promise<void> {
  let isAdmitted = false;
  return async () => {
    if (isAdmitted) return;
    const { role, via } = await api.call('GET /v1/me');
    if (role === 'connection_admin' && !mayChange)
      throw new TokenRefused(
        `This token is an admin's, and a server that only reads needs none. Make a token for it, and give it that one: ${makeOne}`,
      );
    // The deployment withholds bodies with tokens from an agent whatever its role. One that does not say so would show them.
    if (role === 'connection_admin' && via !== 'mcp')
      throw new TokenRefused(
        `The deployment has an older version, which would show an admin's agent bodies with tokens. Deploy this version, or take another token: ${makeOne}`,
      );
    isAdmitted = true;
  };
}
