import { Duration } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption, QueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { addAlarm, counted } from './alarms/alarm.ts';
import { DeliveryQueue, keptFor } from './delivery-queue.ts';

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
    const deadLetters = this.addDeadLetters();
    this.dispatch = new DeliveryQueue(this, 'Dispatch', {
      variable: 'DISPATCH_QUEUE',
      consumer: 'dispatch',
      visibility: sixTimes(dispatchTimeout),
      impact: 'Webhooks reach their destinations late.',
      deadLetters,
      // Whatever waits longer is no message, but a row.
      oldest: Duration.minutes(15),
      lateSeverity: 'urgent',
    });
    this.overflow = new DeliveryQueue(this, 'Overflow', {
      variable: 'OVERFLOW_QUEUE',
      consumer: 'park-deliveries',
      visibility: sixTimes(dispatchTimeout),
      impact: 'Some webhooks for destinations that are unwell, limited or paused are not put aside.',
      deadLetters,
      ...aside,
    });
    this.lane = new DeliveryQueue(this, 'Lane', {
      variable: 'LANE_QUEUE',
      consumer: 'serve-lanes',
      visibility: sixTimes(laneTimeout),
      impact: 'Webhooks for some destinations that were unwell, limited or paused reach them late.',
      deadLetters,
      ...aside,
    });
    this.demandTls([deadLetters, this.dispatch.queue, this.overflow.queue, this.lane.queue]);
  }

  /** The dead letters of all three queues. A redrive brings each to the queue from which it came. */
  private addDeadLetters(): Queue {
    const deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      retentionPeriod: keptFor,
    });
    addAlarm(this, 'DeadLettersArrived', {
      severity: 'warning',
      alarmDescription: `Some webhooks have not reached their destinations, or reach them late. Messages are in the dead-letter queue ${deadLetters.queueName}. The attribute DeadLetterQueueSourceArn of each says from which queue it came: see why in the log of dispatch, of park-deliveries or of serve-lanes. Remove the cause, then start a redrive of that queue to its sources, within ${keptFor.toDays()} days of when the oldest was first sent.`,
      metric: deadLetters.metricApproximateNumberOfMessagesVisible(counted),
    });
    return deadLetters;
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
