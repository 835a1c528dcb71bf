/** The warning before a change of a connection that a CloudFormation stack manages. */
import type { ApiClient } from '../shared/api/api-client.ts';
import type { RouteKey } from '../shared/api/routes.ts';

/** The routes that change what a stack manages: the connection, its endpoint and its token. A test changes nothing. */
const changes = /^(PUT|PATCH|POST|DELETE) \/v1\/connections\/\{name\}(\/endpoint(?!\/test).*)?$/;

export type WarnIfManaged = (name: string) => Promise<void>;

/** Warns once for each connection. Whatever can't be read is told by the request that follows, and read again before the next one. */
export function managedWarning(api: Pick<ApiClient, 'call'>, tell: (text: string) => void): WarnIfManaged {
  const known = new Set<string>();
  return async (name) => {
    if (known.has(name)) return;
    const view = await api.call('GET /v1/connections/{name}', { params: { name } }).catch(() => undefined);
    if (!view) return;
    known.add(name);
    if (!view.managedBy) return;
    const { logicalId, stackId } = view.managedBy;
    tell(
      `Warning: the stack ${stackId} manages ${name} (as ${logicalId}). What you change here differs from the stack, and its next update may change it back.`,
    );
  };
}

/** The client, with the warning before each change. */
export const withManagedWarning = (api: ApiClient, warn: WarnIfManaged): ApiClient => ({
  // Any request of the client goes on unchanged, so its types are those of the client.
  call: (async (key: RouteKey, request?: { params?: { name?: string } }) => {
    const name = request?.params?.name;
    if (name !== undefined && changes.test(key)) await warn(name);
    return (api.call as (key: RouteKey, request: unknown) => Promise<unknown>)(key, request);
  }) as ApiClient['call'],
});
