import type { Construct } from 'constructs';
import { keptFor } from '../delivery-queue.ts';
import type { DeliveryQueues } from '../delivery-queues.ts';
import { addAlarm, counted } from './alarm.ts';

/** Rings while messages are in the queue of dead letters. */
export function alarmOnDeadLettersInQueue(scope: Construct, queues: DeliveryQueues): void {
  const { dispatch, overflow, lane, deadLetters } = queues;
  const consumers = [dispatch, overflow, lane].map(({ waiting }) => waiting.of).join(', ');
  addAlarm(scope, 'DeadLettersInQueue', {
    severity: 'warning',
    alarmDescription: `Some webhooks have not reached their destinations, or are not put aside: messages are in the queue of dead letters, whose name has DeliveryQueuesDeadLetters. The attribute DeadLetterQueueSourceArn of a message names the queue that it comes from, and so the function that failed on it: ${consumers}. See why in the log group BackgroundLog. Remove the cause, then start a redrive to the sources, within ${keptFor.toDays()} days of when the oldest was first sent. docs/alarms.md`,
    metric: deadLetters.metricApproximateNumberOfMessagesVisible(counted),
  });
}
