/**
 * The queues as one invocation uses them: what it receives says how long its chain is, and so does what it sends. The last invocation of a
 * chain sends nothing.
 */
import type { SQSEvent } from 'aws-lambda';
import { firstInChain, type InChain, maySendOn, placeAfter } from '../../ground/aws/invocation-chain.ts';
import type { Send } from '../../ground/aws/outgoing-message.ts';
import type { DeliveryJob, Target } from './delivery-job.ts';
import type { Received } from './dispatch-batch.ts';
import type { Queues } from './ports.ts';

/** The queues themselves. */
export interface SharedQueues {
  dispatch: Send<DeliveryJob & InChain>;
  overflow: Send<DeliveryJob & InChain>;
  lane: Send<Target & InChain>;
}

const sendFrom =
  <T extends object>(send: Send<T & InChain>, place: number): Send<T> =>
  async (messages) => {
    if (!maySendOn(place)) return [...messages];
    const sent = messages.map(({ body, ...rest }) => ({ ...rest, body: { ...body, chain: place } }));
    const refused = new Set(await send(sent));
    return messages.filter((_, at) => refused.has(sent[at] as (typeof sent)[number]));
  };

/** The ports of a function that something else of ours wakes: its queues depend on the place of each invocation in its chain. */
export type ChainedPorts<Ports extends { queues: Queues }> = Omit<Ports, 'queues'> & {
  queuesAt(place: number): Queues;
};

/** @param place of the invocation, in its chain */
export const queuesAt =
  ({ dispatch, overflow, lane }: SharedQueues) =>
  (place: number): Queues => ({
    dispatch: sendFrom(dispatch, place),
    overflow: sendFrom(overflow, place),
    lane: sendFrom(lane, place),
    isLast: !maySendOn(place),
  });

/**
 * The messages of a batch that Lambda read from a queue.
 * @param parse throws if the body is not of this queue
 * @returns the messages, and the ids of those that can't be read. They come again, and end as dead letters. `place` is that of the
 * invocation in its chain: AWS does not say which message of a batch counts, so the longest chain does
 */
export function receivedMessages<T>(
  { Records }: SQSEvent,
  parse: (body: unknown) => T,
): { messages: Received<T>[]; unreadable: string[]; place: number } {
  const messages: Received<T>[] = [];
  const unreadable: string[] = [];
  let place = firstInChain;
  for (const { messageId: id, body, attributes } of Records) {
    try {
      const sent: unknown = JSON.parse(body);
      messages.push({ id, body: parse(sent), receives: Number(attributes.ApproximateReceiveCount) });
      place = Math.max(place, placeAfter(sent));
    } catch {
      unreadable.push(id);
    }
  }
  return { messages, unreadable, place };
}
