/** Records of the Events table's stream, as Lambda hands them over. */
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import type { Guard } from '../../shared/auth.ts';
import type { StoredEvent } from '../../shared/event.ts';

/** What an endpoint that accepts a token is judged by. */
export const tokenGuard: Guard = {
  kind: 'token',
  accept: [{ in: 'query', name: 'token' }],
  secretFrom: 'operator',
  handshakes: [],
};

/** An item as JSON: bytes are base64. */
export function imageOf(event: StoredEvent): Record<string, AttributeValue> {
  const attributes = Object.entries(event).map(([name, value]): [string, AttributeValue] => {
    if (value instanceof Uint8Array) return [name, { B: Buffer.from(value).toString('base64') }];
    if (typeof value === 'boolean') return [name, { BOOL: value }];
    return [name, typeof value === 'number' ? { N: String(value) } : { S: String(value) }];
  });
  return { ...Object.fromEntries(attributes), shard: { S: 'c1#0' }, at: { S: 'later' } };
}

const written = (number: number, { id }: StoredEvent) => ({
  Keys: { id: { S: id } },
  SequenceNumber: String(100 + number),
  ApproximateCreationDateTime: Date.parse('2026-03-01T12:00:00Z') / 1000 + number,
});

const streamArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/events/stream/1';

export const inserted = (to: StoredEvent, number = 0): DynamoDBRecord => ({
  eventName: 'INSERT',
  eventSourceARN: streamArn,
  dynamodb: { ...written(number, to), NewImage: imageOf(to) },
});

export const modified = (from: StoredEvent, to: StoredEvent, number = 0): DynamoDBRecord => ({
  eventName: 'MODIFY',
  eventSourceARN: streamArn,
  dynamodb: { ...written(number, to), OldImage: imageOf(from), NewImage: imageOf(to) },
});

export const removed = (from: StoredEvent, number = 0): DynamoDBRecord => ({
  eventName: 'REMOVE',
  eventSourceARN: streamArn,
  dynamodb: { ...written(number, from), OldImage: imageOf(from) },
});
