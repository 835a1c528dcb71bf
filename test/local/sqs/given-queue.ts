/** Steps for tests of queues: the services on a clock of their own, and AWS's client. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Credentials, LocalAws, LocalAwsOptions } from '../../../local/aws/local-aws.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { anAws, sqs } from '../aws/given-aws.ts';

export const queueArn = (name = 'orders'): string => `arn:aws:sqs:eu-central-1:123456789012:${name}`;

export interface GivenQueue {
  aws: LocalAws;
  clock: VirtualClock;
  url: string;
  urlOf(name: string): string;
  /** Sends a command to the queues. */
  call: SQSClient['send'];
  /** Sends a command in the name of another caller. */
  callAs(credentials: Credentials): SQSClient['send'];
  send(body: string, more?: Partial<SendMessageCommandInput>): Promise<string>;
  receive(more?: Partial<ReceiveMessageCommandInput>): Promise<Message[]>;
  delete(message: Message | undefined): Promise<unknown>;
  hide(message: Message | undefined, seconds: number): Promise<unknown>;
  /** The numbers of visible, hidden and delayed messages. */
  counts(name?: string): Promise<number[]>;
}

/** The services with the queue `orders`, and then the others, in their order. */
export async function aQueue(
  properties: Record<string, unknown> = {},
  others: Record<string, unknown>[] = [],
  options: Partial<LocalAwsOptions> = {},
  clock = new VirtualClock(),
): Promise<GivenQueue> {
  const aws = await anAws({ now: clock.now, wait: clock.wait, ...options });
  for (const each of [{ QueueName: 'orders', ...properties }, ...others]) await aws.createQueue(each);
  aws.checkDeadLetterQueues();
  const urlOf = (name: string): string => `${aws.url}/123456789012/${name}`;
  const url = urlOf('orders');
  const callAs = (credentials: Credentials): SQSClient['send'] => {
    const client = sqs(aws, credentials);
    // The client signs with the time of this machine, unless it knows by how much that is wrong.
    const send: unknown = (command: never) => {
      client.config.systemClockOffset = clock.now().getTime() - Date.now();
      return client.send(command);
    };
    return send as SQSClient['send'];
  };
  const call = callAs(aws.administrator);
  return {
    aws,
    clock,
    url,
    urlOf,
    call,
    callAs,
    send: async (body, more) => {
      const { MessageId } = await call(new SendMessageCommand({ QueueUrl: url, MessageBody: body, ...more }));
      return MessageId ?? '';
    },
    receive: async (more) => {
      const { Messages = [] } = await call(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['All'],
          ...more,
        }),
      );
      return Messages;
    },
    delete: (message) => call(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle })),
    hide: (message, VisibilityTimeout) =>
      call(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: message?.ReceiptHandle,
          VisibilityTimeout,
        }),
      ),
    counts: async (name = 'orders') => {
      const { Attributes } = await call(
        new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ['All'] }),
      );
      return ['', 'NotVisible', 'Delayed'].map((kind) =>
        Number((Attributes as Record<string, string>)[`ApproximateNumberOfMessages${kind}`]),
      );
    },
  };
}

export const bodies = (messages: readonly Message[]): (string | undefined)[] => messages.map(({ Body }) => Body);

/** The number of times that a message was received. */
export const receives = ({ Attributes = {} }: Message): number => Number(Attributes['ApproximateReceiveCount']);
