/** Carries out the steps of a managed connection, with the same commands as the operators' API. */
import * as z from 'zod/mini';
import { Problem } from '../base/problem.ts';
import { type Connection, newConnection } from '../endpoint/connection.ts';
import { defaultGraceSeconds } from '../endpoint/grace.ts';
import { statusOf } from '../endpoint/lifecycle.ts';
import type { ManagedBy } from '../endpoint/managed-by.ts';
import type { ManagedRequest, ManagedStep } from '../endpoint/managed-connection.ts';
import type { DictatedValues } from '../endpoint/secret-value.ts';
import { settingsOf } from '../endpoint/settings-in-force.ts';
import type { StateTable } from '../endpoint/state-table.ts';
import type { LiveValue } from '../endpoint/token-reuse.ts';
import { configure } from './configuration.ts';
import { decideOn, deleteConnection } from './connection-edit.ts';
import { applyCommand, type ConnectionCall, requireConnection, updateConnection } from './connection-update.ts';
import { parseAs } from './request-parsing.ts';
import { createSecret, pastOf, rotateSecret, type SecretRotationDeps, unmarkedBearers } from './secret-rotation.ts';
import { dictatedValues } from './secret-value-request.ts';

export interface ManagedStepDeps extends SecretRotationDeps {
  /** Reads the text of a secret that the template names. */
  readSource(secretArn: string): Promise<string>;
}

/** A request with the call that its steps are made by. */
export interface ManagedCall {
  request: ManagedRequest;
  call: ConnectionCall;
}

/** A view of the table that has the connection only while it has this id. So no step changes a later one of the same name. */
export const storeOf = (store: StateTable, id: string): StateTable => ({
  ...store,
  async readConnection(name) {
    const connection = await store.readConnection(name);
    return connection?.id === id ? connection : undefined;
  },
});

async function create({ request, call }: ManagedCall, { store }: ManagedStepDeps): Promise<void> {
  const { newId, resource, properties } = request;
  const { name, provider, description } = properties;
  const actor = { by: call.operator.id, now: call.now };
  const opened = newConnection({ name, provider, description }, newId, actor, resource);
  if ((await store.openConnection(opened, call.requestId)) === 'lost')
    throw new Problem(409, 'connection_exists', 'A connection of this name was opened at the same time.');
}

/** Writes who manages the connection. Undefined for operators alone. */
async function changeManager(
  { call }: ManagedCall,
  verb: 'adopt' | 'detach',
  managedBy: ManagedBy | undefined,
  { store }: ManagedStepDeps,
): Promise<void> {
  await updateConnection(call, store, (connection) => {
    const status = statusOf(connection.endpoint);
    const entry = { verb, by: call.operator.id, at: call.now.toISOString(), from: status, to: status };
    return { kind: 'changed', change: { managedBy } as Partial<Connection>, entry };
  });
}

const bothSchema = z.strictObject(dictatedValues);

/**
 * The values in a secret that the template names: its text, or with `auth.kind` both a JSON object with `value` and
 * `signingSecret`. @throws a 422 that does not quote the secret
 */
function valuesIn(text: string, connection: Connection): DictatedValues {
  const { auth } = settingsOf(connection);
  const values = auth.kind === 'both' ? objectIn(text) : { value: text };
  return parseAs(bothSchema, values, 422, 'secret') as DictatedValues;
}

function objectIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const detail = 'With auth.kind both, the secret must be a JSON object with value, signingSecret or both of them.';
    throw new Problem(422, 'token_not_usable', detail);
  }
}

const holds = ({ value: live }: LiveValue, { value, signingSecret }: DictatedValues): boolean =>
  (value === undefined || value === live.token) &&
  (signingSecret === undefined || signingSecret === live.signingSecret);

/** The values of a secret, and how they relate to the live ones. */
async function readValues(call: ConnectionCall, secretArn: string, connection: Connection, deps: ManagedStepDeps) {
  const values = valuesIn(await deps.readSource(secretArn), connection);
  const { live } = await pastOf(call, connection, deps);
  const [current, previous] = live;
  const isLive = current !== undefined && holds(current, values);
  // A rollback returns to the previous value while its grace runs.
  const force = previous !== undefined && holds(previous, values);
  return { isLive, isFirst: current === undefined, values, replacement: { ...values, ...grace, force } };
}

const grace = { graceSeconds: defaultGraceSeconds };

async function adoptToken({ call }: ManagedCall, secretArn: string, deps: ManagedStepDeps): Promise<void> {
  const connection = await requireConnection(call, deps.store);
  const { isLive, isFirst, values, replacement } = await readValues(call, secretArn, connection, deps);
  if (isFirst) await createSecret({ ...call, query: undefined, body: values }, deps);
  else if (!isLive) await rotateSecret({ ...call, query: undefined, body: replacement }, deps);
}

async function changeSettings(
  { call }: ManagedCall,
  { settings, secretArn }: Extract<ManagedStep, { verb: 'configure' }>,
  deps: ManagedStepDeps,
): Promise<void> {
  if (secretArn === undefined) {
    await configure({ ...call, query: undefined, body: settings }, deps);
    return;
  }
  const connection = await requireConnection(call, deps.store);
  const { endpoint } = connection;
  const next = {
    ...connection,
    endpoint: endpoint && { ...endpoint, settings: { ...endpoint.settings, ...settings } },
  };
  const { replacement } = await readValues(call, secretArn, next as Connection, deps);
  await configure({ ...call, query: undefined, body: { ...settings, values: replacement } }, deps);
}

/** Carries out one step. @throws a problem if the lifecycle does not allow it */
export async function applyStep(managed: ManagedCall, step: ManagedStep, deps: ManagedStepDeps): Promise<void> {
  const { call, request } = managed;
  switch (step.verb) {
    case 'create':
      return create(managed, deps);
    case 'adopt':
      return changeManager(managed, 'adopt', { ...request.resource, adopted: true }, deps);
    case 'detach':
      return changeManager(managed, 'detach', undefined, deps);
    case 'edit':
      await updateConnection(call, deps.store, decideOn(call, 'edit', { description: step.description }));
      return;
    case 'configure':
      return changeSettings(managed, step, deps);
    case 'generateToken':
      await createSecret({ ...call, query: undefined, body: {} }, deps);
      return;
    case 'adoptToken':
      return adoptToken(managed, step.secretArn, deps);
    case 'removeToken':
      await applyCommand(call, { verb: 'removeToken', ...(await unmarkedBearers(call, deps)) }, deps.store);
      return;
    case 'deconfigure':
      await applyCommand(call, { verb: 'deconfigure', discardHeld: false }, deps.store);
      return;
    case 'delete':
      return deleteConnection(call, deps.store);
    default:
      await applyCommand(call, { verb: step.verb }, deps.store);
  }
}
