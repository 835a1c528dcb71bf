/**
 * Dead letters of the functions that read a stream: records they could not process, as objects in the dead-letter bucket.
 * The objects have the shape that Lambda writes for batches that are too old, so one tool can send both again.
 */
import { hash } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';

/** The parts that are needed to send a dead letter again: the function, and its batch as an object or as JSON text. */
export const deadLetterSchema = z.object({
  requestContext: z.object({ functionArn: z.string(), condition: z.string() }),
  payload: z.union([z.string(), z.record(z.string(), z.unknown())]),
});

/** The invocation that gave up on a record, from Lambda's context. */
export interface StreamInvocation {
  awsRequestId: string;
  invokedFunctionArn: string;
  functionVersion: string;
}

/** The time when a record was written, in ms since the epoch. 0 if the record has no such time. */
const timeOf = ({ dynamodb }: DynamoDBRecord): number => {
  const seconds = dynamodb?.ApproximateCreationDateTime ?? 0;
  // Any other number may be too large for a date.
  return seconds > 0 && seconds < 1e10 ? seconds * 1000 : 0;
};

/**
 * The object's key. Every attempt at a record has the same key. If the record fails again, the new object replaces the
 * old one.
 */
function objectKeyOf(record: DynamoDBRecord): string {
  const second = new Date(timeOf(record)).toISOString().slice(0, 19).replaceAll(':', '.');
  const id = record.dynamodb?.Keys?.['id']?.S ?? '';
  const name = /^\w{1,64}$/.test(id) ? id : 'unknown';
  return `refused/${second}-${name}-${hash('sha256', JSON.stringify(record)).slice(0, 16)}.json`;
}

/**
 * Makes the dead letter of one record.
 * @param code the reason in one word: the bus's error code, or `Unreadable`
 */
export function deadLetterOf(
  record: DynamoDBRecord,
  code: string,
  { awsRequestId, invokedFunctionArn, functionVersion }: StreamInvocation,
  now: Date,
): { key: string; text: string } {
  const at = new Date(timeOf(record)).toISOString();
  const sequenceNumber = record.dynamodb?.SequenceNumber;
  const deadLetter = {
    requestContext: {
      requestId: awsRequestId,
      functionArn: invokedFunctionArn,
      condition: code,
      approximateInvokeCount: 1,
    },
    responseContext: { statusCode: 200, executedVersion: functionVersion },
    version: '1.0',
    timestamp: now.toISOString(),
    DDBStreamBatchInfo: {
      startSequenceNumber: sequenceNumber,
      endSequenceNumber: sequenceNumber,
      approximateArrivalOfFirstRecord: at,
      approximateArrivalOfLastRecord: at,
      batchSize: 1,
      streamArn: record.eventSourceARN,
    },
    payload: JSON.stringify({ Records: [record] }),
  };
  return { key: objectKeyOf(record), text: JSON.stringify(deadLetter) };
}
