/**
 * Wakes up for batches of the dispatch queue, and attempts the deliveries that are due. A delivery whose destination is unwell, slow,
 * limited or paused is put aside for its lane.
 */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { liveAttemptCounter } from '../shared/deliveries/dispatch/attempt-count.ts';
import { type ChainedPorts, receivedMessages } from '../shared/deliveries/dispatch/chained-queues.ts';
import { type CountedAttempts, countedAttempts } from '../shared/deliveries/dispatch/counted-attempts.ts';
import { type DeliveryJob, deliveryJobSchema } from '../shared/deliveries/dispatch/delivery-job.ts';
import { type DispatchBatchPorts, dispatchBatch, type Received } from '../shared/deliveries/dispatch/dispatch-batch.ts';
import {
  attemptPort,
  contentPorts,
  deliveryPorts,
  destinationReader,
  readEvents,
} from '../shared/deliveries/dispatch/function-ports.ts';
import { type MatchPorts, matchEvents } from '../shared/deliveries/dispatch/match-events.ts';
import { anyRule } from '../shared/deliveries/dispatch/route-event.ts';

/** What an invocation needs. */
interface Ports extends DispatchBatchPorts, MatchPorts {
  /** Writes the counts of the batch's attempts. */
  writeCounts: CountedAttempts['writeCounts'];
}

export type Deps = ChainedPorts<Ports>;

const standsForAll = ({ body }: Received<DeliveryJob>): boolean => body.rule === anyRule;

export const dispatch =
  (deps: Deps) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const { messages, unreadable, place } = receivedMessages(event, (body) => deliveryJobSchema.parse(body));
    const ports = { ...deps, queues: deps.queuesAt(place) };
    const failed = [...unreadable];
    failed.push(
      ...(await dispatchBatch(
        messages.filter((each) => !standsForAll(each)),
        ports,
      )),
    );
    await deps.writeCounts();
    // A match can take seconds, or end the function. By then all others are sent, and counted.
    failed.push(...(await matchEvents(messages.filter(standsForAll), ports)));
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
