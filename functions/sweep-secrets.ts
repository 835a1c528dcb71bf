/**
 * Wakes up every hour, and removes the endpoints' secrets that a crash left behind.
 *
 * The sweep deletes a secret that no record names. Such a secret will never be named later: names are random, and a
 * record names a secret before the secret is created.
 *
 * The sweep does not delete a secret that is still `pending`. The request that created the secret may finish late, for
 * example on a laptop that slept. If the sweep had deleted the secret, a token without a value would then be live.
 * Instead, the sweep removes the pending mark, if the record still has the version that the sweep read. If the request
 * finishes first, the sweep's write fails. If the sweep writes first, the request is refused, and the function that
 * follows the State stream deletes the secret.
 *
 * A rotation that crashed leaves nothing to delete: its value is a version of a live secret. The version has the label
 * AWSPENDING, and admits nobody. The next rotation moves the label to its own version, and Secrets Manager drops the
 * old version.
 */
import { randomUUID } from 'node:crypto';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { type Log, log } from '../shared/aws/logger.ts';
import {
  type DeleteSecret,
  type ListedSecret,
  listSecrets,
  secretDeleter,
  secretsManager,
} from '../shared/credential/secret-store.ts';
import { type Connection, nextVersion } from '../shared/endpoint/connection.ts';
import type { Pending } from '../shared/endpoint/endpoint-record.ts';
import { type StateTable, stateTable } from '../shared/endpoint/state-table.ts';
import { transition } from '../shared/endpoint/transition.ts';
import { secretsNamedBy } from '../shared/journal/history.ts';

export interface Deps {
  store: Pick<StateTable, 'readConnection' | 'replaceConnection'>;
  secrets(): AsyncIterable<ListedSecret[]>;
  deleteSecret: DeleteSecret;
  newId(): string;
  now(): Date;
  log: Log;
}

/** The sweep ignores a secret that is younger than this, in ms: a request may still be working on it. */
const minAgeMs = 3_600_000;

/** The result of the sweep for one secret. `abandoned` means that the sweep removed its pending mark. */
type SweepResult = 'kept' | 'deleted' | 'abandoned' | 'failed';

/** A secret's name ends with the connection's name and a random part. */
const connectionIn = (name: string): string => name.split('/').at(-2) ?? '';

const isOld = (since: Date | string, now: Date): boolean => now.getTime() - new Date(since).getTime() > minAgeMs;

/** Removes the pending mark from a record. If the record changed meanwhile, the next sweep looks again. */
async function abandonPending(
  connection: Connection,
  { tokenId }: Pending,
  { store, newId, now }: Deps,
): Promise<SweepResult> {
  const command = { verb: 'generateToken', step: 'abandon', tokenId } as const;
  const outcome = transition(connection.endpoint, command, { by: 'sweep', now: now() });
  if (outcome.kind !== 'changed') return 'kept';
  const next = nextVersion(connection, { endpoint: outcome.endpoint }, outcome.entry);
  return (await store.replaceConnection(next, newId())) === 'written' ? 'abandoned' : 'kept';
}

async function sweepSecret({ name }: ListedSecret, deps: Deps): Promise<SweepResult> {
  const connection = await deps.store.readConnection(connectionIn(name));
  if (!connection || !secretsNamedBy(connection).has(name)) {
    await deps.deleteSecret(name);
    return 'deleted';
  }
  const { pending } = connection.endpoint ?? {};
  const isPending = pending?.secret === name && isOld(pending.since, deps.now());
  return isPending ? abandonPending(connection, pending, deps) : 'kept';
}

export const sweepSecrets = (deps: Deps) => async (): Promise<void> => {
  const counts: Record<SweepResult, number> = { kept: 0, deleted: 0, abandoned: 0, failed: 0 };
  for await (const page of deps.secrets()) {
    for (const secret of page.filter(({ createdAt }) => isOld(createdAt, deps.now()))) {
      const result = await sweepSecret(secret, deps).catch((error: Error): SweepResult => {
        deps.log({ outcome: 'not_swept', connection: connectionIn(secret.name), fault: error.name }, 'error');
        return 'failed';
      });
      counts[result] += 1;
    }
  }
  deps.log({ outcome: 'swept', ...counts });
  // All other secrets are swept. The error raises the function's alarm.
  if (counts.failed > 0) throw new Error(`${counts.failed} secrets could not be swept`);
};

const lambdaDeps = (): Deps => {
  const client = secretsManager();
  const prefix = `${fromEnvironment('secretPrefix')}/endpoint/`;
  return {
    store: stateTable(dynamodb(), fromEnvironment('stateTable')),
    secrets: () => listSecrets(client, prefix),
    deleteSecret: secretDeleter(client),
    newId: randomUUID,
    now: () => new Date(),
    log,
  };
};

export const handler = sweepSecrets(lambdaDeps());
