/**
 * Wakes up for batches of the State table's stream, and does what has to follow a change of a connection. The function
 * writes the history, starts the release of held events, deletes the secrets that the record no longer names, and
 * notifies the bus. The function writes the histories of destinations and of operators too, deletes the secrets of destinations, and
 * sees to the deliveries of a destination that was resumed, changed or deleted. The stream may repeat a record, so each step may run
 * twice.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Destination } from '../shared/deliveries/destination/destination.ts';
import {
  type DestinationLine,
  type DestinationRecordChange,
  destinationChangeOf,
  destinationLineOf,
  droppedSecretOf,
} from '../shared/deliveries/destination/destination-change.ts';
import { cancelDeliveries } from '../shared/deliveries/dispatch/cancel-deliveries.ts';
import { cancelledNotice } from '../shared/deliveries/dispatch/delivery-notice.ts';
import { beginGeneration, effectOf } from '../shared/deliveries/dispatch/destination-effect.ts';
import { destinationHistory } from '../shared/deliveries/dispatch/destination-history.ts';
import { deliveryPorts } from '../shared/deliveries/dispatch/function-ports.ts';
import { type DeleteSecret, secretDeleter, secretsManager } from '../shared/endpoints/credential/secret-store.ts';
import { eventBridge, isPermanentError, type Publish, publisher } from '../shared/events/bus/event-bus.ts';
import type { BusEntry } from '../shared/events/bus/publication.ts';
import type { Release } from '../shared/events/event/replay-job.ts';
import { type ReplayJobTable, replayJobTable, startRelease } from '../shared/events/event/replay-job-table.ts';
import { deadLetterOf, type StreamInvocation } from '../shared/ground/aws/dead-letter.ts';
import { deadLetterKeeper, type KeepDeadLetter } from '../shared/ground/aws/dead-letter-bucket.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/ground/aws/environment.ts';
import { type Log, log } from '../shared/ground/aws/logger.ts';
import { type Wake, waker } from '../shared/ground/aws/wake-function.ts';
import {
  type ConnectionChange,
  connectionChangeOf,
  historyLineOf,
  releaseOf,
  secretsToDelete,
  secretsToKeep,
} from '../shared/operators/journal/history.ts';
import { type HistoryTable, historyTable } from '../shared/operators/journal/history-table.ts';
import { lifecycleNoticeOf } from '../shared/operators/journal/lifecycle-notice.ts';
import {
  type OperatorHistoryLine,
  operatorHistoryLineOf,
  operatorNoticeOf,
} from '../shared/operators/journal/operator-history.ts';
import { type OperatorHistoryTable, operatorHistoryTable } from '../shared/operators/journal/operator-journal-table.ts';

export interface Deps {
  append: HistoryTable['append'];
  appendOperatorLine: OperatorHistoryTable['append'];
  appendDestinationLine(destinationId: string, line: DestinationLine): Promise<void>;
  jobs: Pick<ReplayJobTable, 'find' | 'open'>;
  /** Wakes the function that works on replay jobs. */
  wake: Wake;
  deleteSecret: DeleteSecret;
  publish: Publish;
  beginGeneration(destination: Destination): Promise<void>;
  /** Cancels what waits for a destination that is gone. @returns how many deliveries, and some of them */
  cancelDeliveries(destinationId: string): Promise<{ cancelled: number; sample: string[] }>;
  keepDeadLetter: KeepDeadLetter;
  now(): Date;
  log: Log;
}

/** How long deliveries are cancelled at most, in milliseconds. The function has a minute for all that it does. */
const cancelMs = 30_000;

/** The fields that identify a change in a log line. */
const logged = ({ after, before }: ConnectionChange) => {
  const { name, version } = after ?? before ?? {};
  return { connection: name, version };
};

/**
 * Notifies the bus. If the bus refuses a notice permanently, this only logs the fault: the history has the change, and
 * later records must not wait for this one.
 */
async function notifyBus(notice: BusEntry, changed: ReturnType<typeof logged>, { publish, log }: Deps): Promise<void> {
  const [code] = await publish([notice]);
  if (code === undefined) return;
  if (!isPermanentError(code)) throw Object.assign(new Error('the bus did not accept a notice'), { name: code });
  log({ outcome: 'notice_refused', ...changed, code }, 'error');
}

/**
 * Starts a release and wakes the function that works on it. If waking fails, the function's schedule wakes it within a
 * minute.
 */
async function beginRelease(release: Release, { jobs, wake, now, log }: Deps): Promise<void> {
  await startRelease(jobs, release, now());
  await wake().catch((error: Error) => log({ outcome: 'runner_not_woken', fault: error.name }, 'error'));
}

/**
 * Takes all steps for one change. The notice on the bus is the last step: when a consumer gets it, all other steps are
 * done.
 */
async function followChange(change: ConnectionChange, deps: Deps): Promise<void> {
  const { append, deleteSecret, log } = deps;
  const line = historyLineOf(change);
  if (line && change.after) await append(change.after.id, line);
  const released = releaseOf(change);
  if (released) await beginRelease(released, deps);
  for (const name of secretsToDelete(change)) {
    await deleteSecret(name);
    log({ outcome: 'secret_deleted', ...logged(change) });
  }
  const secrets = secretsToKeep(change);
  if (secrets.length > 0) log({ outcome: 'secrets_kept', ...logged(change), secrets }, 'warn');
  const notice = lifecycleNoticeOf(change);
  if (notice) await notifyBus(notice, logged(change), deps);
}

/** Sees to the deliveries of a destination. What it can't cancel in its time is cancelled where it is found. */
async function followDeliveries(change: DestinationRecordChange, deps: Deps): Promise<void> {
  const effect = effectOf(change);
  if (effect?.kind === 'begun') return deps.beginGeneration(effect.destination);
  if (!effect) return;
  const { id, name: destination, version } = effect.destination;
  const { cancelled, sample } = await deps.cancelDeliveries(id);
  if (cancelled === 0) return;
  deps.log({ outcome: 'deliveries_cancelled', destination, version, records: cancelled }, 'warn');
  const notice = cancelledNotice({ id, name: destination }, cancelled, sample, deps.now());
  await notifyBus(notice, { connection: undefined, version }, deps);
}

/** Writes the history of a change of a destination, deletes the secret that it dropped, and sees to its deliveries. */
async function followDestination(change: DestinationRecordChange, deps: Deps): Promise<void> {
  const noted = destinationLineOf(change);
  if (noted) await deps.appendDestinationLine(noted.id, noted.line);
  await dropSecret(change, deps);
  await followDeliveries(change, deps);
}

async function dropSecret(change: DestinationRecordChange, { deleteSecret, log }: Deps): Promise<void> {
  const dropped = droppedSecretOf(change);
  if (!dropped) return;
  const { name: destination, version } = change.after ?? change.before ?? {};
  if (dropped.isKept) return log({ outcome: 'secrets_kept', destination, version, secrets: [dropped.name] }, 'warn');
  await deleteSecret(dropped.name);
  log({ outcome: 'secret_deleted', destination, version });
}

/** Writes the history of a change of the operators, and then notifies the bus. */
async function followRoster(line: OperatorHistoryLine, deps: Deps): Promise<void> {
  await deps.appendOperatorLine(line);
  await notifyBus(operatorNoticeOf(line), { connection: undefined, version: line.version }, deps);
}

/** A record of the stream: it is about a connection, about a destination, or about the operators. */
type StateChange =
  | { connection: ConnectionChange }
  | { destination: DestinationRecordChange }
  | { operators: OperatorHistoryLine };

function stateChangeOf(record: DynamoDBRecord): StateChange | undefined {
  const connection = connectionChangeOf(record);
  if (connection) return { connection };
  const destination = destinationChangeOf(record);
  if (destination) return { destination };
  const operators = operatorHistoryLineOf(record);
  return operators && { operators };
}

/** Parses a record. A record that can never be read becomes a dead letter, and this returns undefined. */
async function parseRecord(
  record: DynamoDBRecord,
  invocation: StreamInvocation,
  deps: Deps,
): Promise<StateChange | undefined> {
  try {
    return stateChangeOf(record);
  } catch {
    const { key, text } = deadLetterOf(record, 'Unreadable', invocation, deps.now());
    await deps.keepDeadLetter(key, text);
    deps.log({ outcome: 'given_up', object: key }, 'error');
    return undefined;
  }
}

/**
 * Processes the records in order, and stops at the first that fails. The stream repeats that record and all later ones.
 */
export const followStateChanges =
  (deps: Deps) =>
  async ({ Records }: DynamoDBStreamEvent, invocation: StreamInvocation): Promise<DynamoDBBatchResponse> => {
    for (const record of Records) {
      try {
        const change = await parseRecord(record, invocation, deps);
        if (change && 'connection' in change) await followChange(change.connection, deps);
        else if (change && 'destination' in change) await followDestination(change.destination, deps);
        else if (change) await followRoster(change.operators, deps);
      } catch (error) {
        // The message of the error is not logged, because it may quote a record.
        deps.log({ outcome: 'stuck', fault: (error as Error).name }, 'error');
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
      }
    }
    return { batchItemFailures: [] };
  };

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const journal = fromEnvironment('JOURNAL_TABLE');
  const ports = deliveryPorts();
  return {
    append: historyTable(client, journal).append,
    appendOperatorLine: operatorHistoryTable(client, journal).append,
    appendDestinationLine: destinationHistory(client, journal).append,
    jobs: replayJobTable(client, journal),
    wake: waker(fromEnvironment('RUNNER_FUNCTION')),
    deleteSecret: secretDeleter(secretsManager()),
    beginGeneration: (destination) => beginGeneration(destination, ports),
    cancelDeliveries: (id) => cancelDeliveries(id, ports.clock.now() + cancelMs, ports),
    publish: publisher(eventBridge(), fromEnvironment('EVENT_BUS')),
    keepDeadLetter: deadLetterKeeper(fromEnvironment('FAILURES_BUCKET')),
    now: () => new Date(),
    log,
  };
};

export const handler = followStateChanges(lambdaDeps());
