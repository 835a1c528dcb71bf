/**
 * A connection that a CloudFormation stack manages: which steps a request of the stack needs. Pure. `managed-resource.ts` has the rules of
 * all resources. A step is left out if the record shows that it is done, because a request may arrive twice. What an operator closed stays
 * closed.
 */
import { changedSettings, type NamedSettings, type SettingsChange } from '../settings/settings.ts';
import type { Connection } from './connection.ts';
import { removalSteps, tokenNeed } from './declared-endpoint.ts';
import type { Endpoint } from './endpoint-record.ts';
import { type StackPlan, type StackRefusal, type StackRequest, stackPlanner } from './managed-resource.ts';

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

export type ManagedRequest = StackRequest<ManagedProperties>;

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

/** Why a request is refused besides. */
type OwnRefusal = 'provider_fixed' | 'held';
export type ManagedRefusal = StackRefusal | OwnRefusal;

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
  if (token === undefined) return [];
  const isGenerated = token === 'generate';
  const need = tokenNeed(endpoint, { isGenerated, isChanged: !isSame(before.token, token), isOpening });
  if (need === 'none') return [];
  return isGenerated ? [{ verb: 'generateToken' }] : [{ verb: 'adoptToken', secretArn: token.secretArn }];
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

/**
 * Plans a request.
 * @param record the connection of the name in the request's properties
 */
export const planManaged: (
  request: ManagedRequest,
  record: Connection | undefined,
) => StackPlan<ManagedStep, OwnRefusal> = stackPlanner<ManagedProperties, Connection, ManagedStep, OwnRefusal>({
  create(properties) {
    const unopened = { endpoint: null, description: properties.description };
    return [{ verb: 'create' }, ...stepsBetween(unopened, nothingBefore, properties)];
  },
  goOn: (record, properties) => stepsBetween(record, nothingBefore, properties),
  takeOver: (record, properties) => stepsBetween(record, nothingBefore, properties),
  change: stepsBetween,
  goBack: stepsBack,
  whyUnfit: (record, { provider }) => (record.provider === provider ? undefined : 'provider_fixed'),
  // The held events would never be published.
  remove: ({ endpoint }) => (endpoint?.hold ? 'held' : removalSteps(endpoint)),
});
