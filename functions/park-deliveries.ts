/** Wakes up for batches of the overflow queue, and parks their deliveries for the lanes of their destinations. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Log } from '../shared/aws/logger.ts';
import { deliveryJobSchema } from '../shared/dispatch/delivery-job.ts';
import { deliveryPorts, destinationReader } from '../shared/dispatch/function-ports.ts';
import { type ParkPorts, parkDelivery } from '../shared/dispatch/park-deliveries.ts';
import { receivedMessages } from '../shared/dispatch/queue-batch.ts';

export interface Deps extends ParkPorts {
  log: Log;
}

export const parkDeliveries =
  (deps: Deps) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const { messages, unreadable } = receivedMessages(event, (body) => deliveryJobSchema.parse(body));
    const failed = [...unreadable];
    await Promise.all(
      messages.map(({ id, body }) =>
        parkDelivery(body, deps).catch((error) => {
          deps.log({ warning: 'delivery_not_parked', fault: (error as Error).name, event: body.event }, 'warn');
          failed.push(id);
        }),
      ),
    );
    deps.log({ outcome: 'parked', records: event.Records.length, failed: failed.length });
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

export const handler = parkDeliveries({ ...deliveryPorts(), readDestination: destinationReader() });
