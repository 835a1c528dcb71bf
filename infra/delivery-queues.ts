import { Duration } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption, QueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeliveryQueue, keptFor } from './delivery-queue.ts';

/** The time limits of the functions behind the queues. A turn of a lane takes a minute and one attempt more. */
export const dispatchTimeout = Duration.minutes(1);
export const laneTimeout = Duration.minutes(2);

const sixTimes = (timeout: Duration): Duration => Duration.seconds(6 * timeout.toSeconds());

/** A turn of a lane that ended in the middle comes again after twelve minutes, and many lanes wait for one another. */
const aside = { oldest: Duration.hours(1) };

/** The queues between a stored webhook and its destinations. Decision 57 says what each is for. */
export class DeliveryQueues extends Construct {
  /** What is due. */
  readonly dispatch: DeliveryQueue;
  /** What waits for its destination's lane. */
  readonly overflow: DeliveryQueue;
  /** The lanes that have to work. */
  readonly lane: DeliveryQueue;
  /** The dead letters of all three. A redrive brings each to the queue from which it came. */
  readonly deadLetters: Queue;

  constructor(scope: Construct) {
    super(scope, 'DeliveryQueues');
    const deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      retentionPeriod: keptFor,
    });
    this.deadLetters = deadLetters;
    this.dispatch = new DeliveryQueue(this, 'Dispatch', {
      variable: 'DISPATCH_QUEUE',
      consumer: 'dispatch',
      visibility: sixTimes(dispatchTimeout),
      deadLetters,
      // Whatever waits longer is no message, but a row.
      oldest: Duration.minutes(15),
    });
    this.overflow = new DeliveryQueue(this, 'Overflow', {
      variable: 'OVERFLOW_QUEUE',
      consumer: 'park-deliveries',
      visibility: sixTimes(dispatchTimeout),
      deadLetters,
      ...aside,
    });
    this.lane = new DeliveryQueue(this, 'Lane', {
      variable: 'LANE_QUEUE',
      consumer: 'serve-lanes',
      visibility: sixTimes(laneTimeout),
      deadLetters,
      ...aside,
    });
    this.demandTls([deadLetters, this.dispatch.queue, this.overflow.queue, this.lane.queue]);
  }

  /** Refuses requests without TLS, by one policy for all queues. It names no queue, because SQS reads it as the policy of each. */
  private demandTls(queues: Queue[]): void {
    const policy = new QueuePolicy(this, 'Policy', { queues });
    policy.document.addStatements(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['sqs:*'],
        resources: ['*'],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  }
}
