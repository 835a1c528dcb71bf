/**
 * Wakes up for what the stream of the State table tells, and does what has to follow a change of a connection: writes its
 * history, deletes the secrets that it dropped, and tells the bus. Each may be done twice, for the stream may repeat.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { eventBridge, type Publish, publisher } from '../shared/bus.ts';
import { fromEnvironment } from '../shared/environment.ts';
import { changeOf, droppedSecrets, lineOf, noticeOf } from '../shared/history.ts';
import { type HistoryLog, historyLog } from '../shared/history-log.ts';
import { dynamodb } from '../shared/store.ts';
import { type DeleteSecret, secretDeleter, secretsManager } from '../shared/vault.ts';

export interface Deps {
  append: HistoryLog['append'];
  deleteSecret: DeleteSecret;
  publish: Publish;
  log(line: Record<string, unknown>, level?: 'info' | 'error'): void;
}

/** Does all that follows one change, the history first: what it tells must have happened before the bus hears of it. */
async function follow(record: DynamoDBRecord, { append, deleteSecret, publish, log }: Deps): Promise<void> {
  const change = changeOf(record);
  const connection = change?.after ?? change?.before;
  if (!change || !connection) return;
  const line = lineOf(change);
  if (line) await append(connection.id, line);
  for (const name of droppedSecrets(change)) {
    await deleteSecret(name);
    log({ outcome: 'secret_deleted', connection: connection.name, version: connection.version });
  }
  const notice = noticeOf(change);
  const [code] = notice ? await publish([notice]) : [];
  if (code !== undefined) throw Object.assign(new Error('the bus did not take a notice'), { name: code });
}

/** In order, up to the first record that fails: the stream hands over again everything from there on. */
export const history =
  (deps: Deps) =>
  async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    for (const record of Records) {
      try {
        await follow(record, deps);
      } catch (error) {
        // Of a record that can't be read the message would quote it.
        deps.log({ outcome: 'stuck', fault: (error as Error).name, pk: record.dynamodb?.Keys?.['pk']?.S }, 'error');
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
      }
    }
    return { batchItemFailures: [] };
  };

const live = (): Deps => ({
  append: historyLog(dynamodb(), fromEnvironment('journalTable')).append,
  deleteSecret: secretDeleter(secretsManager()),
  publish: publisher(eventBridge(), fromEnvironment('eventBus')),
  log: (line, level = 'info') => console[level](line),
});

export const handler = history(live());
