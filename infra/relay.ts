import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alarmOnDeadLetters } from './alarms/dead-letters.ts';
import { alarmOnStreamAge } from './alarms/stream-age.ts';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';
import { consumeStream, retryHours } from './stream-consumer.ts';

export type RelayProps = Pick<
  SharedResources,
  'stage' | 'state' | 'events' | 'journal' | 'bodies' | 'bus' | 'deadLetters' | 'deliveries' | 'deliveryQueues'
>;

/** Publishes stored events from the stream of the Events table to the bus, and sends them on to their destinations. */
export class Relay extends HooklatchFunction {
  constructor(scope: Construct, props: RelayProps) {
    super(scope, 'relay', {
      severity: 'warning',
      impact: `Webhooks are stored, but reach your rules late: the relay fails, and is retried for ${retryHours} hours.`,
      memoryMb: 512,
      // One split event may take 500 calls, and the SDK repeats calls that fail. The timeout leaves a third of a second
      // for each call.
      timeout: Duration.minutes(3),
    });
    const { stage, state, events, journal, bodies, bus, deadLetters, deliveries, deliveryQueues } = props;
    // The right to see whether the hold of an event has ended, and where it is routed.
    state.grantReadWithRouting(this);
    bodies.grantName(this);
    // The right to record which test events reached the bus, how late the relay is, and which events it gave up, and to count those.
    journal.grant(this, {
      Query: ['given_up'],
      UpdateItem: ['test', 'relay', 'given_up', 'count', 'active'],
      DeleteItem: ['relay', 'given_up'],
    });
    bus.grantPublish(this);
    // The right to send events to their destinations, and to write down what the queue does not take.
    deliveryQueues.dispatch.grantSend(this);
    deliveries.grantChange(this);
    consumeStream(this, events.table, { changes: ['INSERT', 'MODIFY'], deadLetters, severity: 'urgent' });
    // This alarm is the only sign of an unavailable bus: the relay then does not fail, but asks for the same records again.
    alarmOnStreamAge(this, 'urgent', 'Webhooks are stored, but reach your rules late');
    alarmOnDeadLetters(
      this,
      stage,
      'WebhooksGivenUp',
      'Webhooks have not reached your rules: the bus refused them. They are in the dead-letter bucket. See why in the log of relay. Remove the cause, then send them again: hooklatch redrive.',
    );
  }
}
