/**
 * Carries out a plan by requests of the API, one after another. It stops at the first refusal. Run again, a plan goes on where it stopped:
 * the steps of each item are in an order in which the record always says what is so.
 */
import type { ApiClient } from '../api/api-client.ts';
import { type HiddenSettings, resolvedSettings } from './destination-secrets.ts';
import type { ConnectionItem, ConnectionStep, DestinationItem, DestinationStep, Plan, PlanItem } from './plan.ts';
import { dictatedValuesOf, type SecretValues } from './plan-secrets.ts';
import { isValueReference } from './secret-reference.ts';

export interface ApplyPorts {
  api: ApiClient;
  values: SecretValues;
  /** Called before each item. */
  onItem?: (item: PlanItem, at: number, count: number) => void;
  /** Stops the plan when it aborts, after the request that is on its way. */
  stopped?: AbortSignal;
}

/** A plan that stopped: what is done, and what is not. The cause is what the API said. */
export class ApplyStopped extends Error {
  override name = 'ApplyStopped';
  readonly done: PlanItem[];
  /** The item that was refused. Some of its steps may be done. */
  readonly stoppedAt: PlanItem;
  readonly notDone: PlanItem[];

  constructor(cause: unknown, items: readonly PlanItem[], at: number) {
    super('the plan stopped', { cause });
    this.done = items.slice(0, at);
    this.stoppedAt = items[at] as PlanItem;
    this.notDone = items.slice(at + 1);
  }
}

/** What the steps of an item share. */
interface Work {
  api: ApiClient;
  name: string;
  values: SecretValues;
  /** The version of the record after the last step. */
  version: number | undefined;
}

const guardOf = ({ version }: Work) => (version === undefined ? {} : { ifMatch: version });

/** A step that makes a token. */
type TokenStep = Extract<ConnectionStep, { verb: 'createToken' | 'replaceToken' }>;

type Values = ReturnType<typeof dictatedValuesOf>;

/** Whether one of two live values is what the file says. */
const holds = (
  live: { token: string; signingSecret?: string | undefined } | undefined,
  { value, signingSecret }: Values,
): boolean =>
  live !== undefined &&
  (value === undefined || value === live.token) &&
  (signingSecret === undefined || signingSecret === live.signingSecret);

/** Replaces the token with a grace. */
async function rotate(body: object, { managedBy }: TokenStep, work: Work): Promise<number> {
  const key = 'POST /v1/connections/{name}/endpoint/token/rotate';
  const request = { params: { name: work.name }, body: { ...body, managedBy }, ...guardOf(work) };
  return (await work.api.call(key, request)).connection.version;
}

/** Replaces the token, unless its value is the live one. One that is live in a grace comes back at once. */
async function replaceToken(step: TokenStep, work: Work): Promise<number> {
  const { api, name } = work;
  if (!isValueReference(step.reference)) return rotate({}, step, work);
  const request = { params: { name }, ...guardOf(work) };
  const live = await api.call('GET /v1/connections/{name}/endpoint/token', request);
  // The history has that it was revealed, so the record has another version.
  const revealed = { ...work, version: live.connection.version };
  const dictated = dictatedValuesOf(step.reference, live.connection.endpoint?.auth.kind === 'both', work.values);
  if (holds(live, dictated))
    return connectionStep({ verb: 'manage', managedBy: step.managedBy }, revealed) as Promise<number>;
  return rotate({ ...dictated, ...(holds(live.previous, dictated) && { force: true }) }, step, revealed);
}

async function createToken({ reference, managedBy }: TokenStep, work: Work): Promise<number> {
  const { api, name } = work;
  const request = { params: { name } };
  const { endpoint } = await api.call('GET /v1/connections/{name}', request);
  const body = { ...dictatedValuesOf(reference, endpoint?.auth.kind === 'both', work.values), managedBy };
  return (await api.call('POST /v1/connections/{name}/endpoint/token', { ...request, body, ...guardOf(work) }))
    .connection.version;
}

async function configure(
  { settings, reference, managedBy }: Extract<ConnectionStep, { verb: 'configure' }>,
  work: Work,
): Promise<number> {
  const { api, name } = work;
  const isBoth = settings.auth?.kind === 'both';
  const values = reference !== undefined && {
    values: { ...dictatedValuesOf(reference, isBoth, work.values), ...(managedBy && { managedBy }) },
  };
  const body = { ...settings, ...values };
  return (await api.call('PUT /v1/connections/{name}/endpoint', { params: { name }, body, ...guardOf(work) })).version;
}

/** Carries out a step. @returns the version of the record after it; undefined once it is deleted */
async function connectionStep(step: ConnectionStep, work: Work): Promise<number | undefined> {
  const { api, name } = work;
  const request = { params: { name }, ...guardOf(work) };
  switch (step.verb) {
    case 'create': {
      const { provider, description, managedBy } = step;
      return (await api.call('POST /v1/connections', { body: { name, provider, description, managedBy } })).version;
    }
    case 'manage':
      return (await api.call('PATCH /v1/connections/{name}', { ...request, body: { managedBy: step.managedBy } }))
        .version;
    case 'edit': {
      const body = { description: step.description };
      return (await api.call('PATCH /v1/connections/{name}', { ...request, body })).version;
    }
    case 'configure':
      return configure(step, work);
    case 'createToken':
      return createToken(step, work);
    case 'replaceToken':
      return replaceToken(step, work);
    case 'setRoutes':
      return (await api.call('PUT /v1/connections/{name}/routes', { ...request, body: step.routes })).version;
    case 'activate':
    case 'deactivate': {
      const key = `POST /v1/connections/{name}/endpoint/${step.verb}` as const;
      return (await api.call(key, { ...request, body: { managedBy: step.managedBy } })).version;
    }
    case 'release':
      return (await api.call('POST /v1/connections/{name}/endpoint/release', request)).version;
    case 'removeToken':
      return (await api.call('DELETE /v1/connections/{name}/endpoint/token', request)).version;
    case 'deconfigure':
      return (await api.call('DELETE /v1/connections/{name}/endpoint', request)).version;
    case 'delete':
      await api.call('DELETE /v1/connections/{name}', request);
      return undefined;
  }
}

const resolved = (hidden: HiddenSettings, { values }: Work) =>
  resolvedSettings(hidden, (reference) => values.get(reference) ?? '');

/** Replaces the signing secret with a grace, unless its value is the live one. @returns the version of the record after it */
async function replaceSigningSecret(reference: string, { api, name, values, version }: Work): Promise<number> {
  const value = values.get(reference) ?? '';
  // The destination is there, so its version was read.
  const ifMatch = version as number;
  const request = { params: { name } };
  const { secret, previous } = await api.call('GET /v1/destinations/{name}/secret', { ...request, ifMatch });
  // No answer shows the version. That it was revealed is a line of the history, and each line counts the version up.
  const revealed = ifMatch + 1;
  if (secret === value) return revealed;
  const body = { value, ...(previous?.secret === value && { force: true }) };
  await api.call('POST /v1/destinations/{name}/secret/rotate', { ...request, body, ifMatch: revealed });
  return revealed + 1;
}

/** The signing secret of a new destination: one that is generated is not said. */
function withoutWords({ signingSecret, ...hidden }: HiddenSettings): HiddenSettings {
  const isWord = signingSecret === 'generate' || signingSecret === 'keep';
  return isWord ? hidden : { ...hidden, signingSecret };
}

async function destinationStep(step: DestinationStep, work: Work): Promise<number | undefined> {
  const { api, name } = work;
  const request = { params: { name }, ...guardOf(work) };
  switch (step.verb) {
    case 'create': {
      const body = { name, ...step.settings, ...resolved(withoutWords(step.hidden), work), managedBy: step.managedBy };
      return (await api.call('POST /v1/destinations', { body: body as never })).version;
    }
    case 'manage':
      return (await api.call('PATCH /v1/destinations/{name}', { ...request, body: { managedBy: step.managedBy } }))
        .version;
    case 'edit': {
      const managedBy = step.managedBy && { managedBy: step.managedBy };
      const body = { ...step.settings, ...resolved(step.hidden, work), ...managedBy };
      return (await api.call('PATCH /v1/destinations/{name}', { ...request, body: body as never })).version;
    }
    case 'replaceSigningSecret':
      return replaceSigningSecret(step.reference, work);
    case 'delete':
      await api.call('DELETE /v1/destinations/{name}', request);
      return undefined;
  }
}

async function carryOut(
  item: ConnectionItem | DestinationItem,
  work: Work,
  stopped: AbortSignal | undefined,
): Promise<void> {
  for (const step of item.steps) {
    stopped?.throwIfAborted();
    work.version =
      item.kind === 'connection'
        ? await connectionStep(step as ConnectionStep, work)
        : await destinationStep(step as DestinationStep, work);
  }
}

/**
 * Carries out a plan.
 * @throws ApplyStopped at the first refusal, or when it is stopped
 */
export async function applyPlan({ items }: Plan, { api, values, onItem, stopped }: ApplyPorts): Promise<void> {
  for (const [at, item] of items.entries()) {
    onItem?.(item, at, items.length);
    try {
      await carryOut(item, { api, name: item.name, values, version: item.version }, stopped);
    } catch (error) {
      throw new ApplyStopped(error, items, at);
    }
  }
}
