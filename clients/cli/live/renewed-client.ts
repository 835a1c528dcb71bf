/**
 * The client of a command that runs for hours. When its token is refused, it looks whether another one has been saved: an operator logs in
 * again, and a script renews a token that lives for an hour only.
 */
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { UsageError } from '../command-error.ts';
import type { Profile } from '../profile.ts';

const isOfToken = (error: unknown): boolean => error instanceof ApiError && [401, 403].includes(error.status);

/** What `read` gives now. Undefined if there is none any more. */
function ifThere(read: () => Profile): Profile | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/**
 * @param read the deployment and the token as they are saved now
 * @param clientOf makes a client
 */
export function renewedClient(read: () => Profile, clientOf: (target: Profile) => ApiClient): ApiClient {
  let target = read();
  let client = clientOf(target);
  return {
    async call(...request) {
      const used = client;
      try {
        return await used.call(...request);
      } catch (error) {
        if (!isOfToken(error)) throw error;
        const saved = ifThere(read);
        // A profile of another deployment has other events under the same names.
        if (!saved || saved.url !== target.url || saved.token === target.token) throw error;
        target = saved;
        client = clientOf(saved);
        // What was refused was not done.
        return client.call(...request);
      }
    },
  };
}
