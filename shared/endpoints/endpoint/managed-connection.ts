/**
 * The rules for a connection that a CloudFormation stack manages: which steps a request of the stack needs. Pure.
 *
 * - An update applies only what differs from the old properties, so what an operator closed stays closed.
 * - A request changes only a connection that the same resource manages. Taking over another one needs `adopt`, and is refused for that of
 *   a file.
 * - Every request may arrive twice, so each step is left out if the record shows that it is done.
 */
import { changedSettings, type NamedSettings, type SettingsChange } from '../settings/settings.ts';
import type { Connection } from './connection.ts';
import type { Endpoint } from './endpoint-record.ts';
import { fileManagerOf, isManagedBy, type StackResource } from './managed-by.ts';

/** The properties of the resource in the template. */
export interface ManagedProperties {
  name: string;
  provider: string;
  /** Empty if the template names none. */
  description: string;
  settings: NamedSettings;
  status: 'active' | 'inactive';
  /** Where the token comes from. Absent: from an operator, or nobody. */
  token?: ManagedToken | undefined;
  /** The rules that route its events. Absent: operators set them, or nobody. */
  routes?: ManagedRoutes | undefined;
  /** Whether a connection of this name that exists is taken over. */
  adopt: boolean;
}

/** The rules of a connection in a template. Another destination of the same name has another id, and the rules have to be set again. */
export interface ManagedRoutes {
  /** The request that replaces the routes, as JSON. */
  list: string;
  /** The ids of destinations that the stack makes. */
  destinationIds: readonly string[];
}

/** A generated token, or the ARN of a secret that has the value. */
export type ManagedToken = 'generate' | { secretArn: string };

/** A request of CloudFormation. */
export type ManagedRequest = {
  resource: StackResource;
  /** The id of the connection that this request creates, if it creates one. The same each time the request arrives. */
  newId: string;
  properties: ManagedProperties;
} & (
  | { type: 'Create' }
  | { type: 'Update'; physicalId: string; oldProperties: ManagedProperties }
  | { type: 'Delete'; physicalId: string }
);

/** A step of a request, in the order in which they are made. */
export type ManagedStep =
  | { verb: 'create' | 'adopt' | 'detach' | 'generateToken' | 'activate' | 'deactivate' }
  | { verb: 'removeToken' | 'deconfigure' | 'delete' }
  | { verb: 'edit'; description: string }
  /** With `secretArn`, a new auth comes together with its value. */
  | { verb: 'configure'; settings: SettingsChange; secretArn?: string }
  | { verb: 'adoptToken'; secretArn: string }
  /** Without a list, the routes are removed. */
  | { verb: 'setRoutes'; list?: string };

/** Why a request is refused. */
export type ManagedRefusal =
  | 'connection_exists'
  | 'connection_gone'
  | 'not_managed'
  | 'managed_by_file'
  | 'provider_fixed'
  | 'held';

/** The steps of a request, and the id of the connection that they are about. */
export type ManagedPlan =
  | { kind: 'steps'; id: string; steps: ManagedStep[] }
  | { kind: 'refused'; code: ManagedRefusal };

const refused = (code: ManagedRefusal): ManagedPlan => ({ kind: 'refused', code });

/** The properties of a connection that is only opened. */
type Before = Pick<ManagedProperties, 'description' | 'settings'> &
  Pick<Partial<ManagedProperties>, 'status' | 'token' | 'routes'>;
const nothingBefore: Before = { description: '', settings: {} };

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The settings that differ. Null restores the default of a setting that is no longer named. */
function settingsChange(before: NamedSettings, after: NamedSettings): SettingsChange {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof NamedSettings)[];
  const differing = names.filter((name) => !isSame(before[name], after[name]));
  return Object.fromEntries(differing.map((name) => [name, after[name] ?? null]));
}

function configureSteps(endpoint: Endpoint | null, before: Before, after: ManagedProperties): ManagedStep[] {
  if (!endpoint) return [{ verb: 'configure', settings: after.settings }];
  const settings = settingsChange(before.settings, after.settings);
  const isDone = isSame(changedSettings(endpoint.settings, settings), endpoint.settings);
  return isDone ? [] : [{ verb: 'configure', settings }];
}

/** Changes auth and its value at once: the live value may not fit the new auth, nor the new value the old auth. */
function withValue(endpoint: Endpoint | null, configure: ManagedStep[], token: ManagedStep[]): ManagedStep[] {
  const [[change], [value]] = [configure, token];
  const isAtOnce = endpoint && endpoint.tokens.length > 0 && change?.verb === 'configure' && change.settings.auth;
  if (!isAtOnce || value?.verb !== 'adoptToken') return [...configure, ...token];
  return [{ ...change, secretArn: value.secretArn }];
}

function tokenSteps(
  endpoint: Endpoint | null,
  before: Before,
  { token }: ManagedProperties,
  isOpening: boolean,
): ManagedStep[] {
  const hasToken = endpoint !== null && endpoint.tokens.length > 0;
  // Without a token, the endpoint could not be opened.
  const isNeeded = !isSame(before.token, token) || (isOpening && !hasToken);
  if (token === undefined || !isNeeded) return [];
  if (token !== 'generate') return [{ verb: 'adoptToken', secretArn: token.secretArn }];
  // A token that is live already, whoever made it, stays: nobody would tell the sender another one.
  return hasToken ? [] : [{ verb: 'generateToken' }];
}

function editSteps(description: string, before: Before, after: ManagedProperties): ManagedStep[] {
  const isDone = after.description === before.description || after.description === description;
  return isDone ? [] : [{ verb: 'edit', description: after.description }];
}

/** What the steps depend on, of a record. */
type Known = Pick<Connection, 'endpoint' | 'description' | 'routes'>;

function routesSteps(
  { routes: version }: Known,
  before: Before,
  { routes }: ManagedProperties,
  isOpening: boolean,
): ManagedStep[] {
  // The routes of an endpoint that was deconfigured went with it.
  const was = isOpening && version === undefined ? undefined : before.routes;
  const isDone = routes === undefined && version === undefined;
  if (isDone || isSame(was, routes)) return [];
  return [{ verb: 'setRoutes', ...(routes && { list: routes.list }) }];
}

/** The steps from the old properties to the new ones. Leaves everything else as operators set it. */
function stepsBetween(record: Known, before: Before, after: ManagedProperties): ManagedStep[] {
  const { endpoint, description } = record;
  const edit = editSteps(description, before, after);
  const isOpening = after.status === 'active' && before.status !== 'active';
  // An operator has deconfigured the endpoint. It stays so until the template asks to open it.
  if (!endpoint && before !== nothingBefore && !isOpening) return edit;
  const isClosing = after.status === 'inactive' && before.status !== 'inactive' && endpoint?.status === 'active';
  return [
    ...(isClosing ? [{ verb: 'deactivate' } as const] : []),
    ...edit,
    ...withValue(endpoint, configureSteps(endpoint, before, after), tokenSteps(endpoint, before, after, isOpening)),
    // The first event after the activation has its routes.
    ...routesSteps(record, before, after, isOpening),
    ...(isOpening && endpoint?.status !== 'active' ? [{ verb: 'activate' } as const] : []),
  ];
}

/**
 * The steps to return to the connection of an earlier name. A rollback finds it as it was, so this never opens it: an operator
 * may have closed it.
 */
const stepsBack = (record: Connection, before: ManagedProperties, after: ManagedProperties): ManagedStep[] => {
  const status = after.status === 'active' ? 'active' : before.status;
  return stepsBetween(record, { ...before, status, settings: {}, routes: undefined }, after);
};

const unopened = ({ description }: ManagedProperties) => ({ endpoint: null, description });

/** Creates the connection, continues a creation that was interrupted, or adopts the connection of this name. */
function planCreation({ resource, newId, properties }: ManagedRequest, record: Connection | undefined): ManagedPlan {
  if (!record) {
    const steps = stepsBetween(unopened(properties), nothingBefore, properties);
    return { kind: 'steps', id: newId, steps: [{ verb: 'create' }, ...steps] };
  }
  if (record.id === newId) return { kind: 'steps', id: newId, steps: stepsBetween(record, nothingBefore, properties) };
  return properties.adopt ? planAdoption(resource, properties, record) : refused('connection_exists');
}

/**
 * The connection becomes that of the stack at the end. So what is refused before leaves it to the operators, and a repetition of a request
 * that was interrupted does not take it for the connection to which a rollback returns.
 */
function planAdoption(resource: StackResource, properties: ManagedProperties, record: Connection): ManagedPlan {
  if (fileManagerOf(record)) return refused('managed_by_file');
  if (record.provider !== properties.provider) return refused('provider_fixed');
  const adopt = isManagedBy(record, resource) ? [] : [{ verb: 'adopt' } as const];
  return { kind: 'steps', id: record.id, steps: [...stepsBetween(record, nothingBefore, properties), ...adopt] };
}

type Update = Extract<ManagedRequest, { type: 'Update' }>;

function planUpdate(request: Update, record: Connection | undefined): ManagedPlan {
  const { resource, properties, oldProperties, physicalId } = request;
  const isRenamed = properties.name !== oldProperties.name;
  const isOwn = record !== undefined && isManagedBy(record, resource);
  // The other name was refused, so this rollback finds what the update did not change.
  if (isRenamed && record?.id === physicalId) return { kind: 'steps', id: physicalId, steps: [] };
  // After a rename, the connection of the earlier name is still there until the whole update succeeded. A rollback
  // returns to it.
  if (isRenamed && isOwn && record.id !== request.newId)
    return { kind: 'steps', id: record.id, steps: stepsBack(record, oldProperties, properties) };
  if (isRenamed) return planCreation(request, record);
  if (!record) return refused('connection_gone');
  if (record.provider !== properties.provider) return refused('provider_fixed');
  const steps = stepsBetween(record, oldProperties, properties);
  if ((isOwn && record.id === physicalId) || steps.length === 0) return { kind: 'steps', id: physicalId, steps };
  return properties.adopt ? planAdoption(resource, properties, record) : refused('not_managed');
}

/** Removes a connection that this resource created, and detaches one that it adopted. Any other stays as it is. */
function planDelete(
  { resource, physicalId }: Extract<ManagedRequest, { type: 'Delete' }>,
  record: Connection | undefined,
): ManagedPlan {
  const leave: ManagedPlan = { kind: 'steps', id: physicalId, steps: [] };
  if (!record || record.id !== physicalId || !isManagedBy(record, resource)) return leave;
  if (record.managedBy?.adopted) return { ...leave, steps: [{ verb: 'detach' }] };
  const { endpoint } = record;
  // The held events would never be published.
  if (endpoint?.hold) return refused('held');
  const steps: ManagedStep[] = [
    ...(endpoint?.status === 'active' ? [{ verb: 'deactivate' } as const] : []),
    ...(endpoint && endpoint.tokens.length > 0 ? [{ verb: 'removeToken' } as const] : []),
    ...(endpoint ? [{ verb: 'deconfigure' } as const] : []),
    { verb: 'delete' },
  ];
  return { ...leave, steps };
}

/**
 * Plans a request.
 * @param record the connection of the name in the request's properties
 */
export function planManaged(request: ManagedRequest, record: Connection | undefined): ManagedPlan {
  switch (request.type) {
    case 'Create':
      return planCreation(request, record);
    case 'Update':
      return planUpdate(request, record);
    case 'Delete':
      return planDelete(request, record);
  }
}
