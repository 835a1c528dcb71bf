/** The warning before a change of a connection or a destination that a CloudFormation stack manages. */
import type { ApiClient } from '../shared/api/api-client.ts';
import type { RouteKey } from '../shared/api/routes.ts';

/** What a stack can manage. */
export type Managed = 'connection' | 'destination';

/** By which route each is read. */
const read = {
  connection: 'GET /v1/connections/{name}',
  destination: 'GET /v1/destinations/{name}',
} as const satisfies Record<Managed, RouteKey>;

/**
 * The routes that change what a template can say: the connection, its endpoint, its token and its routes; the destination and its signing
 * secret. A test changes nothing, and a pause is not in a template.
 */
const changes: Readonly<Record<Managed, RegExp>> = {
  connection: /^(PUT|PATCH|POST|DELETE) \/v1\/connections\/\{name\}(\/endpoint(?!\/test).*|\/routes)?$/,
  destination: /^((PATCH|DELETE) \/v1\/destinations\/\{name\}|POST \/v1\/destinations\/\{name\}\/secret\/rotate)$/,
};

/** What a route changes, if a stack can manage it. */
const changedBy = (key: RouteKey): Managed | undefined =>
  (['connection', 'destination'] as const).find((kind) => changes[kind].test(key));

export type WarnIfManaged = (name: string, kind?: Managed) => Promise<void>;

/** Warns once for each of them. Whatever can't be read is told by the request that follows, and read again before the next one. */
export function managedWarning(api: Pick<ApiClient, 'call'>, tell: (text: string) => void): WarnIfManaged {
  const known = new Set<string>();
  return async (name, kind = 'connection') => {
    const key = `${kind} ${name}`;
    if (known.has(key)) return;
    const view = await api.call(read[kind], { params: { name } }).catch(() => undefined);
    if (!view) return;
    known.add(key);
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
    const kind = changedBy(key);
    if (name !== undefined && kind !== undefined) await warn(name, kind);
    return (api.call as (key: RouteKey, request: unknown) => Promise<unknown>)(key, request);
  }) as ApiClient['call'],
});
