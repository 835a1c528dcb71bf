/**
 * The relay's notes before and after a batch. The state of a publication, which operators see, is derived from these notes. For
 * a batch that is not late, the relay notes only that it is alive, at most once a minute. If the notes fail, the batch does not
 * fail.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Log } from '../../ground/aws/logger.ts';
import { beatEveryMs, lateAfterMs } from './publication-state.ts';
import type { EventKey, RelayTable } from './relay-table.ts';

export interface ProgressDeps {
  relayLog: Pick<RelayTable, 'beat' | 'noteBehind' | 'forgetBehind' | 'noteGivenUp' | 'givenUpOf' | 'forgetGivenUp'>;
  now(): Date;
  log: Log;
}

/** The result of a batch. */
export interface SettledBatch {
  answer: DynamoDBBatchResponse;
  /** The records whose events are on the bus. */
  published: DynamoDBRecord[];
}

const numberOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.SequenceNumber ?? '';

/** When a record was written. Undefined if the record does not have the time. */
function writtenAt({ dynamodb }: DynamoDBRecord): Date | undefined {
  const seconds = dynamodb?.ApproximateCreationDateTime;
  return seconds === undefined ? undefined : new Date(seconds * 1000);
}

const isLate = (record: DynamoDBRecord, now: Date): boolean => {
  const written = writtenAt(record);
  return written !== undefined && now.getTime() - written.getTime() >= lateAfterMs;
};

/** The event of a record. Returns undefined if the record can't be read. */
export function eventKeyIn({
  dynamodb,
}: DynamoDBRecord): (EventKey & { expiresAt: number; replays: number }) | undefined {
  const { id, connectionId, expiresAt, replays } = dynamodb?.NewImage ?? {};
  if (id?.S === undefined || connectionId?.S === undefined) return undefined;
  return {
    id: id.S,
    connectionId: connectionId.S,
    expiresAt: Number(expiresAt?.N ?? 0),
    replays: Number(replays?.N ?? 0),
  };
}

/**
 * The record from which the stream repeats the batch. Undefined if the batch is done. If the failure names no record, this is
 * the first record.
 */
function stuckIn(records: DynamoDBRecord[], { batchItemFailures: [failure] }: DynamoDBBatchResponse) {
  return failure && (records.find((record) => numberOf(record) === failure.itemIdentifier) ?? records[0]);
}

/** Removes the `given_up` notes of events that are published now. Such an event was sent again from the bucket, or replayed. */
async function clearGivenUp(published: DynamoDBRecord[], { relayLog }: ProgressDeps): Promise<void> {
  const events = published.flatMap((record) => eventKeyIn(record) ?? []);
  for (const [connectionId, of] of Map.groupBy(events, (event) => event.connectionId)) {
    const givenUp = new Set(await relayLog.givenUpOf(connectionId));
    for (const event of of) if (givenUp.has(event.id)) await relayLog.forgetGivenUp(event);
  }
}

/** Only an event that is late or was replayed may have been given up earlier. */
const mayClear = (record: DynamoDBRecord, now: Date): boolean =>
  isLate(record, now) || record.dynamodb?.NewImage?.['replays'] !== undefined;

/** Wraps the processing of a batch, so that the relay's progress is noted around it. */
export function withProgressNotes(deps: ProgressDeps) {
  const { relayLog, log } = deps;
  let beatAt = 0;

  const quietly = (noting: Promise<void>): Promise<void> =>
    noting.catch((error) => log({ warning: 'progress_not_noted', fault: (error as Error).name }, 'warn'));

  async function beat(now: Date): Promise<void> {
    if (now.getTime() - beatAt < beatEveryMs) return;
    await relayLog.beat(now);
    beatAt = now.getTime();
  }

  async function noteBehind(record: DynamoDBRecord | undefined, now: Date): Promise<void> {
    const written = record && writtenAt(record);
    if (record && written) await relayLog.noteBehind(numberOf(record), written, now);
  }

  return async (records: DynamoDBRecord[], settle: () => Promise<SettledBatch>): Promise<DynamoDBBatchResponse> => {
    const begunAt = deps.now();
    const [first] = records;
    const late = first && isLate(first, begunAt) ? first : undefined;
    // The note is written before the work, because the work may crash.
    await quietly(noteBehind(late, begunAt));
    const { answer, published } = await settle();
    const stuck = stuckIn(records, answer);
    await quietly(noteBehind(stuck, deps.now()));
    if (late && stuck !== late) await quietly(relayLog.forgetBehind(numberOf(late)));
    await quietly(
      clearGivenUp(
        published.filter((record) => mayClear(record, begunAt)),
        deps,
      ),
    );
    await quietly(beat(deps.now()));
    return answer;
  };
}
