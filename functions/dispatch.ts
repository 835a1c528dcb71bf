/**
 * Wakes up for batches of the dispatch queue, and attempts the deliveries that are due. A delivery whose destination is unwell, slow,
 * limited or paused is put aside for its lane.
 */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type ContentPorts, wholeBodyOf } from '../shared/dispatch/delivery-content.ts';
import { type DeliveryJob, deliveryJobSchema } from '../shared/dispatch/delivery-job.ts';
import { type DispatchBatchPorts, dispatchBatch, type Received } from '../shared/dispatch/dispatch-batch.ts';
import {
  attemptPort,
  contentPorts,
  deliveryPorts,
  destinationReader,
  readEvents,
} from '../shared/dispatch/function-ports.ts';
import { receivedMessages } from '../shared/dispatch/queue-batch.ts';
import { anyRule, forgetMatch, type RoutePorts, routeAll } from '../shared/dispatch/route-event.ts';
import type { EventTable } from '../shared/event/event-table.ts';
import { liveAttemptCounter } from '../shared/journal/attempt-count.ts';
import { type CountedAttempts, countedAttempts } from '../shared/journal/counted-attempts.ts';

export interface Deps extends DispatchBatchPorts, RoutePorts, Pick<ContentPorts, 'readBody'> {
  readEvent: EventTable['read'];
  /** Writes the counts of the batch's attempts. */
  writeCounts: CountedAttempts['writeCounts'];
}

/** Matches the event of a message that stands for all rules. An event that is gone, or whose body is, has nothing to send. */
async function matchEvent({ body: job }: Received<DeliveryJob>, deps: Deps): Promise<void> {
  const event = await deps.readEvent(job.event);
  const isThere = event?.receivedAt === job.receivedAt;
  const body = isThere ? await wholeBodyOf(event, deps.readBody) : undefined;
  if (isThere && body) await routeAll(job, event, body, deps);
  else await forgetMatch(job, deps);
}

export const dispatch =
  (deps: Deps) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const { messages, unreadable } = receivedMessages(event, (body) => deliveryJobSchema.parse(body));
    const failed = [...unreadable];
    const [toMatch, toSend] = [
      messages.filter(({ body }) => body.rule === anyRule),
      messages.filter(({ body }) => body.rule !== anyRule),
    ];
    for (const message of toMatch)
      await matchEvent(message, deps).catch((error) => {
        deps.log({ warning: 'event_not_routed', fault: (error as Error).name, event: message.body.event }, 'warn');
        failed.push(message.id);
      });
    failed.push(...(await dispatchBatch(toSend, deps)));
    await deps.writeCounts();
    deps.log({ outcome: 'dispatched', records: event.Records.length, failed: failed.length });
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

const lambdaDeps = (): Deps => {
  const ports = deliveryPorts();
  return {
    ...ports,
    readDestination: destinationReader(),
    ...contentPorts(),
    readEvent: readEvents(),
    ...countedAttempts(attemptPort(), liveAttemptCounter(), ports.clock),
  };
};

export const handler = dispatch(lambdaDeps());
