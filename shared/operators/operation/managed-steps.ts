/** Carries out the steps of a managed connection. Each is an operation, with the stack as its actor. */

import { earlierRoutesSchema, type RoutesRequest } from '../../deliveries/route/routes-request.ts';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { defaultGraceSeconds } from '../../endpoints/endpoint/grace.ts';
import { statusOf } from '../../endpoints/endpoint/lifecycle.ts';
import { type ManagedBy, stackManager } from '../../endpoints/endpoint/managed-by.ts';
import type { ManagedRequest, ManagedStep } from '../../endpoints/endpoint/managed-connection.ts';
import type { DictatedValues } from '../../endpoints/endpoint/secret-value.ts';
import { dictatedValuesSchema } from '../../endpoints/endpoint/secret-value-request.ts';
import { settingsOf } from '../../endpoints/endpoint/settings-in-force.ts';
import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import type { LiveValue } from '../../endpoints/endpoint/token-reuse.ts';
import { parse } from '../../ground/base/parse.ts';
import { parseJson } from '../../ground/base/parse-json.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import { activateEndpoint, deactivateEndpoint } from './activation.ts';
import { configureEndpoint } from './configure-endpoint.ts';
import { createToken } from './create-token.ts';
import { deconfigureEndpoint } from './deconfigure-endpoint.ts';
import { deleteConnection } from './delete-connection.ts';
import { editConnection } from './edit-connection.ts';
import { pastOf } from './live-values.ts';
import { openConnection } from './open-connection.ts';
import type { OperationContext } from './operation.ts';
import { removeToken } from './remove-token.ts';
import { type Replacement, rotateToken } from './rotate-token.ts';
import type { SecretPorts } from './secret-version.ts';
import { type SetRoutesPorts, setConnectionRoutes } from './set-routes.ts';
import { requireConnection, updateConnection } from './update-connection.ts';

export interface ManagedStepPorts extends SecretPorts, SetRoutesPorts {
  store: StateTable;
  /** Reads the text of a secret that the template names. */
  readSource(secretArn: string): Promise<string>;
}

/** A view of the table that has the connection only while it has this id. So no step changes a later one of the same name. */
export const storeOf = (store: StateTable, id: string): StateTable => ({
  ...store,
  async readConnection(name) {
    const connection = await store.readConnection(name);
    return connection?.id === id ? connection : undefined;
  },
});

/**
 * The rules that a template names. Without any, the connection has none. The construct has refused fields that no event has.
 * @throws a refusal that says what is wrong with them
 */
export const routesIn = (list: string | undefined): RoutesRequest =>
  list === undefined ? { mode: 'all', rules: [] } : parse(earlierRoutesSchema, parseJson(list), 'routes');

/** Writes who manages the connection. Undefined for operators alone. */
const changeManager = (
  name: string,
  verb: 'adopt' | 'detach',
  managedBy: ManagedBy | undefined,
  context: OperationContext,
  ports: ManagedStepPorts,
): Promise<Connection> =>
  updateConnection(name, context, ports, ({ endpoint }) => {
    const status = statusOf(endpoint);
    const entry = { verb, by: context.actor.id, at: context.now.toISOString(), from: status, to: status };
    return { kind: 'changed', change: { managedBy } as Partial<Connection>, entry };
  });

/**
 * The values in a secret that the template names: its text, or with `auth.kind` both a JSON object with `value` and
 * `signingSecret`.
 * @throws a refusal that does not quote the secret
 */
function valuesIn(text: string, connection: Connection): DictatedValues {
  const { auth } = settingsOf(connection);
  const values = auth.kind === 'both' ? objectIn(text) : { value: text };
  return parse(dictatedValuesSchema, values, 'secret');
}

function objectIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const detail = 'With auth.kind both, the secret must be a JSON object with value, signingSecret or both of them.';
    throw new Refusal('token_not_usable', detail);
  }
}

const holds = ({ value: live }: LiveValue, { value, signingSecret }: DictatedValues): boolean =>
  (value === undefined || value === live.token) &&
  (signingSecret === undefined || signingSecret === live.signingSecret);

/** The values of a secret, and how they relate to the live ones. */
async function readValues(
  secretArn: string,
  connection: Connection,
  context: OperationContext,
  ports: ManagedStepPorts,
) {
  const values = valuesIn(await ports.readSource(secretArn), connection);
  const { live } = await pastOf(connection, context, ports);
  const [current, previous] = live;
  const isLive = current !== undefined && holds(current, values);
  // A rollback returns to the previous value while its grace runs.
  const force = previous !== undefined && holds(previous, values);
  const replacement: Replacement = { ...values, graceSeconds: defaultGraceSeconds, force };
  return { isLive, isFirst: current === undefined, values, replacement };
}

async function adoptToken(name: string, secretArn: string, context: OperationContext, ports: ManagedStepPorts) {
  const connection = await requireConnection(name, ports);
  const { isLive, isFirst, values, replacement } = await readValues(secretArn, connection, context, ports);
  if (isFirst) await createToken({ name, ...values }, context, ports);
  else if (!isLive) await rotateToken({ name, ...replacement }, context, ports);
}

async function changeSettings(
  name: string,
  { settings, secretArn }: Extract<ManagedStep, { verb: 'configure' }>,
  context: OperationContext,
  ports: ManagedStepPorts,
): Promise<Connection> {
  if (secretArn === undefined) return configureEndpoint({ name, settings }, context, ports);
  const connection = await requireConnection(name, ports);
  const { endpoint } = connection;
  const next = {
    ...connection,
    endpoint: endpoint && { ...endpoint, settings: { ...endpoint.settings, ...settings } },
  };
  const { replacement } = await readValues(secretArn, next as Connection, context, ports);
  return configureEndpoint({ name, settings, values: replacement }, context, ports);
}

/**
 * Carries out one step of a request.
 * @throws a refusal if the lifecycle does not allow it
 */
export async function applyStep(
  { newId, resource, properties: { name, provider, description } }: ManagedRequest,
  step: ManagedStep,
  context: OperationContext,
  ports: ManagedStepPorts,
): Promise<unknown> {
  switch (step.verb) {
    case 'create':
      return openConnection(
        { name, provider, description, id: newId, managedBy: stackManager(resource) },
        context,
        ports,
      );
    case 'adopt':
      return changeManager(name, 'adopt', stackManager(resource, { adopted: true }), context, ports);
    case 'detach':
      return changeManager(name, 'detach', undefined, context, ports);
    case 'edit':
      return editConnection({ name, description: step.description }, context, ports);
    case 'configure':
      return changeSettings(name, step, context, ports);
    case 'generateToken':
      return createToken({ name }, context, ports);
    case 'adoptToken':
      return adoptToken(name, step.secretArn, context, ports);
    case 'setRoutes':
      return setConnectionRoutes({ name, ...routesIn(step.list) }, context, ports);
    case 'removeToken':
      return removeToken({ name }, context, ports);
    case 'activate':
      return activateEndpoint({ name }, context, ports);
    case 'deactivate':
      return deactivateEndpoint({ name }, context, ports);
    case 'deconfigure':
      return deconfigureEndpoint({ name, discardHeld: false }, context, ports);
    case 'delete':
      return deleteConnection({ name }, context, ports);
  }
}
