/**
 * Wakes up for what the stream of the State table tells, and does what has to follow a change of a connection: writes its
 * history, begins the release of what was held, deletes the secrets that it dropped, and tells the bus. Each may be done
 * twice, for the stream may repeat.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { deadLetterOf, type StreamInvocation } from '../shared/aws/dead-letter.ts';
import { deadLetterKeeper, type KeepDeadLetter } from '../shared/aws/dead-letter-bucket.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { type Log, log } from '../shared/aws/logger.ts';
import { waker } from '../shared/aws/wake-function.ts';
import { eventBridge, isPermanentError, type Publish, publisher } from '../shared/bus/event-bus.ts';
import { type DeleteSecret, secretDeleter, secretsManager } from '../shared/credential/secret-store.ts';
import type { Release } from '../shared/event/replay-job.ts';
import { replayJobTable, startRelease } from '../shared/event/replay-job-table.ts';
import {
  type ConnectionChange,
  connectionChangeOf,
  droppedSecrets,
  historyLineOf,
  lifecycleNoticeOf,
  releaseOf,
} from '../shared/journal/history.ts';
import { type HistoryTable, historyTable } from '../shared/journal/history-table.ts';

export interface Deps {
  append: HistoryTable['append'];
  /** Begins the publication of what was held. */
  release(release: Release): Promise<void>;
  deleteSecret: DeleteSecret;
  publish: Publish;
  keep: KeepDeadLetter;
  now(): Date;
  log: Log;
}

/** What a log line says of a change. */
const named = ({ after, before }: ConnectionChange) => {
  const { name, version } = after ?? before ?? {};
  return { connection: name, version };
};

/** Tells the bus. What it turns away for good is in the history all the same, and must hold up nothing that comes after. */
async function tell(change: ConnectionChange, { publish, log }: Deps): Promise<void> {
  const notice = lifecycleNoticeOf(change);
  const [code] = notice ? await publish([notice]) : [];
  if (code === undefined) return;
  if (!isPermanentError(code)) throw Object.assign(new Error('the bus did not take a notice'), { name: code });
  log({ outcome: 'notice_refused', ...named(change), code }, 'error');
}

/** Does all that follows one change, the history first: what it tells must have happened before the bus hears of it. */
async function follow(change: ConnectionChange, deps: Deps): Promise<void> {
  const { append, release, deleteSecret, log } = deps;
  const line = historyLineOf(change);
  if (line && change.after) await append(change.after.id, line);
  const released = releaseOf(change);
  if (released) await release(released);
  for (const name of droppedSecrets(change)) {
    await deleteSecret(name);
    log({ outcome: 'secret_deleted', ...named(change) });
  }
  await tell(change, deps);
}

/** Reads a record; one that can't be read now or ever is put aside, and undefined. */
async function read(
  record: DynamoDBRecord,
  invocation: StreamInvocation,
  deps: Deps,
): Promise<ConnectionChange | undefined> {
  try {
    return connectionChangeOf(record);
  } catch {
    const { key, text } = deadLetterOf(record, 'Unreadable', invocation, deps.now());
    await deps.keep(key, text);
    deps.log({ outcome: 'given_up', object: key }, 'error');
    return undefined;
  }
}

/** In order, up to the first record that fails: the stream hands over again everything from there on. */
export const followStateChanges =
  (deps: Deps) =>
  async ({ Records }: DynamoDBStreamEvent, invocation: StreamInvocation): Promise<DynamoDBBatchResponse> => {
    for (const record of Records) {
      try {
        const change = await read(record, invocation, deps);
        if (change) await follow(change, deps);
      } catch (error) {
        // Not its message, which may quote a record.
        deps.log({ outcome: 'stuck', fault: (error as Error).name }, 'error');
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
      }
    }
    return { batchItemFailures: [] };
  };

/** Begins a release and wakes the runner, which would else look for itself within a minute. */
function releasing(): Deps['release'] {
  const runs = replayJobTable(dynamodb(), fromEnvironment('journalTable'));
  const wake = waker(fromEnvironment('runner'));
  return async (release) => {
    await startRelease(runs, release, new Date());
    await wake().catch((error) => log({ outcome: 'runner_not_woken', fault: error.name }, 'error'));
  };
}

const live = (): Deps => {
  return {
    append: historyTable(dynamodb(), fromEnvironment('journalTable')).append,
    release: releasing(),
    deleteSecret: secretDeleter(secretsManager()),
    publish: publisher(eventBridge(), fromEnvironment('eventBus')),
    keep: deadLetterKeeper(fromEnvironment('failuresBucket')),
    now: () => new Date(),
    log,
  };
};

export const handler = followStateChanges(live());
