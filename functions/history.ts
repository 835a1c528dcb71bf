/**
 * Wakes up for what the stream of the State table tells, and does what has to follow a change of a connection: writes its
 * history, begins the release of what was held, deletes the secrets that it dropped, and tells the bus. Each may be done
 * twice, for the stream may repeat.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { eventBridge, isForGood, type Publish, publisher } from '../shared/bus.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { fromEnvironment } from '../shared/environment.ts';
import { failureOf, type Invocation } from '../shared/failure.ts';
import { failureKeeper, type Keep } from '../shared/failure-bucket.ts';
import { type Change, changeOf, droppedSecrets, lineOf, noticeOf, releaseOf } from '../shared/history.ts';
import { type HistoryLog, historyLog } from '../shared/history-log.ts';
import type { Release } from '../shared/run.ts';
import { runStore, startRelease } from '../shared/run-store.ts';
import { type DeleteSecret, secretDeleter, secretsManager } from '../shared/vault.ts';
import { waker } from '../shared/wake.ts';

export interface Deps {
  append: HistoryLog['append'];
  /** Begins the publication of what was held. */
  release(release: Release): Promise<void>;
  deleteSecret: DeleteSecret;
  publish: Publish;
  keep: Keep;
  now(): Date;
  log(line: Record<string, unknown>, level?: 'info' | 'error'): void;
}

/** What a log line says of a change. */
const named = ({ after, before }: Change) => {
  const { name, version } = after ?? before ?? {};
  return { connection: name, version };
};

/** Tells the bus. What it turns away for good is in the history all the same, and must hold up nothing that comes after. */
async function tell(change: Change, { publish, log }: Deps): Promise<void> {
  const notice = noticeOf(change);
  const [code] = notice ? await publish([notice]) : [];
  if (code === undefined) return;
  if (!isForGood(code)) throw Object.assign(new Error('the bus did not take a notice'), { name: code });
  log({ outcome: 'notice_refused', ...named(change), code }, 'error');
}

/** Does all that follows one change, the history first: what it tells must have happened before the bus hears of it. */
async function follow(change: Change, deps: Deps): Promise<void> {
  const { append, release, deleteSecret, log } = deps;
  const line = lineOf(change);
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
async function read(record: DynamoDBRecord, invocation: Invocation, deps: Deps): Promise<Change | undefined> {
  try {
    return changeOf(record);
  } catch {
    const { key, text } = failureOf(record, 'Unreadable', invocation, deps.now());
    await deps.keep(key, text);
    deps.log({ outcome: 'given_up', object: key }, 'error');
    return undefined;
  }
}

/** In order, up to the first record that fails: the stream hands over again everything from there on. */
export const history =
  (deps: Deps) =>
  async ({ Records }: DynamoDBStreamEvent, invocation: Invocation): Promise<DynamoDBBatchResponse> => {
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
function releasing(log: Deps['log']): Deps['release'] {
  const runs = runStore(dynamodb(), fromEnvironment('journalTable'));
  const wake = waker(fromEnvironment('runner'));
  return async (release) => {
    await startRelease(runs, release, new Date());
    await wake().catch((error) => log({ outcome: 'runner_not_woken', fault: error.name }, 'error'));
  };
}

const live = (): Deps => {
  const log: Deps['log'] = (line, level = 'info') => console[level](line);
  return {
    append: historyLog(dynamodb(), fromEnvironment('journalTable')).append,
    release: releasing(log),
    deleteSecret: secretDeleter(secretsManager()),
    publish: publisher(eventBridge(), fromEnvironment('eventBus')),
    keep: failureKeeper(fromEnvironment('failuresBucket')),
    now: () => new Date(),
    log,
  };
};

export const handler = history(live());
