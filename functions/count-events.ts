/**
 * Wakes up for batches of the Events table's stream, as its second reader: counts events, notes when tokens were last used, and
 * who replayed an event. A batch costs one write for each connection and minute, one for each minute of all connections, one write a minute for
 * each token and each connection, and one for each event that an operator replayed alone.
 *
 * Wakes up every minute too, sets the hours and the days from the minutes, and makes the small summary of each connection that had traffic.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { rejectionCounts } from '../shared/events/arrival/rejection-counts.ts';
import {
  type CountedRecord,
  countDelayMs,
  countedChangeIn,
  countedUpTo,
  tallyOf,
  type UseNote,
} from '../shared/events/arrival/usage.ts';
import { type UsageTable, usageTable } from '../shared/events/arrival/usage-table.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/ground/aws/environment.ts';
import { type Log, log } from '../shared/ground/aws/logger.ts';
import { minuteOf } from '../shared/ground/base/time.ts';
import { activityMarker, type MarkActivity } from '../shared/ground/statistics/activity-mark.ts';
import { type AddToMinute, minuteAdder } from '../shared/ground/statistics/minute-count-table.ts';
import { rollUp } from '../shared/ground/statistics/roll-up.ts';
import type { StatisticsStore, Summarize } from '../shared/ground/statistics/statistics-store.ts';
import { summaryOf } from '../shared/operators/journal/connection-summary.ts';
import { type HistoryTable, historyTable } from '../shared/operators/journal/history-table.ts';
import { type ObservePorts, observeConnection } from '../shared/operators/journal/observe-connection.ts';
import { eventReplayIn } from '../shared/operators/journal/replay-action.ts';
import { statisticsTable } from '../shared/operators/journal/statistics-table.ts';
import { type SummaryTable, summaryTable } from '../shared/operators/journal/summary-table.ts';

export interface Deps {
  addToMinute: AddToMinute;
  usage: Pick<UsageTable, 'note' | 'noteLate'>;
  /** Tells the schedule of a connection that had traffic. */
  markActivity: MarkActivity;
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
function parseRecord(record: DynamoDBRecord, { log }: Deps): CountedRecord[] {
  try {
    const change = countedChangeIn(record);
    return change ? [{ ...change, record: record.dynamodb?.SequenceNumber }] : [];
  } catch {
    log({ outcome: 'unreadable', event: record.dynamodb?.Keys?.['id']?.S }, 'error');
    return [];
  }
}

export const countStoredEvents = (deps: Deps) => {
  const noted = notedUses();
  const { usage, log } = deps;

  /** Whether a write succeeds. */
  const succeeds = (write: Promise<void>): Promise<boolean> =>
    write.then(
      () => true,
      (error: Error) => {
        log({ outcome: 'stuck', fault: error.name }, 'error');
        return false;
      },
    );

  const noteUse = async (use: UseNote): Promise<void> => {
    if (!noted.isNew(use)) return;
    await usage.note(use);
    noted.remember(use);
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
    const { additions, uses, minutes } = tallyOf(Records.flatMap((record) => parseRecord(record, deps)));
    const succeeded = await Promise.all(
      [
        ...uses.map(noteUse),
        ...additions.map(deps.addToMinute),
        ...minutes.map(({ connectionId: id, minute }) => deps.markActivity(id, minute, deps.now())),
        ...Records.flatMap((record) => eventReplayIn(record) ?? []).map(deps.noteReplay),
      ].map(succeeds),
    );
    if (succeeded.every(Boolean)) return { batchItemFailures: [] };
    // The stream repeats the whole batch, and not only what follows the failure: a batch that begins as one did before is known as a
    // repetition.
    return { batchItemFailures: [{ itemIdentifier: Records[0]?.dynamodb?.SequenceNumber ?? '' }] };
  };
};

export interface RollUpDeps extends ObservePorts {
  store: StatisticsStore;
  usage: Pick<UsageTable, 'lateness' | 'lastUse' | 'lastHour'>;
  summaries: Pick<SummaryTable, 'save'>;
  now(): Date;
  log: Log;
}

/** One run of the schedule. It sets what it can, and throws if some of it failed: that raises the alarm on failures. */
export const setStatistics = (deps: RollUpDeps) => async (): Promise<undefined> => {
  const now = deps.now();
  const asOf = countedUpTo(await deps.usage.lateness(), now);
  const summarize: Summarize = async (id, at, countedUpTo) =>
    deps.summaries.save(id, summaryOf(await observeConnection(id, at, deps), at, countedUpTo));
  const { faults, ...done } = await rollUp(now, asOf, deps.store, summarize);
  deps.log({ outcome: 'statistics_set', ...done, failed: faults.length });
  if (faults[0]) throw faults[0];
};

function lambdaDeps(): Deps & RollUpDeps {
  const client = dynamodb();
  const journal = fromEnvironment('JOURNAL_TABLE');
  return {
    addToMinute: minuteAdder(client, journal),
    usage: usageTable(client, journal),
    markActivity: activityMarker(client, journal),
    noteReplay: historyTable(client, journal).note,
    store: statisticsTable(client, journal),
    rejections: rejectionCounts(client, journal),
    summaries: summaryTable(client, journal),
    now: () => new Date(),
    log,
  };
}

const deps = lambdaDeps();
const [count, set] = [countStoredEvents(deps), setStatistics(deps)];

export const handler = (
  event: DynamoDBStreamEvent | Record<string, never>,
): Promise<DynamoDBBatchResponse | undefined> => ('Records' in event ? count(event as DynamoDBStreamEvent) : set());
