/**
 * Wakes up when ingest passes on a secret that a sender delivered in a handshake, and stores it if an operator opened a
 * window for it. Ingest can't do this: anybody on the internet can reach ingest, so it has no right to write secrets or
 * records.
 */
import * as z from 'zod/mini';
import { secretStore, secretsManager } from '../shared/endpoints/credential/secret-store.ts';
import { secretTags } from '../shared/endpoints/endpoint/deployment-id.ts';
import { stateTable } from '../shared/endpoints/endpoint/state-table.ts';
import type { RejectionReason } from '../shared/events/arrival/rejection.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/ground/aws/environment.ts';
import { type Log, log } from '../shared/ground/aws/logger.ts';
import { Refusal } from '../shared/ground/base/refusal.ts';
import { acceptDeliveredSecret } from '../shared/operators/operation/accept-delivered-secret.ts';
import type { StorePorts } from '../shared/operators/operation/secret-version.ts';

export interface Deps extends StorePorts {
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

const actor = { id: 'handshake', role: 'connection_admin' } as const;

/** Returns why the secret was refused, or null if it is stored. Throws on an internal error. */
export const storeDeliveredSecret =
  (deps: Deps) =>
  async (event: unknown): Promise<{ refused: RejectionReason | null }> => {
    const delivered = deliveredSchema.parse(event);
    const { requestId } = delivered;
    const about = { connection: delivered.connection.name, requestId };
    try {
      await acceptDeliveredSecret(delivered, { actor, requestId, now: deps.now() }, deps);
      deps.log({ outcome: 'secret_stored', ...about });
      return { refused: null };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      deps.log({ outcome: 'secret_refused', code: error.code, ...about });
      return { refused: error.code === 'token_not_usable' ? 'handshake_refused' : 'handshake_window_closed' };
    }
  };

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('STATE_TABLE');
  return {
    store: stateTable(client, table),
    secretStore: secretStore(secretsManager(), secretTags(client, table)),
    secretPrefix: fromEnvironment('SECRET_PREFIX'),
    now: () => new Date(),
    log,
  };
};

export const handler = storeDeliveredSecret(lambdaDeps());
