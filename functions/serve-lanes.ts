/** Wakes up for the timer of a lane, and attempts what is parked for its destination. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { targetSchema } from '../shared/dispatch/delivery-job.ts';
import { attemptPort, deliveryPorts, destinationReader, noticePort } from '../shared/dispatch/function-ports.ts';
import { serveLane } from '../shared/dispatch/lane.ts';
import type { LanePorts } from '../shared/dispatch/lane-turn.ts';
import { receivedMessages } from '../shared/dispatch/queue-batch.ts';
import { liveAttemptCounter } from '../shared/journal/attempt-count.ts';
import { type CountedAttempts, countedAttempts } from '../shared/journal/counted-attempts.ts';

/** Each message is a turn of one lane, and comes alone. One that fails comes again after its lease has ended. */
export const serveLanes =
  (deps: LanePorts & Pick<CountedAttempts, 'writeCounts'>) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const { messages, unreadable } = receivedMessages(event, (body) => targetSchema.parse(body));
    const failed = [...unreadable];
    for (const { id, body } of messages)
      await serveLane(body, deps).catch((error) => {
        deps.log({ warning: 'lane_not_served', fault: (error as Error).name, destination: body.name }, 'error');
        failed.push(id);
      });
    await deps.writeCounts();
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

function lambdaDeps() {
  const ports = deliveryPorts();
  return {
    ...ports,
    readDestination: destinationReader(),
    publishNotices: noticePort(),
    ...countedAttempts(attemptPort(), liveAttemptCounter(), ports.clock),
  };
}

export const handler = serveLanes(lambdaDeps());
