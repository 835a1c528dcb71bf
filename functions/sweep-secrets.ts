/**
 * Wakes up every hour, and removes the secrets of endpoints and of destinations that a crash left behind.
 *
 * The sweep deletes a secret that no record names. Such a secret will never be named later: names are random, and a
 * record names a secret before the secret is created.
 *
 * That holds only for the State table to which the secrets belong. Beside an empty or a wrong table, every secret looks
 * unnamed. So the sweep touches only secrets with the deployment's id, which the table keeps. It deletes nothing while
 * there is no connection. And if many would go at once, none goes: the sweep throws, and an alarm rings.
 *
 * The sweep does not delete a secret that is still `pending`. The request that created the secret may finish late, for
 * example on a laptop that slept. If the sweep had deleted the secret, a token without a value would then be live.
 * Instead, the sweep removes the pending mark, if the record still has the version that the sweep read. If the request
 * finishes first, the sweep's write fails. If the sweep writes first, the request is refused, and the function that
 * follows the State stream deletes the secret.
 *
 * For a destination that was never finished, the sweep removes the record, and the same function deletes the secret.
 *
 * A rotation that crashed leaves nothing to delete: its value is a version of a live secret. The version has the label
 * AWSPENDING, and admits nobody. The next rotation moves the label to its own version, and Secrets Manager drops the
 * old version.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { type DestinationRecord, isFinished } from '../shared/deliveries/destination/destination.ts';
import { secretNamedBy } from '../shared/deliveries/destination/destination-change.ts';
import { type DestinationTable, destinationTable } from '../shared/deliveries/destination/destination-table.ts';
import { secretKinds, secretOwner } from '../shared/endpoints/credential/secret-name.ts';
import {
  type DeleteSecret,
  type ListedSecret,
  listSecrets,
  secretDeleter,
  secretsManager,
} from '../shared/endpoints/credential/secret-store.ts';
import type { Connection } from '../shared/endpoints/endpoint/connection.ts';
import { readDeploymentId } from '../shared/endpoints/endpoint/deployment-id.ts';
import type { Pending } from '../shared/endpoints/endpoint/endpoint-record.ts';
import { type StateTable, stateTable } from '../shared/endpoints/endpoint/state-table.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/ground/aws/environment.ts';
import { type Log, log } from '../shared/ground/aws/logger.ts';
import { Refusal } from '../shared/ground/base/refusal.ts';
import { secretsNamedBy } from '../shared/operators/journal/history.ts';
import { abandonToken } from '../shared/operators/operation/abandon-token.ts';

export interface Deps {
  destinations: Pick<DestinationTable, 'read' | 'remove'>;
  store: Pick<StateTable, 'readConnection' | 'replaceConnection' | 'listConnections'>;
  /** The id of this deployment; undefined if it has made no secret. */
  deploymentId(): Promise<string | undefined>;
  secrets(): AsyncIterable<ListedSecret[]>;
  deleteSecret: DeleteSecret;
  newId(): string;
  now(): Date;
  log: Log;
}

/** The sweep ignores a secret that is younger than this, in ms: a request may still be working on it. */
const minAgeMs = 3_600_000;

/** So many secrets may always go at once. Above that, a tenth of the deployment's secrets. */
const alwaysAllowed = 5;

/** The most names of secrets in one log line. */
const maxLoggedNames = 20;

/** The result of the sweep for one secret. `abandoned` means that the sweep removed its pending mark. */
type SweepResult = 'kept' | 'deleted' | 'abandoned' | 'failed';
type Counts = Record<SweepResult | 'foreign', number>;

/** Whose secret it is, for a log line. */
function subjectOf(name: string): { connection: string } | { destination: string } {
  const { kind, owner } = secretOwner(name);
  return kind === 'destination' ? { destination: owner } : { connection: owner };
}

const isOld = (since: Date | string, now: Date): boolean => now.getTime() - new Date(since).getTime() > minAgeMs;

const actor = { id: 'sweep', role: 'connection_admin' } as const;

/** Removes the pending mark from a record. If the record changed meanwhile, the next sweep looks again. */
async function abandonPending(
  { name, version: ifVersion }: Connection,
  { tokenId }: Pending,
  { store, newId, now }: Deps,
): Promise<SweepResult> {
  try {
    await abandonToken({ name, tokenId }, { actor, now: now(), requestId: newId(), ifVersion }, { store });
    return 'abandoned';
  } catch (error) {
    if (error instanceof Refusal) return 'kept';
    throw error;
  }
}

/** A secret that goes, and how. */
interface Finding {
  name: string;
  remove(): Promise<SweepResult>;
}

/** A secret that no record names. */
const unnamed = (name: string, { deleteSecret }: Deps): Finding => ({
  name,
  remove: () => deleteSecret(name).then(() => 'deleted'),
});

/** Removes the record of a destination that was never finished, unless its request finished it meanwhile. */
const removeUnfinished = async (record: DestinationRecord, { destinations }: Deps): Promise<SweepResult> =>
  (await destinations.remove(record)) === 'written' ? 'abandoned' : 'kept';

async function findingOfDestination(name: string, owner: string, deps: Deps): Promise<Finding | undefined> {
  const record = await deps.destinations.read(owner);
  if (!record || secretNamedBy(record) !== name) return unnamed(name, deps);
  if (isFinished(record) || !isOld(record.pending.since, deps.now())) return undefined;
  return { name, remove: () => removeUnfinished(record, deps) };
}

/** Whether a secret has to go. Undefined if it stays. */
async function findingOf({ name }: ListedSecret, deps: Deps): Promise<Finding | undefined> {
  const { kind, owner } = secretOwner(name);
  if (kind === 'destination') return findingOfDestination(name, owner, deps);
  const connection = await deps.store.readConnection(owner);
  if (!connection || !secretsNamedBy(connection).has(name)) return unnamed(name, deps);
  const { pending } = connection.endpoint ?? {};
  const isAbandoned = pending?.secret === name && isOld(pending.since, deps.now());
  return isAbandoned ? { name, remove: () => abandonPending(connection, pending, deps) } : undefined;
}

/** Does the work for one secret. A failure is logged, and does not stop the others. */
async function attempt<T>(name: string, { log }: Deps, work: () => Promise<T>): Promise<T | 'failed'> {
  try {
    return await work();
  } catch (error) {
    log({ outcome: 'not_swept', ...subjectOf(name), fault: (error as Error).name }, 'error');
    return 'failed';
  }
}

/** What one sweep found: how many secrets the deployment has, and which of them have to go. */
interface Survey {
  own: number;
  findings: Finding[];
  counts: Counts;
}

/** Looks at every secret, and changes nothing. */
async function survey(deps: Deps): Promise<Survey> {
  const id = await deps.deploymentId();
  const found: Survey = {
    own: 0,
    findings: [],
    counts: { kept: 0, deleted: 0, abandoned: 0, foreign: 0, failed: 0 },
  };
  for await (const page of deps.secrets()) {
    for (const secret of page) {
      if (id === undefined || secret.deployment !== id) {
        found.counts.foreign += 1;
        continue;
      }
      found.own += 1;
      if (!isOld(secret.createdAt, deps.now())) continue;
      const finding = await attempt(secret.name, deps, () => findingOf(secret, deps));
      if (finding === 'failed') found.counts.failed += 1;
      else if (finding) found.findings.push(finding);
      else found.counts.kept += 1;
    }
  }
  return found;
}

/** @throws if more secrets would go than usually do */
function refuseMany({ own, findings }: Survey, allowed: number | undefined, { log }: Deps): void {
  const going = findings.length;
  const most = allowed ?? Math.max(alwaysAllowed, Math.floor(own / 10));
  if (going <= most) return;
  const secrets = findings.slice(0, maxLoggedNames).map(({ name }) => name);
  log({ outcome: 'not_swept', reason: 'too_many', kept: going, secrets }, 'error');
  throw new Error(
    `${going} of this deployment's ${own} secrets would be deleted, more than ${most}: none was. First make sure that the State table is the right one (docs/backup-and-restore.md). If these secrets may go, invoke this function with {"deleteAtMost": ${going}}.`,
  );
}

/** The event of the schedule has no such field. An administrator who invokes the function may send it. */
const eventSchema = z.object({ deleteAtMost: z.optional(z.int().check(z.positive())) });

function allowedBy(event: unknown): number | undefined {
  const parsed = eventSchema.safeParse(event);
  if (parsed.success) return parsed.data.deleteAtMost;
  throw new Error('deleteAtMost must be a whole number above 0');
}

export const sweepSecrets =
  (deps: Deps) =>
  async (event: unknown): Promise<void> => {
    const allowed = allowedBy(event);
    const found = await survey(deps);
    const { findings, counts } = found;
    if (findings.length > 0 && (await deps.store.listConnections(1)).connections.length === 0) {
      deps.log({ outcome: 'not_swept', reason: 'no_connection', kept: findings.length }, 'warn');
      return;
    }
    refuseMany(found, allowed, deps);
    for (const { name, remove } of findings) counts[await attempt(name, deps, remove)] += 1;
    deps.log({ outcome: 'swept', ...counts });
    // All other secrets are swept. The error raises the alarm on failures.
    if (counts.failed > 0) throw new Error(`${counts.failed} secrets could not be swept`);
  };

const lambdaDeps = (): Deps => {
  const client = secretsManager();
  const prefix = fromEnvironment('SECRET_PREFIX');
  const state = dynamodb();
  const table = fromEnvironment('STATE_TABLE');
  return {
    store: stateTable(state, table),
    deploymentId: () => readDeploymentId(state, table),
    destinations: destinationTable(state, table),
    async *secrets() {
      for (const kind of secretKinds) yield* listSecrets(client, `${prefix}/${kind}/`);
    },
    deleteSecret: secretDeleter(client),
    newId: randomUUID,
    now: () => new Date(),
    log,
  };
};

export const handler = sweepSecrets(lambdaDeps());
