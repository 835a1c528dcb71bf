/** Sends messages to a queue of SQS. */
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Log } from './logger.ts';
import type { Outgoing, Send } from './outgoing-message.ts';

/** Creates the client of the queues, once per function instance. */
export const messageQueues = (): SQSClient => new SQSClient({});

/** The most messages of one call. */
const maxBatch = 10;
/** The longest delay of SQS, in seconds. */
const maxDelaySeconds = 900;

const delayOf = (ms = 0): number => Math.min(maxDelaySeconds, Math.max(0, Math.ceil(ms / 1000)));

function* inBatches<T>(messages: readonly T[]): Generator<T[]> {
  for (let at = 0; at < messages.length; at += maxBatch) yield messages.slice(at, at + maxBatch);
}

/**
 * @param groupOf the group of a message, within which a flood slows only its own messages. A message with a delay gets none: AWS
 * does not say whether it may have both. Everything must be right without groups.
 */
export function queueSender<T>(client: SQSClient, url: string, groupOf: (body: T) => string, log: Log): Send<T> {
  async function sendBatch(batch: readonly Outgoing<T>[]): Promise<Outgoing<T>[]> {
    const Entries = batch.map(({ body, delayMs }, at) => {
      const DelaySeconds = delayOf(delayMs);
      return {
        Id: `${at}`,
        MessageBody: JSON.stringify(body),
        ...(DelaySeconds > 0 ? { DelaySeconds } : { MessageGroupId: groupOf(body) }),
      };
    });
    try {
      const { Successful = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
      const taken = new Set(Successful.map(({ Id }) => Id));
      return batch.filter((_, at) => !taken.has(`${at}`));
    } catch (error) {
      log({ warning: 'not_queued', fault: (error as Error).name }, 'warn');
      return [...batch];
    }
  }
  return async (messages) => {
    const refused: Outgoing<T>[] = [];
    for (const batch of inBatches(messages)) refused.push(...(await sendBatch(batch)));
    return refused;
  };
}
