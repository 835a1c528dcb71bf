import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alarmOnStreamAge } from './alarms/stream-age.ts';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';
import { consumeStream } from './stream-consumer.ts';

export type CountEventsProps = Pick<SharedResources, 'events' | 'journal' | 'deadLetters'>;

/** Batches are large, because nobody waits for a count, and one write counts a whole batch. */
const batching = { batchSize: 1_000, window: Duration.seconds(2) };

/** Counts events from the stream of the Events table, and records when tokens were last used and who replayed an event. */
export class CountEvents extends HooklatchFunction {
  constructor(scope: Construct, { events, journal, deadLetters }: CountEventsProps) {
    super(scope, 'count-events', {
      impact:
        'The statistics show too few events, and tokens that are in use may look unused. Webhooks are still accepted.',
      timeout: Duration.minutes(1),
    });
    journal.grant(this, { UpdateItem: ['count', 'use', 'late'], PutItem: ['actions'] });
    consumeStream(this, events.table, { changes: ['INSERT', 'MODIFY'], deadLetters, ...batching });
    alarmOnStreamAge(this, 'The statistics show too few events, and tokens that are in use may look unused');
  }
}
