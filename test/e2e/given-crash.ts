/** The lifecycle's own code on a runtime's real tables and secrets, with one failing call. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Deps } from '../../functions/api-endpoint.ts';
import { secretStore } from '../../shared/endpoints/credential/secret-store.ts';
import { secretTags } from '../../shared/endpoints/endpoint/deployment-id.ts';
import { stateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import { usageTable } from '../../shared/events/arrival/usage-table.ts';
import { defaultShards, eventTable } from '../../shared/events/event/event-table.ts';
import { heldCounter } from '../../shared/events/event/held-event-count.ts';
import type { OperatorAnswer } from '../../shared/operators/api/operator-api.ts';
import { tableOf, type World } from '../support/given.ts';

const prefix = 'hooklatch/dev';

/** The lifecycle's dependencies with these clients. They have the rights of the laptop's user. */
export const depsOn = (
  { runtime, dynamodb, secretsManager }: Pick<World, 'runtime' | 'dynamodb' | 'secretsManager'>,
  log: Deps['log'] = () => {},
): Deps => ({
  store: stateTable(dynamodb, tableOf(runtime, 'State')),
  events: eventTable(dynamodb, tableOf(runtime, 'Events'), defaultShards),
  usage: usageTable(dynamodb, tableOf(runtime, 'Journal')),
  countHeld: heldCounter(dynamodb, tableOf(runtime, 'Events'), defaultShards),
  secretStore: secretStore(secretsManager, secretTags(dynamodb, tableOf(runtime, 'State'))),
  publicUrl: runtime.url,
  secretPrefix: prefix,
  log,
});

/** A step of a verb: a call of the State table or the secret store, counted from 1. */
export interface Step {
  name: string;
  on: 'store' | 'secretStore';
  method: string;
  call: number;
}

export const steps = {
  begin: { name: 'the record notes the pending secret', on: 'store', method: 'replaceConnection', call: 1 },
  create: { name: 'the secret is created', on: 'secretStore', method: 'create', call: 1 },
  agree: { name: 'the labels are made to match the record', on: 'secretStore', method: 'markCurrent', call: 1 },
  put: { name: 'the value is stored', on: 'secretStore', method: 'putPending', call: 1 },
  finish: { name: 'the record names the new token', on: 'store', method: 'replaceConnection', call: 2 },
  label: { name: 'the label AWSCURRENT moves', on: 'secretStore', method: 'markCurrent', call: 2 },
  remove: { name: 'the record drops its tokens', on: 'store', method: 'replaceConnection', call: 1 },
} as const satisfies Record<string, Step>;

export type Moment = 'before' | 'after';

/** The dependencies. One call crashes before or after it takes effect. */
export function crashing(deps: Deps, { on, method, call }: Step, moment: Moment): Deps {
  const whole = deps[on] as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  let count = 0;
  const crash = async (...args: unknown[]) => {
    count += 1;
    if (count === call && moment === 'before') throw new Error('crash');
    const result = await whole[method]?.(...args);
    if (count === call) throw new Error('crash');
    return result;
  };
  return { ...deps, [on]: { ...whole, [method]: crash } };
}

/** Clients that send every request twice and return the second answer, as the SDK does when the first one is lost. */
export function forgetful({ runtime }: World): Pick<World, 'runtime' | 'dynamodb' | 'secretsManager'> {
  const { url: endpoint, region, administrator: credentials } = runtime.aws;
  const dynamodb = new DynamoDBClient({ endpoint, region, credentials });
  const secretsManager = new SecretsManagerClient({ endpoint, region, credentials });
  const twice =
    <Args, Out>(next: (args: Args) => Promise<Out>) =>
    async (args: Args) => {
      await next(args);
      return next(args);
    };
  dynamodb.middlewareStack.add(twice, { step: 'initialize', priority: 'low' });
  secretsManager.middlewareStack.add(twice, { step: 'initialize', priority: 'low' });
  return { runtime, dynamodb, secretsManager };
}

export type Verb = 'PUT' | 'POST token' | 'POST token/rotate' | 'DELETE token' | 'POST activate' | 'POST deactivate';

/** The modules make Lambda's handlers when they are loaded. The handlers read these variables and make no call. */
function givenEnvironment(): void {
  Object.assign(process.env, {
    ['STATE_TABLE']: '-',
    ['EVENTS_TABLE']: '-',
    ['EVENT_SHARDS']: '1',
    ['JOURNAL_TABLE']: '-',
    ['PUBLIC_URL']: '-',
    ['SECRET_PREFIX']: prefix,
  });
}

/**
 * Stores a secret that a sender delivers in the open handshake window, as the function `store-delivered-secret` does.
 */
export async function takeSecret(deps: Deps, name: string, value: string): Promise<{ refused: string | null }> {
  givenEnvironment();
  const { storeDeliveredSecret } = await import('../../functions/store-delivered-secret.ts');
  const { id = '', endpoint } = (await deps.store.readConnection(name)) ?? {};
  return storeDeliveredSecret({ ...deps, now: () => new Date() })({
    connection: { id, name },
    endpointId: endpoint?.id,
    windowId: endpoint?.handshake?.window?.id,
    value,
    sourceIp: '192.0.2.1',
    requestId: randomUUID(),
  });
}

/** Performs a verb as the function does for one request. */
export async function perform(
  deps: Deps,
  verb: Verb,
  name: string,
  body: object = {},
): Promise<OperatorAnswer<unknown>> {
  givenEnvironment();
  const { apiEndpoint } = await import('../../functions/api-endpoint.ts');
  const handlers = apiEndpoint(deps) as unknown as Record<string, (call: unknown) => Promise<OperatorAnswer<unknown>>>;
  const [method, path] = verb.split(' ');
  const call = {
    actor: { id: 'op_test', name: 'test', role: 'connection_admin' },
    params: { name },
    requestId: randomUUID(),
    now: new Date(),
  };
  const handler = handlers[`${method} /v1/connections/{name}/endpoint${path === undefined ? '' : `/${path}`}`];
  if (!handler) throw new Error(`${verb} is not a verb of the lifecycle`);
  return handler({ ...call, body });
}
