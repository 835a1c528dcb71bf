/** Wakes up for the timer of a lane, and attempts what is parked for its destination. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { liveAttemptCounter } from '../shared/deliveries/dispatch/attempt-count.ts';
import { type ChainedPorts, receivedMessages } from '../shared/deliveries/dispatch/chained-queues.ts';
import { type CountedAttempts, countedAttempts } from '../shared/deliveries/dispatch/counted-attempts.ts';
import { targetSchema } from '../shared/deliveries/dispatch/delivery-job.ts';
import {
  attemptPort,
  deliveryPorts,
  destinationReader,
  noticePort,
} from '../shared/deliveries/dispatch/function-ports.ts';
import { serveLane } from '../shared/deliveries/dispatch/lane.ts';
import type { LanePorts } from '../shared/deliveries/dispatch/lane-turn.ts';

/** Each message is a turn of one lane, and comes alone. One that fails comes again after its lease has ended. */
export const serveLanes =
  (deps: ChainedPorts<LanePorts> & Pick<CountedAttempts, 'writeCounts'>) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const { messages, unreadable, place } = receivedMessages(event, (body) => targetSchema.parse(body));
    const ports = { ...deps, queues: deps.queuesAt(place) };
    const failed = [...unreadable];
    for (const { id, body } of messages)
      await serveLane(body, ports).catch((error) => {
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
