import { Duration } from 'aws-cdk-lib';
import type { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';
import { consumeStream } from './stream-consumer.ts';

export type RelayProps = Pick<
  SharedResources,
  'state' | 'events' | 'journal' | 'bodies' | 'bus' | 'deadLetters' | 'deliveries' | 'deliveryQueues'
>;

/** Publishes stored events from the stream of the Events table to the bus, and sends them on to their destinations. */
export class Relay extends HooklatchFunction {
  readonly stream: EventSourceMapping;

  constructor(scope: Construct, props: RelayProps) {
    super(scope, 'relay', {
      memoryMb: 512,
      // One split event may take 500 calls, and the SDK repeats calls that fail. The timeout leaves a third of a second
      // for each call.
      timeout: Duration.minutes(3),
    });
    const { state, events, journal, bodies, bus, deadLetters, deliveries, deliveryQueues } = props;
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
    this.stream = consumeStream(this, events.table, { changes: ['INSERT', 'MODIFY'], deadLetters });
  }
}
