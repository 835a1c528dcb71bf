import { attributesDigest, bodyDigest } from '../sqs/message-digest.ts';
import type { ReceivedMessage } from '../sqs/message-queue.ts';
import { systemAttributes } from '../sqs/sqs-operations.ts';

/** A message as Lambda passes it to a function. */
export interface QueueRecord {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: Record<string, string>;
  messageAttributes: Record<string, object>;
  md5OfBody: string;
  md5OfMessageAttributes?: string;
  eventSource: 'aws:sqs';
  eventSourceARN: string;
  awsRegion: string;
}

export function queueRecord(message: ReceivedMessage, eventSourceARN: string, awsRegion: string): QueueRecord {
  const { id, handle, content } = message;
  const digest = attributesDigest(content.attributes);
  const messageAttributes = Object.entries(content.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => {
    const value = StringValue === undefined ? { binaryValue: BinaryValue } : { stringValue: StringValue };
    return [name, { ...value, stringListValues: [], binaryListValues: [], dataType: DataType }];
  });
  return {
    messageId: id,
    receiptHandle: handle,
    body: content.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(messageAttributes),
    md5OfBody: bodyDigest(content.body),
    ...(digest !== undefined && { md5OfMessageAttributes: digest }),
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion,
  };
}

/** A record as filters see it: a body of JSON is what it says, and not its text. */
export function filteredRecord(record: QueueRecord): object {
  return { ...record, body: parsedOrText(record.body) };
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
