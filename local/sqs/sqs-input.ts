import { z } from 'zod';
import { isBinary, messageBytes } from './message-digest.ts';
import type { NewMessage } from './message-queue.ts';
import { maxMessageBytes } from './queue-properties.ts';
import { invalidValue, sqsError } from './sqs-error.ts';
import type { MessageAttribute } from './stored-message.ts';

const queueUrl = z.string();

const messageAttribute = z.strictObject({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.base64().optional(),
});

const message = {
  MessageBody: z.string(),
  DelaySeconds: z.int().min(0).max(900).optional(),
  MessageAttributes: z.record(z.string(), messageAttribute).optional(),
  MessageSystemAttributes: z.strictObject({ AWSTraceHeader: messageAttribute.optional() }).optional(),
  MessageGroupId: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, 'it must have 1 to 128 letters, digits or punctuation marks')
    .optional(),
};

const receipt = { ReceiptHandle: z.string() };
const visibility = { ...receipt, VisibilityTimeout: z.int().min(0).max(43_200) };
const names = z.array(z.string()).optional();

/** What a receive may ask of each message. The two of FIFO queues are never there. */
const systemNames = z
  .array(
    z.enum([
      'All',
      'ApproximateFirstReceiveTimestamp',
      'ApproximateReceiveCount',
      'AWSTraceHeader',
      'DeadLetterQueueSourceArn',
      'MessageDeduplicationId',
      'MessageGroupId',
      'SenderId',
      'SentTimestamp',
      'SequenceNumber',
    ]),
  )
  .default([]);

/** A batch. Its entries are parsed one by one, because each of them can fail alone. */
const batch = { QueueUrl: queueUrl, Entries: z.array(z.looseObject({ Id: z.string() })).default([]) };

/** The parameters of each operation. Unknown ones are refused, FIFO queues' among them. */
export const sqsInputs = {
  SendMessage: z.strictObject({ QueueUrl: queueUrl, ...message }),
  SendMessageBatch: z.strictObject(batch),
  ReceiveMessage: z.strictObject({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: z.int().min(1).max(10).default(1),
    VisibilityTimeout: z.int().min(0).max(43_200).optional(),
    WaitTimeSeconds: z.int().min(0).max(20).optional(),
    AttributeNames: systemNames,
    MessageSystemAttributeNames: systemNames,
    MessageAttributeNames: names,
  }),
  DeleteMessage: z.strictObject({ QueueUrl: queueUrl, ...receipt }),
  DeleteMessageBatch: z.strictObject(batch),
  ChangeMessageVisibility: z.strictObject({ QueueUrl: queueUrl, ...visibility }),
  ChangeMessageVisibilityBatch: z.strictObject(batch),
  GetQueueAttributes: z.strictObject({ QueueUrl: queueUrl, AttributeNames: names }),
} as const;

export type SqsOperation = keyof typeof sqsInputs;
export type SqsInput<O extends SqsOperation> = z.infer<(typeof sqsInputs)[O]>;

/** The parameters of a batch's entries. */
export const entryInputs = {
  SendMessageBatch: z.strictObject({ Id: z.string(), ...message }),
  DeleteMessageBatch: z.strictObject({ Id: z.string(), ...receipt }),
  ChangeMessageVisibilityBatch: z.strictObject({ Id: z.string(), ...visibility }),
} as const;

export type BatchOperation = keyof typeof entryInputs;
export type BatchEntry<O extends BatchOperation> = z.infer<(typeof entryInputs)[O]>;

const maxEntries = 10;
const maxAttributes = 10;

/** The characters of XML 1.0. A lone surrogate is none. */
const bodyText = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]+$/u;
const attributeName = /^(?!\.|(?:aws|amazon)\.)(?!.*\.$)(?!.*\.\.)[\w.-]{1,256}$/i;
const attributeType = /^(String|Number|Binary)(\.[\x21-\x7e]+)?$/;
const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** Parses the input of an operation. Throws a ServiceError that quotes no value. */
export function parseSqsInput<O extends SqsOperation>(operation: O, input: object): SqsInput<O> {
  return parse<SqsInput<O>>(sqsInputs[operation], operation, input);
}

/** Parses an entry of a batch. Throws a ServiceError that quotes no value. */
export function parseEntry<O extends BatchOperation>(operation: O, entry: object): BatchEntry<O> {
  return parse<BatchEntry<O>>(entryInputs[operation], operation, entry);
}

function parse<T>(schema: z.ZodType, operation: string, input: object): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data as T;
  const [issue] = parsed.error.issues;
  const parameter = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const unknown = [...issue.path, issue.keys.join(', ')].join('.');
    throw sqsError('UnsupportedOperation', `The local runtime's SQS does not know ${unknown} of ${operation}.`);
  }
  if (issue && issue.code === 'invalid_type' && valueAt(input, issue.path) === undefined) {
    throw sqsError('MissingParameter', `The request must contain the parameter ${parameter}.`);
  }
  throw invalidValue(parameter, issue?.message ?? 'it is not understood');
}

const valueAt = (input: object, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input);

/** Checks the entries of a batch as a whole. Throws a ServiceError, and then no entry is carried out. */
export function checkBatch(entries: readonly { Id: string }[]): void {
  if (entries.length === 0) throw sqsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > maxEntries) {
    const message = `Maximum number of entries per request are ${maxEntries}. You have sent ${entries.length}.`;
    throw sqsError('TooManyEntriesInBatchRequest', message);
  }
  if (!entries.every(({ Id }) => /^[\w-]{1,80}$/.test(Id))) {
    const message =
      'A batch entry id can only contain letters, digits, hyphens and underscores, and at most 80 of them.';
    throw sqsError('InvalidBatchEntryId', message);
  }
  const ids = entries.map(({ Id }) => Id);
  const twin = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twin !== undefined) throw sqsError('BatchEntryIdsNotDistinct', `Id ${twin} repeated.`);
}

/** Refuses a batch whose messages are too large together. Entries that can't be understood count nothing. */
export function checkBatchSize(messages: readonly NewMessage[]): void {
  const size = messages.reduce((sum, { content }) => sum + messageBytes(content.body, content.attributes), 0);
  if (size <= maxMessageBytes) return;
  const message = `Batch requests cannot be longer than ${maxMessageBytes} bytes. You have sent ${size} bytes.`;
  throw sqsError('BatchRequestTooLong', message);
}

/** A message as `SendMessage` has it, and as an entry of a batch has it. */
type MessageInput = Omit<SqsInput<'SendMessage'>, 'QueueUrl'>;

/** The message to send. Throws a ServiceError if SQS would refuse its text or its attributes. */
export function readMessage(input: MessageInput): NewMessage {
  const { MessageBody: body, MessageAttributes: attributes = {}, MessageSystemAttributes: system } = input;
  if (!bodyText.test(body)) {
    const allowed = 'The body must have a character, and only those that XML 1.0 allows.';
    throw sqsError('InvalidMessageContents', allowed);
  }
  checkAttributes(attributes);
  const trace = system?.AWSTraceHeader;
  if (trace && (trace.DataType !== 'String' || !trace.StringValue)) {
    throw invalidValue('MessageSystemAttributes', 'AWSTraceHeader must be a String.');
  }
  const content = { body, attributes, ...(trace?.StringValue && { traceHeader: trace.StringValue }) };
  return { content, delaySeconds: input.DelaySeconds, group: input.MessageGroupId };
}

/** Refuses a message that is too large for a queue. */
export function checkMessageSize({ content }: NewMessage, limit: number): void {
  if (messageBytes(content.body, content.attributes) <= limit) return;
  throw invalidValue('MessageBody', `Message must be shorter than ${limit} bytes.`);
}

function checkAttributes(attributes: Readonly<Record<string, MessageAttribute>>): void {
  const all = Object.entries(attributes);
  if (all.length > maxAttributes) {
    throw invalidValue('MessageAttributes', `A message can have at most ${maxAttributes} attributes.`);
  }
  for (const [name, value] of all) {
    const problem = problemOf(name, value);
    if (problem) throw invalidValue(`MessageAttributes.${name}`, problem);
  }
}

function problemOf(name: string, { DataType, StringValue, BinaryValue }: MessageAttribute): string | undefined {
  if (!attributeName.test(name)) return 'The name of a message attribute is not valid.';
  if (!attributeType.test(DataType)) return 'The type must be String, Number or Binary, or begin with it and a dot.';
  const [given, other] = isBinary(DataType) ? [BinaryValue, StringValue] : [StringValue, BinaryValue];
  if (!given || other !== undefined) return `It must have a value of the type ${DataType}, and no other.`;
  if (DataType.startsWith('Number') && !decimal.test(given)) return "Can't cast the value to a number.";
  return undefined;
}
