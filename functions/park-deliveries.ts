/** Wakes up for batches of the overflow queue, and parks their deliveries for the lanes of their destinations. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type ChainedPorts, receivedMessages } from '../shared/deliveries/dispatch/chained-queues.ts';
import { deliveryJobSchema } from '../shared/deliveries/dispatch/delivery-job.ts';
import { deliveryPorts, destinationReader } from '../shared/deliveries/dispatch/function-ports.ts';
import { type ParkPorts, parkDelivery } from '../shared/deliveries/dispatch/park-deliveries.ts';
import type { Log } from '../shared/ground/aws/logger.ts';

export interface Deps extends ChainedPorts<ParkPorts> {
  log: Log;
}

export const parkDeliveries =
  (deps: Deps) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const { messages, unreadable, place } = receivedMessages(event, (body) => deliveryJobSchema.parse(body));
    const ports = { ...deps, queues: deps.queuesAt(place) };
    const failed = [...unreadable];
    await Promise.all(
      messages.map(({ id, body }) =>
        parkDelivery(body, ports).catch((error) => {
          deps.log({ warning: 'delivery_not_parked', fault: (error as Error).name, event: body.event }, 'warn');
          failed.push(id);
        }),
      ),
    );
    deps.log({ outcome: 'parked', records: event.Records.length, failed: failed.length });
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

export const handler = parkDeliveries({ ...deliveryPorts(), readDestination: destinationReader() });
