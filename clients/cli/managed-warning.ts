/** The warning before a change of a connection or a destination that a CloudFormation stack or a file manages. */
import type { FileManager, ManagedBy } from '../../shared/endpoints/endpoint/managed-by.ts';
import type { ApiClient } from '../../shared/operators/api/api-client.ts';
import type { RouteKey } from '../../shared/operators/api/routes.ts';
import { connectionFieldsOfFile, destinationFieldsOfFile } from '../../shared/operators/manifest/fields-of-file.ts';

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

/** The fields of a connection that a route changes, of those that a file can have. */
const changedFields: Readonly<Partial<Record<RouteKey, string>>> = {
  'PUT /v1/connections/{name}/endpoint': 'settings',
  'POST /v1/connections/{name}/endpoint/activate': 'status',
  'PUT /v1/connections/{name}/routes': 'routes',
};

/** Whether the file has a field that a request names. All settings that answers show are its own. */
function isOfFile(kind: Managed | undefined, manager: FileManager): (field: string) => boolean {
  const has: readonly string[] =
    kind === 'destination' ? destinationFieldsOfFile(manager) : connectionFieldsOfFile(manager);
  return (field) => has.includes(field) || !['url', 'headers', 'auth', 'status', 'routes'].includes(field);
}

/** What a request changes of what the file has. Undefined if nothing; empty if everything. */
function changedOfFile(key: RouteKey, body: object, manager: FileManager): string[] | undefined {
  if (key.startsWith('DELETE /v1/') && key.endsWith('/{name}')) return [];
  const said = key.startsWith('PATCH ') ? Object.keys(body).filter((name) => name !== 'managedBy') : [];
  const single = changedFields[key];
  const fields = [...said, ...(single === undefined ? [] : [single])].filter(isOfFile(changedBy(key), manager));
  return fields.length > 0 ? fields : undefined;
}

/** Undefined if the change is none of what it manages. */
function warningText(name: string, managedBy: ManagedBy, key: RouteKey, body: object): string | undefined {
  if (managedBy.kind !== 'file')
    return `Warning: the stack ${managedBy.stackId} manages ${name} (as ${managedBy.logicalId}). What you change here differs from the stack, and its next update may change it back.`;
  const fields = changedOfFile(key, body, managedBy);
  if (!fields) return undefined;
  const what = fields.length > 0 ? `${fields.join(', ')} of ${name}` : name;
  return `Warning: the file ${managedBy.name} manages ${what}. What you change here differs from the file, and its next hooklatch apply may change it back.`;
}

/** @param body what the request says, if the fields that it names are those that it changes */
export type WarnIfManaged = (name: string, key: RouteKey, body?: object) => Promise<void>;

/** Warns once in the same words. Whatever can't be read is told by the request that follows, and read again before the next one. */
export function managedWarning(api: Pick<ApiClient, 'call'>, tell: (text: string) => void): WarnIfManaged {
  const known = new Map<string, { managedBy?: ManagedBy | undefined }>();
  const told = new Set<string>();
  return async (name, key, body = {}) => {
    const kind = changedBy(key);
    if (!kind) return;
    const view =
      known.get(`${kind} ${name}`) ?? (await api.call(read[kind], { params: { name } }).catch(() => undefined));
    if (!view) return;
    known.set(`${kind} ${name}`, view);
    const warning = view.managedBy && warningText(name, view.managedBy, key, body);
    if (warning === undefined || told.has(warning)) return;
    told.add(warning);
    tell(warning);
  };
}

/** The client, with the warning before each change. */
export const withManagedWarning = (api: ApiClient, warn: WarnIfManaged): ApiClient => ({
  // Any request of the client goes on unchanged, so its types are those of the client.
  call: (async (key: RouteKey, request?: { params?: { name?: string }; body?: object }) => {
    const name = request?.params?.name;
    if (name !== undefined) await warn(name, key, request?.body);
    return (api.call as (key: RouteKey, request: unknown) => Promise<unknown>)(key, request);
  }) as ApiClient['call'],
});
