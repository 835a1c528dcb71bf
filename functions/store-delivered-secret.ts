/**
 * Wakes up when ingest passes on a secret that a sender delivered in a handshake, and stores it if an operator opened a
 * window for it. Ingest can't do this: anybody on the internet can reach ingest, so it has no right to write secrets or
 * records.
 *
 * If the endpoint has no live secret, the delivered secret is live at once: nobody was admitted before. If the endpoint
 * has a live secret, an operator has to confirm the delivered secret, because anybody who saw the URL could have sent
 * it.
 *
 * A secret that is live at once needs the same writes as a generated token. A secret that waits needs the writes of a
 * rotation, without the last step.
 */
import * as z from 'zod/mini';
import {
  decisionOf,
  requireConnection,
  type UpdateDecision,
  updateConnection,
} from '../shared/api/connection-update.ts';
import { newPending } from '../shared/api/secret-rotation.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { type Log, log } from '../shared/aws/logger.ts';
import { Problem } from '../shared/base/problem.ts';
import { newSecretName, type SecretStore, secretStore, secretsManager } from '../shared/credential/secret-store.ts';
import type { DeliveredSecret } from '../shared/delivery/secret-delivery.ts';
import { basisOf, type Command } from '../shared/endpoint/command.ts';
import type { Connection } from '../shared/endpoint/connection.ts';
import { secretTags } from '../shared/endpoint/deployment-id.ts';
import { makeValue, type NewValue } from '../shared/endpoint/secret-value.ts';
import { settingsOf } from '../shared/endpoint/settings-in-force.ts';
import { type StateTable, stateTable } from '../shared/endpoint/state-table.ts';
import { transition } from '../shared/endpoint/transition.ts';
import type { RejectionReason } from '../shared/journal/rejection.ts';

export interface Deps {
  store: StateTable;
  secretStore: Pick<SecretStore, 'create' | 'putPending' | 'markCurrent'>;
  /** Prefix of the names of endpoints' secrets. */
  secretPrefix: string;
  now(): Date;
  log: Log;
}

const deliveredSchema = z.object({
  connection: z.object({ id: z.string(), name: z.string() }),
  endpointId: z.string(),
  windowId: z.string(),
  value: z.string(),
  sourceIp: z.string(),
  requestId: z.string(),
});

const by = 'handshake';

/** Applies a command to the record, in one write. Refuses it if the connection has another endpoint by now. */
function applyStep({ connection: { id, name }, endpointId, requestId }: DeliveredSecret, command: Command, deps: Deps) {
  const now = deps.now();
  const operator = { id: by, name: by, role: 'connection_admin' } as const;
  const decide = (connection: Connection): UpdateDecision => {
    const { endpoint } = connection;
    if (connection.id !== id || endpoint?.id !== endpointId) return { kind: 'refused', code: 'window_closed' };
    return decisionOf(transition(endpoint, command, { by, now }), command);
  };
  return updateConnection({ params: { name }, operator, requestId, now, ifMatch: undefined }, deps.store, decide);
}

/** A value, the record's data about it, and the settings for which it was made. */
interface DeliveredValue extends NewValue {
  basis: string;
}

/** Creates the endpoint's secret, which is live at once. */
async function storeFirst(
  delivered: DeliveredSecret,
  { value, basis, ...role }: DeliveredValue,
  deps: Deps,
): Promise<void> {
  const { windowId } = delivered;
  const pending = newPending(newSecretName(deps.secretPrefix, delivered.connection.name), deps.now());
  const { tokenId } = pending;
  await applyStep(delivered, { verb: 'generateToken', step: 'begin', pending, windowId, basis }, deps);
  const secret = await deps.secretStore.create(pending.secret, tokenId, value);
  await applyStep(delivered, { verb: 'generateToken', step: 'finish', tokenId, secret, ...role }, deps);
}

/** Stores a value without making it live. An operator has to confirm it. */
async function storeBesideLive(
  delivered: DeliveredSecret,
  { value, basis }: DeliveredValue,
  deps: Deps,
): Promise<void> {
  const { windowId, sourceIp } = delivered;
  const pending = newPending('', deps.now());
  const { tokenId } = pending;
  const begin = { verb: 'rotateToken', step: 'begin', pending, windowId, force: true, basis } as const;
  const { endpoint } = await applyStep(delivered, begin, deps);
  const { secret = '', tokens: [current] = [] } = endpoint ?? {};
  await deps.secretStore.markCurrent(secret, current?.id ?? '');
  await deps.secretStore.putPending(secret, tokenId, value);
  await applyStep(delivered, { verb: 'rotateToken', step: 'deliver', tokenId, sourceIp, force: true }, deps);
}

/** Makes a version of the secret from the delivered value. @throws a 422 if the value can't be this sender's secret */
function valueFrom(connection: Connection, value: string): NewValue {
  const { auth } = settingsOf(connection);
  const { id = '', bearers = [] } = connection.endpoint ?? {};
  // Senders that deliver a secret sign with it. With another kind of auth they would need a token that they don't know.
  if (auth.kind !== 'signature')
    throw new Problem(422, 'token_not_usable', 'A delivered secret can only be a signing secret.');
  // This function can't read the endpoint's other values. Instead, digests in the record show which values were already
  // used as tokens.
  return makeValue(connection.provider, auth, { value }, { past: { endpointId: id, bearers, live: [] } });
}

async function store(delivered: DeliveredSecret, deps: Deps): Promise<void> {
  const connection = await requireConnection({ params: { name: delivered.connection.name } }, deps.store);
  const value = valueFrom(connection, delivered.value);
  const isFirst = (connection.endpoint?.tokens ?? []).length === 0;
  await (isFirst ? storeFirst : storeBesideLive)(delivered, { ...value, basis: basisOf(connection.endpoint) }, deps);
}

/** Returns why the secret was refused, or null if it is stored. Throws on an internal error. */
export const storeDeliveredSecret =
  (deps: Deps) =>
  async (event: unknown): Promise<{ refused: RejectionReason | null }> => {
    const delivered = deliveredSchema.parse(event);
    const about = { connection: delivered.connection.name, requestId: delivered.requestId };
    try {
      await store(delivered, deps);
      deps.log({ outcome: 'secret_stored', ...about });
      return { refused: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      deps.log({ outcome: 'secret_refused', code: error.code, ...about });
      return { refused: error.status === 422 ? 'handshake_refused' : 'handshake_window_closed' };
    }
  };

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('stateTable');
  return {
    store: stateTable(client, table),
    secretStore: secretStore(secretsManager(), secretTags(client, table)),
    secretPrefix: fromEnvironment('secretPrefix'),
    now: () => new Date(),
    log,
  };
};

export const handler = storeDeliveredSecret(lambdaDeps());
