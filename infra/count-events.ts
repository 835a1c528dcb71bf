import { Duration } from 'aws-cdk-lib';
import type { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { JournalKind } from '../shared/ground/aws/journal-key.ts';
import { HooklatchFunction } from './function.ts';
import { wakeEvery } from './schedule.ts';
import type { SharedResources } from './shared-resources.ts';
import { consumeStream } from './stream-consumer.ts';

export type CountEventsProps = Pick<SharedResources, 'events' | 'journal' | 'deadLetters'>;

/** Batches are large, because nobody waits for a count, and one write counts a whole batch. */
const batching = { batchSize: 1_000, window: Duration.seconds(2) };

/** The kinds of what is counted by the minute. */
const countedKinds: JournalKind[] = ['count', 'duplicates', 'rejections', 'sent'];

/**
 * Counts events from the stream of the Events table, and records when tokens were last used and who replayed an event. Sets the
 * statistics by hour and day, and the small summaries of connections, once a minute.
 */
export class CountEvents extends HooklatchFunction {
  readonly stream: EventSourceMapping;

  constructor(scope: Construct, { events, journal, deadLetters }: CountEventsProps) {
    super(scope, 'count-events', {
      timeout: Duration.minutes(1),
    });
    journal.grant(this, {
      UpdateItem: ['count', 'use', 'late', 'active'],
      PutItem: ['actions', 'sums', 'summary', 'roll_up'],
      Query: [...countedKinds, 'use', 'late', 'active', 'sums', 'roll_up'],
    });
    this.stream = consumeStream(this, events.table, { changes: ['INSERT', 'MODIFY'], deadLetters, ...batching });
    wakeEvery(scope, this, { minutes: 1, retries: 0 });
  }
}
