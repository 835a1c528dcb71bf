import type { DynamoDbStreamRecord } from '../dynamodb/dynamodb-stream-record.ts';

/** Records that are discarded after their last attempt, or because of their age. */
export interface DiscardedBatch {
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  functionArn: string;
  streamArn: string;
  records: readonly DynamoDbStreamRecord[];
  /** The number of calls of the function with these records. */
  calls: number;
  /** The last of these calls. Undefined if there was none. */
  lastCall?: { requestId: string; isFunctionError: boolean };
}

/** Here a table's stream has one shard. */
const shardId = 'shardId-00000000000000000001-00000001';

/** The object key in an S3 on-failure destination, in the form that AWS documents. */
export function invocationRecordKey(mappingId: string, now: Date, objectId: string): string {
  const [date = '', time = ''] = now.toISOString().slice(0, 19).split('T');
  const folder = `aws/lambda/${mappingId}/${shardId}/${date.replaceAll('-', '/')}`;
  return `${folder}/${date}T${time.replaceAll(':', '.')}-${objectId}`;
}

/** The invocation record that Lambda writes to an S3 destination. `payload` contains the whole event. */
export function invocationRecordBody(
  { condition, functionArn, streamArn, records, calls, lastCall }: DiscardedBatch,
  now: Date,
): string {
  return JSON.stringify({
    requestContext: {
      ...(lastCall && { requestId: lastCall.requestId }),
      functionArn,
      condition,
      approximateInvokeCount: calls,
    },
    ...(lastCall && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: lastCall.isFunctionError ? 'Unhandled' : null,
      },
    }),
    version: '1.0',
    timestamp: now.toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: records.at(0)?.dynamodb.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrivalOf(records.at(0)),
      approximateArrivalOfLastRecord: arrivalOf(records.at(-1)),
      batchSize: records.length,
      streamArn,
    },
    payload: JSON.stringify({ Records: records }),
  });
}

function arrivalOf(record: DynamoDbStreamRecord | undefined): string | undefined {
  if (!record) return undefined;
  return new Date(record.dynamodb.ApproximateCreationDateTime * 1000).toISOString().replace('.000Z', 'Z');
}
