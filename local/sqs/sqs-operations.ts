import { ServiceError } from '../aws/aws-service.ts';
import { attributesDigest, bodyDigest } from './message-digest.ts';
import type { MessageQueue, NewMessage, ReceivedMessage } from './message-queue.ts';
import { sqsError } from './sqs-error.ts';
import {
  type BatchEntry,
  type BatchOperation,
  checkBatch,
  checkBatchSize,
  checkMessageSize,
  parseEntry,
  readMessage,
  type SqsInput,
  type SqsOperation,
} from './sqs-input.ts';

/** The operations. Each throws a ServiceError for an invalid request. */
export const sqsOperations: { [O in SqsOperation]: (queue: MessageQueue, input: SqsInput<O>) => Promise<object> } = {
  SendMessage: async (queue, input) => {
    const message = messageFor(queue, input);
    const [id = ''] = await queue.send([message]);
    return sentAnswer(id, message);
  },
  SendMessageBatch: async (queue, { Entries }) => {
    const read = readEntries('SendMessageBatch', Entries, readMessage);
    checkBatchSize(read.entries.map(({ value }) => value));
    const checked = await eachEntry(read, async ({ value }) =>
      checkMessageSize(value, queue.properties.MaximumMessageSize),
    );
    const accepted = read.entries.filter(({ Id }) => checked.Successful.some((each) => each.Id === Id));
    const ids = await queue.send(accepted.map(({ value }) => value));
    const Successful = accepted.map(({ Id, value }, at) => ({ Id, ...sentAnswer(ids[at] ?? '', value) }));
    return { Successful, Failed: checked.Failed };
  },
  ReceiveMessage: async (queue, input) => {
    const { WaitTimeSeconds: seconds = queue.properties.ReceiveMessageWaitTimeSeconds } = input;
    const Messages = await queue.receive({
      limit: input.MaxNumberOfMessages,
      visibilitySeconds: input.VisibilityTimeout,
      waitMs: seconds * 1_000,
    });
    return Messages.length === 0 ? {} : { Messages: Messages.map((message) => receivedAnswer(message, input)) };
  },
  DeleteMessage: async (queue, { ReceiptHandle }) => {
    await queue.delete(ReceiptHandle);
    return {};
  },
  DeleteMessageBatch: async (queue, { Entries }) =>
    eachEntry(readEntries('DeleteMessageBatch', Entries), ({ value }) => queue.delete(value.ReceiptHandle)),
  ChangeMessageVisibility: async (queue, { ReceiptHandle, VisibilityTimeout }) => {
    await queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
    return {};
  },
  ChangeMessageVisibilityBatch: async (queue, { Entries }) =>
    eachEntry(readEntries('ChangeMessageVisibilityBatch', Entries), ({ value }) =>
      queue.changeVisibility(value.ReceiptHandle, value.VisibilityTimeout),
    ),
  GetQueueAttributes: async (queue, { AttributeNames = [] }) => {
    const all = queueAttributes(queue);
    const unknown = AttributeNames.find((name) => name !== 'All' && !Object.hasOwn(all, name));
    if (unknown !== undefined) {
      throw sqsError('InvalidAttributeName', `The local runtime's SQS does not know the attribute ${unknown}.`);
    }
    const wanted = Object.entries(all).filter(
      ([name, value]) => value !== undefined && (AttributeNames.includes('All') || AttributeNames.includes(name)),
    );
    return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
  },
};

/** The message that a call sends to this queue. */
function messageFor(queue: MessageQueue, input: Omit<SqsInput<'SendMessage'>, 'QueueUrl'>): NewMessage {
  const message = readMessage(input);
  checkMessageSize(message, queue.properties.MaximumMessageSize);
  return message;
}

interface FailedEntry {
  Id: string;
  SenderFault: boolean;
  Code: string;
  Message: string;
}

/** The entries of a batch that can be understood, and the failures of the others. */
interface ReadEntries<T> {
  entries: { Id: string; value: T }[];
  failed: FailedEntry[];
}

/** Reads a batch's entries. Throws a ServiceError if the batch is wrong as a whole. */
function readEntries<O extends BatchOperation, T = BatchEntry<O>>(
  operation: O,
  given: readonly { Id: string }[],
  read: (entry: BatchEntry<O>) => T = (entry) => entry as unknown as T,
): ReadEntries<T> {
  checkBatch(given);
  const result: ReadEntries<T> = { entries: [], failed: [] };
  for (const entry of given) {
    try {
      result.entries.push({ Id: entry.Id, value: read(parseEntry(operation, entry)) });
    } catch (error) {
      result.failed.push(failedEntry(entry.Id, error));
    }
  }
  return result;
}

/** Does something with each entry. The failure of one does not stop the others. */
async function eachEntry<T>(
  { entries, failed }: ReadEntries<T>,
  act: (entry: { Id: string; value: T }) => Promise<void>,
): Promise<{ Successful: { Id: string }[]; Failed: FailedEntry[] }> {
  const results = await Promise.all(
    entries.map((entry) =>
      act(entry).then(
        () => undefined,
        (error: unknown) => failedEntry(entry.Id, error),
      ),
    ),
  );
  const Failed = [...failed, ...results.filter((result) => result !== undefined)];
  const Successful = entries.filter((_, at) => results[at] === undefined).map(({ Id }) => ({ Id }));
  return { Successful, Failed };
}

/** A mistake of the caller fails its entry. A fault of the store fails the whole call, so that the caller repeats it. */
function failedEntry(Id: string, error: unknown): FailedEntry {
  if (!(error instanceof ServiceError)) throw error;
  return { Id, SenderFault: true, Code: error.type.replace(/^.*#/, ''), Message: error.message };
}

function sentAnswer(MessageId: string, { content: { body, attributes, traceHeader } }: NewMessage): object {
  const system = traceHeader && { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } };
  return {
    MessageId,
    MD5OfMessageBody: bodyDigest(body),
    ...named('MD5OfMessageAttributes', attributesDigest(attributes)),
    ...named('MD5OfMessageSystemAttributes', attributesDigest(system || {})),
  };
}

function receivedAnswer(message: ReceivedMessage, input: SqsInput<'ReceiveMessage'>): object {
  const { id: MessageId, handle: ReceiptHandle, content } = message;
  const wanted: string[] = [...input.AttributeNames, ...input.MessageSystemAttributeNames];
  const system = Object.entries(systemAttributes(message)).filter(
    ([name]) => wanted.includes('All') || wanted.includes(name),
  );
  const attributes = Object.entries(content.attributes).filter(([name]) =>
    (input.MessageAttributeNames ?? []).some((pattern) => matchesName(pattern, name)),
  );
  return {
    MessageId,
    ReceiptHandle,
    Body: content.body,
    MD5OfBody: bodyDigest(content.body),
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(attributes.length > 0 && { MessageAttributes: Object.fromEntries(attributes) }),
    ...named('MD5OfMessageAttributes', attributesDigest(Object.fromEntries(attributes))),
  };
}

/** `All` and `.*` match every attribute, `prefix.*` those that begin so. */
const matchesName = (pattern: string, name: string): boolean =>
  pattern === 'All' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2)));

/** The attributes that SQS itself gives a message. */
export function systemAttributes({ content, state }: ReceivedMessage): Record<string, string> {
  return {
    ApproximateReceiveCount: String(state.receives),
    SentTimestamp: String(state.sentAt),
    SenderId: localSender,
    ApproximateFirstReceiveTimestamp: String(state.firstReceivedAt),
    ...named('MessageGroupId', state.group),
    ...named('AWSTraceHeader', content.traceHeader),
    ...named('DeadLetterQueueSourceArn', state.deadLetterOf),
  };
}

/** On AWS it is the id of the role that sent the message. Roles have no such id here. */
const localSender = 'AROALOCALRUNTIME';

function queueAttributes(queue: MessageQueue): Record<string, string | undefined> {
  const { properties } = queue;
  const { visible, inFlight, delayed } = queue.counts();
  const asText = (value: object | undefined) => value && JSON.stringify(value);
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    DelaySeconds: String(properties.DelaySeconds),
    MaximumMessageSize: String(properties.MaximumMessageSize),
    MessageRetentionPeriod: String(properties.MessageRetentionPeriod),
    ReceiveMessageWaitTimeSeconds: String(properties.ReceiveMessageWaitTimeSeconds),
    VisibilityTimeout: String(properties.VisibilityTimeout),
    RedrivePolicy: asText(properties.RedrivePolicy),
    RedriveAllowPolicy: asText(properties.RedriveAllowPolicy),
  };
}

const named = (name: string, value: string | undefined): Record<string, string> =>
  value === undefined ? {} : { [name]: value };
