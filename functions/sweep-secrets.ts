/**
 * Wakes up every hour, and clears away the secrets of endpoints that a crash left behind.
 *
 * A secret that no record names is deleted: names are random and enter a record before the secret is made, so that none
 * which is left out once is ever named again. One that is still `pending` is not deleted here, for a finish that comes
 * late, on a laptop that slept for one, would make a token live whose value is gone. Its mark is taken off the record
 * instead, by a write on the record's version. Either the finish comes first, and then that write fails; or it comes
 * second, and is refused. What follows, the State stream does: it deletes the secret that the record dropped.
 *
 * A rotation adds its value to a secret that is live, so that there is nothing to delete: the version keeps the label
 * AWSPENDING, which lets nobody in, until the next rotation takes the label, and Secrets Manager drops it in time.
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

/** How old something is left alone, in ms. */
const minAgeMs = 3_600_000;

/** What came of a secret. */
type Fate = 'kept' | 'deleted' | 'abandoned' | 'failed';

/** The connection whose secret this is: the last part but one of its name. */
const connectionIn = (name: string): string => name.split('/').at(-2) ?? '';

const isOld = (since: Date | string, now: Date): boolean => now.getTime() - new Date(since).getTime() > minAgeMs;

/** Takes the mark of what never finished off a record, unless somebody is faster; the next hour is soon enough then. */
async function abandon(connection: Connection, { store, newId, now }: Deps): Promise<Fate> {
  const { endpoint } = connection;
  const tokenId = endpoint?.pending?.tokenId ?? '';
  const command = { verb: 'generateToken', step: 'abandon', tokenId } as const;
  const outcome = transition(endpoint, command, { by: 'sweep', now: now() });
  if (outcome.kind !== 'changed') return 'kept';
  const next = nextVersion(connection, { endpoint: outcome.endpoint }, outcome.entry);
  return (await store.replaceConnection(next, newId())) === 'written' ? 'abandoned' : 'kept';
}

async function sweepSecret({ name }: ListedSecret, deps: Deps): Promise<Fate> {
  const connection = await deps.store.readConnection(connectionIn(name));
  if (!connection || !secretsNamedBy(connection).has(name)) {
    await deps.deleteSecret(name);
    return 'deleted';
  }
  const { pending } = connection.endpoint ?? {};
  const isPending = pending?.secret === name && isOld(pending.since, deps.now());
  return isPending ? abandon(connection, deps) : 'kept';
}

export const sweepSecrets = (deps: Deps) => async (): Promise<void> => {
  const fates: Record<Fate, number> = { kept: 0, deleted: 0, abandoned: 0, failed: 0 };
  for await (const page of deps.secrets()) {
    for (const secret of page.filter(({ createdAt }) => isOld(createdAt, deps.now()))) {
      const fate = await sweepSecret(secret, deps).catch((error: Error): Fate => {
        deps.log({ outcome: 'not_swept', connection: connectionIn(secret.name), fault: error.name }, 'error');
        return 'failed';
      });
      fates[fate] += 1;
    }
  }
  deps.log({ outcome: 'swept', ...fates });
  // One that fails must not keep the others; it is told all the same.
  if (fates.failed > 0) throw new Error(`${fates.failed} secrets could not be swept`);
};

const live = (): Deps => {
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

export const handler = sweepSecrets(live());
