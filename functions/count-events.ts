/**
 * Wakes up for batches of the Events table's stream, as its second reader: counts events, notes when tokens were last used, and
 * who replayed an event. A batch costs one write for each connection and minute, one write a minute for each token, and one for
 * each event that an operator replayed alone.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { type Log, log } from '../shared/aws/logger.ts';
import { type HistoryTable, historyTable } from '../shared/journal/history-table.ts';
import { minuteOf } from '../shared/journal/rejection.ts';
import { eventReplayIn } from '../shared/journal/replay-action.ts';
import { countDelayMs, type EventArrival, eventArrivalIn, tallyOf, type UseNote } from '../shared/journal/usage.ts';
import { type UsageTable, usageTable } from '../shared/journal/usage-table.ts';

export interface Deps {
  usage: Pick<UsageTable, 'add' | 'note' | 'noteLate'>;
  /** Adds a line to a connection's history. */
  noteReplay: HistoryTable['note'];
  now(): Date;
  log: Log;
}

/**
 * The number of last uses that an instance remembers. When it reaches this number, it forgets all of them. Some are
 * then written a second time.
 */
const maxRemembered = 10_000;

/**
 * Remembers the last uses that this instance noted. A use is new unless this instance has already noted a use of the
 * same token in the same minute or later.
 */
function notedUses(): { isNew(use: UseNote): boolean; remember(use: UseNote): void } {
  const noted = new Map<string, string>();
  const keyOf = ({ connectionId, what }: UseNote) => `${connectionId} ${what}`;
  const minute = ({ at }: UseNote) => minuteOf(new Date(at));
  return {
    isNew: (use) => minute(use) > (noted.get(keyOf(use)) ?? ''),
    remember(use) {
      if (noted.size >= maxRemembered) noted.clear();
      noted.set(keyOf(use), minute(use));
    },
  };
}

/** Skips a record that can't be read: a count must not stop the records behind it. */
function parseRecord(record: DynamoDBRecord, { log }: Deps): EventArrival | undefined {
  try {
    return eventArrivalIn(record);
  } catch {
    log({ outcome: 'unreadable', event: record.dynamodb?.Keys?.['id']?.S }, 'error');
    return undefined;
  }
}

export const countStoredEvents = (deps: Deps) => {
  const uses = notedUses();
  const { usage, log } = deps;

  /**
   * Returns undefined if the write succeeds. If it fails, returns the position in the batch of the first event in this
   * write.
   */
  const failedAt = (first: number, write: () => Promise<void>): Promise<number | undefined> =>
    write().then(
      () => undefined,
      (error: Error) => {
        log({ outcome: 'stuck', fault: error.name }, 'error');
        return first;
      },
    );

  const noteUse = async (use: UseNote): Promise<void> => {
    if (!uses.isNew(use)) return;
    await usage.note(use);
    uses.remember(use);
  };

  /**
   * Notes that counting is late if the first record of the batch is late. The first record is the oldest. Lateness is
   * noted before the counting, because the counting may fail.
   */
  const noteLateness = async ([first]: DynamoDBRecord[]): Promise<void> => {
    const seconds = first?.dynamodb?.ApproximateCreationDateTime;
    const now = deps.now();
    if (seconds === undefined || now.getTime() - seconds * 1000 < countDelayMs) return;
    await usage
      .noteLate(new Date(seconds * 1000).toISOString(), now.toISOString())
      .catch((error) => log({ outcome: 'lateness_not_noted', fault: error.name }, 'error'));
  };

  return async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    await noteLateness(Records);
    const batch = tallyOf(Records.map((record) => parseRecord(record, deps)));
    const failed = await Promise.all([
      ...batch.uses.map((use) => failedAt(use.first, () => noteUse(use))),
      ...batch.counts.map((count) => failedAt(count.first, () => usage.add(count))),
      ...Records.flatMap((record, at) => {
        const replay = eventReplayIn(record);
        return replay ? [failedAt(at, () => deps.noteReplay(replay))] : [];
      }),
    ]);
    const stuck = failed.filter((at) => at !== undefined);
    if (stuck.length === 0) return { batchItemFailures: [] };
    // The stream repeats this record and all later ones. Some events are then counted twice, but no count is too low.
    const lowest = Records[Math.min(...stuck)];
    return { batchItemFailures: [{ itemIdentifier: lowest?.dynamodb?.SequenceNumber ?? '' }] };
  };
};

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const journal = fromEnvironment('journalTable');
  return {
    usage: usageTable(client, journal),
    noteReplay: historyTable(client, journal).note,
    now: () => new Date(),
    log,
  };
};

export const handler = countStoredEvents(lambdaDeps());
