/**
 * Wakes up when ingest hands over a secret that a sender delivered in its handshake, and stores it if an operator opened
 * the window for it. Ingest itself, which everybody on the internet reaches, can write no secret and no authority.
 *
 * Without a live secret it is live at once: nobody else can have been let in before. Beside a live one it only waits, for
 * whoever saw the URL could have sent it. The writes are those of a generated token, or of a rotation that stops short.
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
import { makeValue, type NewValue } from '../shared/endpoint/secret-value.ts';
import { settingsOf } from '../shared/endpoint/settings-in-force.ts';
import { type StateTable, stateTable } from '../shared/endpoint/state-table.ts';
import { transition } from '../shared/endpoint/transition.ts';
import type { RejectionReason } from '../shared/journal/rejection.ts';

export interface Deps {
  store: StateTable;
  vault: Pick<SecretStore, 'create' | 'putPending' | 'markCurrent'>;
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

/** One step, one write on the record as it stands, if it is still of the endpoint to which the secret came. */
function act({ connection: { id, name }, endpointId, requestId }: DeliveredSecret, command: Command, deps: Deps) {
  const now = deps.now();
  const operator = { id: by, name: by, role: 'connection_admin' } as const;
  const decide = (connection: Connection): UpdateDecision => {
    const { endpoint } = connection;
    if (connection.id !== id || endpoint?.id !== endpointId) return { kind: 'refused', code: 'window_closed' };
    return decisionOf(transition(endpoint, command, { by, now }), command);
  };
  return updateConnection({ params: { name }, operator, requestId, now, ifMatch: undefined }, deps.store, decide);
}

/** A value, what the record has to know of it, and what it was made by. */
interface Delivered extends NewValue {
  basis: string;
}

/** Makes the endpoint's secret, and makes it live. */
async function adopt(delivered: DeliveredSecret, { value, basis, ...role }: Delivered, deps: Deps): Promise<void> {
  const { windowId } = delivered;
  const pending = newPending(newSecretName(deps.secretPrefix, delivered.connection.name), deps.now());
  const { tokenId } = pending;
  await act(delivered, { verb: 'generateToken', step: 'begin', pending, windowId, basis }, deps);
  const secret = await deps.vault.create(pending.secret, tokenId, value);
  await act(delivered, { verb: 'generateToken', step: 'finish', tokenId, secret, ...role }, deps);
}

/** Puts a value beside the live one, where it waits for an operator. */
async function keep(delivered: DeliveredSecret, { value, basis }: Delivered, deps: Deps): Promise<void> {
  const { windowId, sourceIp } = delivered;
  const pending = newPending('', deps.now());
  const { tokenId } = pending;
  const begin = { verb: 'rotateToken', step: 'begin', pending, windowId, force: true, basis } as const;
  const { endpoint } = await act(delivered, begin, deps);
  const { secret = '', tokens: [current] = [] } = endpoint ?? {};
  await deps.vault.markCurrent(secret, current?.id ?? '');
  await deps.vault.putPending(secret, tokenId, value);
  await act(delivered, { verb: 'rotateToken', step: 'deliver', tokenId, sourceIp, force: true }, deps);
}

/** The value as a version holds it. @throws a 422 for what can be no secret of this sender's */
function valueFrom(connection: Connection, value: string): NewValue {
  const { auth } = settingsOf(connection);
  const { id = '', bearers = [] } = connection.endpoint ?? {};
  // A sender that delivers a secret signs with it; beside it there is no token that it could know.
  if (auth.kind !== 'signature') throw new Problem(422, 'token_not_usable', 'A delivered secret is one to sign with.');
  // This function may read no value; the digests tell what has travelled.
  return makeValue(connection.provider, auth, { value }, { past: { endpointId: id, bearers, live: [] } });
}

async function take(delivered: DeliveredSecret, deps: Deps): Promise<void> {
  const connection = await requireConnection({ params: { name: delivered.connection.name } }, deps.store);
  const made = valueFrom(connection, delivered.value);
  const isFirst = (connection.endpoint?.tokens ?? []).length === 0;
  await (isFirst ? adopt : keep)(delivered, { ...made, basis: basisOf(connection.endpoint) }, deps);
}

/** Answers whether the secret is stored now, or why it was not taken. A fault of ours throws. */
export const storeDeliveredSecret =
  (deps: Deps) =>
  async (event: unknown): Promise<{ refused: RejectionReason | null }> => {
    const delivered = deliveredSchema.parse(event);
    const about = { connection: delivered.connection.name, requestId: delivered.requestId };
    try {
      await take(delivered, deps);
      deps.log({ outcome: 'secret_stored', ...about });
      return { refused: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      deps.log({ outcome: 'secret_refused', code: error.code, ...about });
      return { refused: error.status === 422 ? 'handshake_refused' : 'handshake_window_closed' };
    }
  };

const live = (): Deps => ({
  store: stateTable(dynamodb(), fromEnvironment('stateTable')),
  vault: secretStore(secretsManager()),
  secretPrefix: fromEnvironment('secretPrefix'),
  now: () => new Date(),
  log,
});

export const handler = storeDeliveredSecret(live());
