import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DeliveryQueue } from './delivery-queue.ts';

/** The time limits of the functions behind the queues. A turn of a lane takes a minute and one attempt more. */
export const dispatchTimeout = Duration.minutes(1);
export const laneTimeout = Duration.minutes(2);

const sixTimes = (timeout: Duration): Duration => Duration.seconds(6 * timeout.toSeconds());

/** A turn of a lane that ended in the middle comes again after twelve minutes, and many lanes wait for one another. */
const aside = { oldest: Duration.hours(1), lateSeverity: 'warning' } as const;

/** The queues between a stored webhook and its destinations. Decision 57 says what each is for. */
export class DeliveryQueues extends Construct {
  /** What is due. */
  readonly dispatch: DeliveryQueue;
  /** What waits for its destination's lane. */
  readonly overflow: DeliveryQueue;
  /** The lanes that have to work. */
  readonly lane: DeliveryQueue;

  constructor(scope: Construct) {
    super(scope, 'DeliveryQueues');
    this.dispatch = new DeliveryQueue(this, 'Dispatch', {
      variable: 'DISPATCH_QUEUE',
      consumer: 'dispatch',
      visibility: sixTimes(dispatchTimeout),
      impact: 'Some webhooks have not reached their destinations.',
      lateImpact: 'Webhooks reach their destinations late.',
      // Whatever waits longer is no message, but a row.
      oldest: Duration.minutes(15),
      lateSeverity: 'urgent',
    });
    this.overflow = new DeliveryQueue(this, 'Overflow', {
      variable: 'OVERFLOW_QUEUE',
      consumer: 'park-deliveries',
      visibility: sixTimes(dispatchTimeout),
      impact: 'Some webhooks for destinations that are unwell, limited or paused are not put aside.',
      ...aside,
    });
    this.lane = new DeliveryQueue(this, 'Lane', {
      variable: 'LANE_QUEUE',
      consumer: 'serve-lanes',
      visibility: sixTimes(laneTimeout),
      impact: 'Webhooks for some destinations that were unwell, limited or paused reach them late.',
      ...aside,
    });
  }
}
