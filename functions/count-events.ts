/**
 * Wakes up for what the stream of the Events table tells, as its second reader: counts events, and notes when tokens
 * were last used. A batch costs one write for each connection and minute, and for each token one a minute.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { type Log, log } from '../shared/aws/logger.ts';
import { minuteOf } from '../shared/journal/rejection.ts';
import { countDelayMs, type EventArrival, eventArrivalIn, tallyOf, type UseNote } from '../shared/journal/usage.ts';
import { type UsageTable, usageTable } from '../shared/journal/usage-table.ts';

export interface Deps {
  usage: Pick<UsageTable, 'add' | 'note' | 'noteLate'>;
  now(): Date;
  log: Log;
}

/** How many last uses an instance remembers; when there are more it forgets all, and writes some once too often. */
const maxRemembered = 10_000;

/** Tells of a use whether this instance has not noted one in that minute, or a later one. */
function newUses(): { isNew(use: UseNote): boolean; remember(use: UseNote): void } {
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

/** A record that can't be read is passed over: a count is not worth holding up all that come after it. */
function read(record: DynamoDBRecord, { log }: Deps): EventArrival | undefined {
  try {
    return eventArrivalIn(record);
  } catch {
    log({ outcome: 'unreadable', event: record.dynamodb?.Keys?.['id']?.S }, 'error');
    return undefined;
  }
}

export const countStoredEvents = (deps: Deps) => {
  const uses = newUses();
  const { usage, log } = deps;

  /** Where in the batch the first event is that a failed write was for; undefined if it went well. */
  const attempt = (first: number, work: () => Promise<void>): Promise<number | undefined> =>
    work().then(
      () => undefined,
      (error: Error) => {
        log({ outcome: 'stuck', fault: error.name }, 'error');
        return first;
      },
    );

  const note = async (use: UseNote): Promise<void> => {
    if (!uses.isNew(use)) return;
    await usage.note(use);
    uses.remember(use);
  };

  /** The oldest record of a batch is its first. That it is late is noted before it is counted: counting may fail. */
  const noteLate = async ([first]: DynamoDBRecord[]): Promise<void> => {
    const seconds = first?.dynamodb?.ApproximateCreationDateTime;
    const now = deps.now();
    if (seconds === undefined || now.getTime() - seconds * 1000 < countDelayMs) return;
    await usage
      .noteLate(new Date(seconds * 1000).toISOString(), now.toISOString())
      .catch((error) => log({ outcome: 'lateness_not_noted', fault: error.name }, 'error'));
  };

  return async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    await noteLate(Records);
    const batch = tallyOf(Records.map((record) => read(record, deps)));
    const failed = await Promise.all([
      ...batch.uses.map((use) => attempt(use.first, () => note(use))),
      ...batch.counts.map((count) => attempt(count.first, () => usage.add(count))),
    ]);
    const stuck = failed.filter((at) => at !== undefined);
    if (stuck.length === 0) return { batchItemFailures: [] };
    // Everything from there on comes again, and what of it was counted is counted twice: a count is never too low.
    const lowest = Records[Math.min(...stuck)];
    return { batchItemFailures: [{ itemIdentifier: lowest?.dynamodb?.SequenceNumber ?? '' }] };
  };
};

const live = (): Deps => ({
  usage: usageTable(dynamodb(), fromEnvironment('journalTable')),
  now: () => new Date(),
  log,
});

export const handler = countStoredEvents(live());
