import { S3Client } from '@aws-sdk/client-s3';
import { expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import { deadLetterOf, deadLetterSchema } from '../../../../shared/ground/aws/dead-letter.ts';
import { deadLetterKeeper } from '../../../../shared/ground/aws/dead-letter-bucket.ts';
import { givenHttpServer } from '../../given-http-server.ts';

const { received, settings } = givenHttpServer();

const arn = 'arn:aws:lambda:eu-central-1:123456789012:function:relay';
const invocation = { awsRequestId: 'r-1', invokedFunctionArn: arn, functionVersion: '7' };
const now = new Date('2026-03-01T12:05:00.000Z');
const noon = Date.parse('2026-03-01T12:00:00Z') / 1000;
const streamArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/events/stream/1';

const aRecord = (dynamodb: DynamoDBRecord['dynamodb'] = {}): DynamoDBRecord => ({
  eventSourceARN: streamArn,
  dynamodb: { Keys: { id: { S: 'evt_1' } }, SequenceNumber: '100', ApproximateCreationDateTime: noon, ...dynamodb },
});

const keyOf = (record: DynamoDBRecord) => deadLetterOf(record, 'Unreadable', invocation, now).key;

test('a dead letter has the shape that Lambda writes', () => {
  const { text } = deadLetterOf(aRecord(), 'Unreadable', invocation, now);
  const { payload, ...rest } = JSON.parse(text);
  expect(rest).toEqual({
    requestContext: { requestId: 'r-1', functionArn: arn, condition: 'Unreadable', approximateInvokeCount: 1 },
    responseContext: { statusCode: 200, executedVersion: '7' },
    version: '1.0',
    timestamp: '2026-03-01T12:05:00.000Z',
    DDBStreamBatchInfo: {
      startSequenceNumber: '100',
      endSequenceNumber: '100',
      approximateArrivalOfFirstRecord: '2026-03-01T12:00:00.000Z',
      approximateArrivalOfLastRecord: '2026-03-01T12:00:00.000Z',
      batchSize: 1,
      streamArn,
    },
  });
  expect(JSON.parse(payload)).toEqual({ Records: [aRecord()] });
});

test('the schema keeps what is needed to send a dead letter again', () => {
  const { text } = deadLetterOf(aRecord(), 'Unreadable', invocation, now);
  expect(deadLetterSchema.parse(JSON.parse(text))).toEqual({
    requestContext: { functionArn: arn, condition: 'Unreadable' },
    payload: JSON.stringify({ Records: [aRecord()] }),
  });
  // Lambda writes the batch as an object if it is small.
  const written = { requestContext: { functionArn: arn, condition: 'RetriesExhausted' }, payload: { Records: [] } };
  expect(deadLetterSchema.parse(written)).toEqual(written);
});

test('each attempt at a record has the same key, and each record another one', () => {
  const first = keyOf(aRecord());
  expect(first).toMatch(/^refused\/2026-03-01T12\.00\.00-evt_1-[0-9a-f]{16}\.json$/);
  expect(deadLetterOf(aRecord(), 'ThrottlingException', { ...invocation, awsRequestId: 'r-2' }, new Date(0)).key).toBe(
    first,
  );
  expect(keyOf(aRecord({ SequenceNumber: '101' }))).not.toBe(first);
});

test.each<[string, DynamoDBRecord, string]>([
  ['64 characters', aRecord({ Keys: { id: { S: 'a'.repeat(64) } } }), 'a'.repeat(64)],
  ['65 characters', aRecord({ Keys: { id: { S: 'a'.repeat(65) } } }), 'unknown'],
  ['a slash at the start', aRecord({ Keys: { id: { S: '/a' } } }), 'unknown'],
  ['a slash at the end', aRecord({ Keys: { id: { S: 'a/' } } }), 'unknown'],
  ['another type', aRecord({ Keys: { id: { N: '1' } } }), 'unknown'],
  ['no key attribute', aRecord({ Keys: {} }), 'unknown'],
])('the key has the id of the record, or unknown: %s', (_, record, name) => {
  expect(keyOf(record)).toMatch(new RegExp(`^refused/2026-03-01T12\\.00\\.00-${name}-[0-9a-f]{16}\\.json$`));
});

test.each<[string, DynamoDBRecord]>([
  ['no data', {}],
  ['no keys', { dynamodb: {} }],
  ['the time zero', { dynamodb: { ApproximateCreationDateTime: 0 } }],
  ['a negative time', { dynamodb: { ApproximateCreationDateTime: -1 } }],
  ['a time that is no number', { dynamodb: { ApproximateCreationDateTime: Number.NaN } }],
  ['a time in milliseconds', { dynamodb: { ApproximateCreationDateTime: noon * 1000 } }],
  ['a time beyond all dates', { dynamodb: { ApproximateCreationDateTime: 1e10 } }],
])('a record with %s has a dead letter of 1970', (_, record) => {
  const { key, text } = deadLetterOf(record, 'Unreadable', invocation, now);
  expect(key).toMatch(/^refused\/1970-01-01T00\.00\.00-unknown-/);
  expect(JSON.parse(text).DDBStreamBatchInfo.approximateArrivalOfFirstRecord).toBe('1970-01-01T00:00:00.000Z');
});

test('a dead letter is an object of JSON in the bucket', async () => {
  const keep = deadLetterKeeper('failures', new S3Client({ ...settings, forcePathStyle: true, maxAttempts: 1 }));
  await keep('refused/1.json', '{"version":"1.0"}');
  expect(received).toMatchObject([
    { method: 'PUT', path: '/failures/refused/1.json?x-id=PutObject', body: '{"version":"1.0"}' },
  ]);
  expect(received[0]?.headers['content-type']).toBe('application/json');
});
