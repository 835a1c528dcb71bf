import { ServiceError } from '../aws/aws-service.ts';
import type { JsonService, PreparedJsonCall } from '../aws/json-service.ts';
import type { Wait } from '../eventbridge/abortable-wait.ts';
import { StartError } from '../start/start-error.ts';
import { MessageQueue } from './message-queue.ts';
import { MessageStore } from './message-store.ts';
import { queueProperties, takesDeadLettersOf } from './queue-properties.ts';
import { noSuchQueue, queryCodeOf } from './sqs-error.ts';
import { parseSqsInput, type SqsOperation, sqsInputs } from './sqs-input.ts';
import { sqsOperations } from './sqs-operations.ts';

/** The local runtime's SQS: standard queues on disk. */
export interface SqsService extends JsonService {
  /**
   * Opens a queue with the resolved properties of an AWS::SQS::Queue. A queue that exists keeps its messages. Throws an Error
   * that names the queue if a property is unknown or the name is taken.
   */
  createQueue(properties: Record<string, unknown>): Promise<MessageQueue>;
  /** Throws an Error that names a queue whose dead-letter queue does not exist or does not take its messages. */
  checkDeadLetterQueues(): void;
  /** The queue with this ARN. */
  queue(arn: string): MessageQueue | undefined;
}

export interface SqsOptions {
  /** The folder of the messages. It is made with the first queue. */
  folder: string;
  region: string;
  accountId: string;
  now: () => Date;
  wait: Wait;
}

const expiryIntervalMs = 60 * 60 * 1000;

/** Starts without queues. */
export function startSqs({ folder, region, accountId, now, wait }: SqsOptions): SqsService {
  const queues = new Map<string, MessageQueue>();
  const closing = new AbortController();
  const arnOf = (account: string, name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;
  let opened: Promise<MessageStore> | undefined;
  const expiry = setInterval(() => {
    // A failing store reports its errors to its users. The next interval tries again.
    for (const queue of queues.values()) void queue.expire().catch(() => {});
  }, expiryIntervalMs).unref();
  return {
    name: 'sqs',
    target: 'AmazonSQS',
    contentType: 'application/x-amz-json-1.0',
    errorPrefix: 'com.amazon.coral.service#',
    fault: 'com.amazonaws.sqs#InternalFailure',
    throttling: 'com.amazonaws.sqs#RequestThrottled',
    errorHeaders: (error) => ({
      'x-amzn-query-error': `${queryCodeOf(error)};${error.status < 500 ? 'Sender' : 'Receiver'}`,
    }),
    prepare: (operation, input) => prepare(queues, arnOf, operation, input),
    createQueue: async (given) => {
      const properties = queueProperties(given);
      const { QueueName: name } = properties;
      const arn = arnOf(accountId, name);
      if (queues.has(arn)) throw new Error(`Two queues are named ${name}: change the QueueName of one.`);
      opened ??= openStore(folder);
      const store = await opened;
      const states = await readStates(store, name);
      const find = (other: string) => queues.get(other);
      const queue = new MessageQueue({ arn, properties, store, states, find, now, wait, signal: closing.signal });
      await queue.expire();
      queues.set(arn, queue);
      return queue;
    },
    checkDeadLetterQueues: () => {
      for (const queue of queues.values()) checkDeadLetterQueue(queue, queues);
    },
    queue: (arn) => queues.get(arn),
    close: async () => {
      clearInterval(expiry);
      closing.abort();
      await (await opened)?.close();
    },
  };
}

/** A damaged folder is no fault of the queue that is made first, so it is reported without its name. */
const openStore = (folder: string): Promise<MessageStore> => MessageStore.open(folder).catch(asStartError);

const readStates = (store: MessageStore, queue: string) => store.states(queue).catch(asStartError);

function asStartError(error: Error): never {
  throw new StartError(error.message, { cause: error });
}

function checkDeadLetterQueue(
  { name, arn, properties }: MessageQueue,
  queues: ReadonlyMap<string, MessageQueue>,
): void {
  const target = properties.RedrivePolicy?.deadLetterTargetArn;
  if (target === undefined) return;
  const found = queues.get(target);
  if (!found) throw new Error(`The dead-letter queue of ${name} is not a queue of the template: ${target}`);
  if (takesDeadLettersOf(found.properties, arn)) return;
  throw new Error(
    `The dead-letter queue ${found.name} does not take messages of ${name}: its RedriveAllowPolicy says so`,
  );
}

function prepare(
  queues: ReadonlyMap<string, MessageQueue>,
  arnOf: (account: string, name: string) => string,
  operation: string,
  input: object,
): PreparedJsonCall {
  if (!isOperation(operation)) {
    throw new ServiceError(
      'com.amazon.coral.service#UnknownOperationException',
      `The local runtime's SQS has no operation ${operation}.`,
    );
  }
  const parsed = parseSqsInput(operation, input);
  const [, account = '', name = ''] = /^https?:\/\/[^/]+\/(\d+)\/([\w-]+)$/.exec(parsed.QueueUrl) ?? [];
  const arn = arnOf(account, name);
  const perform = sqsOperations[operation] as (queue: MessageQueue, input: object) => Promise<object>;
  return {
    // A batch needs the permission of its action on one message.
    requires: [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource: arn }],
    details: 'Entries' in parsed ? { entries: parsed.Entries.length } : {},
    run: async () => {
      const queue = queues.get(arn);
      if (!queue) throw noSuchQueue();
      return perform(queue, parsed);
    },
  };
}

function isOperation(operation: string): operation is SqsOperation {
  return Object.hasOwn(sqsInputs, operation);
}
