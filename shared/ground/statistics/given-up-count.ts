/**
 * Counts webhooks that the relay gave up, in the minute in which they came, or in which the end of their hold let them go. So what was published of a
 * minute follows from its counts. A replay that is given up is not counted: its webhook reached the bus before, or was counted here.
 */
import type { DynamoDBRecord } from 'aws-lambda';
import { minuteOf } from '../base/time.ts';
import type { MarkActivity } from './activity-mark.ts';
import type { AddToMinute } from './minute-count-table.ts';
import { allConnections } from './statistics-store.ts';

interface GivenUp {
  connectionId: string;
  minute: string;
  record: string;
}

/** What is counted of a record that the relay gives up. Undefined if nothing is, or if the record can't be read. */
export function givenUpIn({ dynamodb }: DynamoDBRecord): GivenUp | undefined {
  const { NewImage = {}, OldImage = {}, SequenceNumber } = dynamodb ?? {};
  const { connectionId, receivedAt, releasedAt, replays, test } = NewImage;
  const at = releasedAt?.S ?? receivedAt?.S;
  const isReplay = replays?.N !== undefined && replays.N !== OldImage['replays']?.N;
  if (connectionId?.S === undefined || at === undefined || SequenceNumber === undefined || isReplay || test?.BOOL)
    return undefined;
  return { connectionId: connectionId.S, minute: minuteOf(new Date(at)), record: SequenceNumber };
}

/** Counts a record that the relay gave up. */
export type CountGivenUp = (record: DynamoDBRecord, now: Date) => Promise<void>;

export const givenUpAdder =
  (addToMinute: AddToMinute, markActivity: MarkActivity): CountGivenUp =>
  async (record, now) => {
    const found = givenUpIn(record);
    if (!found) return;
    const { connectionId, minute } = found;
    // Another name than that of the record in a batch of events: those are counted apart.
    const name = `given up ${found.record}`;
    await Promise.all([
      ...[connectionId, allConnections].map((scope) =>
        addToMinute({ scope, minute, add: { givenUp: 1 }, records: { start: name, end: name } }),
      ),
      markActivity(connectionId, minute, now),
    ]);
  };
