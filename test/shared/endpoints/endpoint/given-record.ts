/** Records of the Events table's stream, as Lambda passes them. */
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import type { Guard } from '../../../../shared/endpoints/settings/auth.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import { eventItemOf } from '../../../../shared/events/event/event-item.ts';

/** The guard of an endpoint that accepts a token. */
export const tokenGuard: Guard = {
  kind: 'token',
  accept: [{ in: 'query', name: 'token' }],
  secretFrom: 'operator',
  handshakes: [],
};

/** An item as JSON: bytes are base64. */
export const imageOf = (event: StoredEvent): Record<string, AttributeValue> =>
  Object.fromEntries(
    Object.entries(eventItemOf(event, 4)).map(([name, value]): [string, AttributeValue] => [
      name,
      'B' in value ? { B: Buffer.from(value.B).toString('base64') } : value,
    ]),
  );

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
