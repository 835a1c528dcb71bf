import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alarmWhenGivenUp } from './alarms/given-up.ts';
import { alarmWhenLate } from './alarms/late-stream.ts';
import type { BodiesBucket } from './bodies-bucket.ts';
import type { DeadLetterBucket } from './dead-letter-bucket.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchBus } from './event-bus.ts';
import type { EventsTable } from './events-table.ts';
import { HooklatchFunction } from './function.ts';
import type { JournalTable } from './journal-table.ts';
import type { StateTable } from './state-table.ts';
import { consumeStream } from './stream-consumer.ts';

export interface RelayProps {
  stage: Stage;
  state: StateTable;
  events: EventsTable;
  journal: JournalTable;
  bodies: BodiesBucket;
  bus: HooklatchBus;
  failures: DeadLetterBucket;
}

/** What carries stored events from the table's stream to the bus. */
export class Relay extends HooklatchFunction {
  constructor(scope: Construct, { stage, state, events, journal, bodies, bus, failures }: RelayProps) {
    super(scope, 'relay', {
      impact: 'Webhooks are stored, but reach your rules late: the relay fails, and is tried again for 23 hours.',
      memorySize: 512,
      // One split event may be 500 calls, each repeated by the SDK: there is a third of a second for each.
      timeout: Duration.minutes(3),
    });
    // For what came in under a hold, to know whether that is over.
    state.grantRead(this);
    bodies.grantName(this);
    // That a test's event has reached the bus, what it is late with, and what it gave up.
    journal.grant(this, {
      Query: ['given_up'],
      UpdateItem: ['test', 'relay', 'given_up'],
      DeleteItem: ['relay', 'given_up'],
    });
    bus.grantPublish(this);
    consumeStream(this, events.table, { changes: ['INSERT', 'MODIFY'], failures });
    // The one sign of a bus that is away: the relay then does not fail, it asks for the same records again.
    alarmWhenLate(this, 'Webhooks are stored, but reach your rules late');
    alarmWhenGivenUp(
      this,
      stage,
      'WebhooksGivenUp',
      'Webhooks are in the failures bucket and have not reached your rules: the bus refused them. See why in the log of the relay, then send them again: npm run redrive.',
    );
  }
}
