/**
 * A failure: what a function that reads a stream could not carry on, as an object of the failures bucket. It has the
 * shape of the objects that Lambda itself writes for batches that grew too old, so that both are sent again alike.
 */
import { hash } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';

/** What sending again needs to know: whose batch it was, and the batch as the function was given it, as text or as it is. */
export const deadLetterSchema = z.object({
  requestContext: z.object({ functionArn: z.string(), condition: z.string() }),
  payload: z.union([z.string(), z.record(z.string(), z.unknown())]),
});

/** Who gave a record up: what Lambda's context says of the function. */
export interface StreamInvocation {
  awsRequestId: string;
  invokedFunctionArn: string;
  functionVersion: string;
}

/** When a record was written, in ms since the epoch; 0 for a record that does not say. */
const timeOf = ({ dynamodb }: DynamoDBRecord): number => {
  const seconds = dynamodb?.ApproximateCreationDateTime;
  return typeof seconds === 'number' && seconds > 0 && seconds < 1e10 ? seconds * 1000 : 0;
};

/** The same for every try with the same record: it is kept once, and known again when it fails once more. */
function objectKeyOf(record: DynamoDBRecord): string {
  const second = new Date(timeOf(record)).toISOString().slice(0, 19).replaceAll(':', '.');
  const id = record.dynamodb?.Keys?.['id']?.S ?? '';
  const name = /^\w{1,64}$/.test(id) ? id : 'unknown';
  return `refused/${second}-${name}-${hash('sha256', JSON.stringify(record)).slice(0, 16)}.json`;
}

/**
 * Makes the object of one record that was given up.
 * @param code why, in one word: the bus's own, or `Unreadable`
 */
export function deadLetterOf(
  record: DynamoDBRecord,
  code: string,
  { awsRequestId, invokedFunctionArn, functionVersion }: StreamInvocation,
  now: Date,
): { key: string; text: string } {
  const at = new Date(timeOf(record)).toISOString();
  const sequenceNumber = record.dynamodb?.SequenceNumber;
  const failure = {
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
  return { key: objectKeyOf(record), text: JSON.stringify(failure) };
}
