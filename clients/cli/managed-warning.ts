/** The warning before a change of a connection or a destination that a CloudFormation stack or a file manages. */

import type { ManagedBy } from '../../shared/endpoints/endpoint/managed-by.ts';
import type { ApiClient } from '../../shared/operators/api/api-client.ts';
import type { RouteKey } from '../../shared/operators/api/routes.ts';

/** What a stack or a file can manage. */
export type Managed = 'connection' | 'destination';

/** By which route each is read. */
const read = {
  connection: 'GET /v1/connections/{name}',
  destination: 'GET /v1/destinations/{name}',
} as const satisfies Record<Managed, RouteKey>;

/**
 * The routes that change what a template or a file can say: the connection, its endpoint, its token and its routes; the destination and its signing
 * secret. A test changes nothing, and a pause is not in a template.
 */
const changes: Readonly<Record<Managed, RegExp>> = {
  connection: /^(PUT|PATCH|POST|DELETE) \/v1\/connections\/\{name\}(\/endpoint(?!\/test).*|\/routes)?$/,
  destination: /^((PATCH|DELETE) \/v1\/destinations\/\{name\}|POST \/v1\/destinations\/\{name\}\/secret\/rotate)$/,
};

/** What a route changes, if a stack or a file can manage it. */
const changedBy = (key: RouteKey): Managed | undefined =>
  (['connection', 'destination'] as const).find((kind) => changes[kind].test(key));

const warningText = (name: string, managedBy: ManagedBy): string =>
  managedBy.kind === 'file'
    ? `Warning: the file ${managedBy.name} manages ${name}. What you change here differs from the file, and its next hooklatch apply may change it back.`
    : `Warning: the stack ${managedBy.stackId} manages ${name} (as ${managedBy.logicalId}). What you change here differs from the stack, and its next update may change it back.`;

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
    tell(warningText(name, view.managedBy));
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
