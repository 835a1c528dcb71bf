/** The messages of a batch that Lambda read from a queue. */
import type { SQSEvent } from 'aws-lambda';
import type { Received } from './dispatch-batch.ts';

/**
 * @param parse throws if the body is not of this queue
 * @returns the messages, and the ids of those that can't be read. They come again, and end as dead letters
 */
export function receivedMessages<T>(
  { Records }: SQSEvent,
  parse: (body: unknown) => T,
): { messages: Received<T>[]; unreadable: string[] } {
  const messages: Received<T>[] = [];
  const unreadable: string[] = [];
  for (const { messageId: id, body, attributes } of Records) {
    try {
      messages.push({ id, body: parse(JSON.parse(body)), receives: Number(attributes.ApproximateReceiveCount) });
    } catch {
      unreadable.push(id);
    }
  }
  return { messages, unreadable };
}
