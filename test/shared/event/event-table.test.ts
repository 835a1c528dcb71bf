import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { eventRowSchema, type StoredEvent } from '../../../shared/event/event.ts';
import { eventItemOf } from '../../../shared/event/event-item.ts';
import { type AppendResult, eventAppender, eventIndexAttributes } from '../../../shared/event/event-table.ts';
import { aStoredEvent } from './given-event.ts';

test('the deployed index has every field of a listed event', () => {
  // `id` is the table's key. Every index has it.
  const needed = Object.keys(eventRowSchema.shape).filter((name) => name !== 'id');
  // If this fails: keep the field out of the list, or make a new index as docs/decisions/0024-index-of-events.md says.
  expect(eventIndexAttributes).toEqual(expect.arrayContaining(needed));
});

/** Appends an event. @param first the event of the same id that the table has already */
function appended(event: StoredEvent, first: StoredEvent | undefined) {
  const send = async (command: { input: object }) => {
    if (!('Item' in command.input)) return { Item: first && eventItemOf(first, 4) };
    if (first) throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
    return {};
  };
  return eventAppender({ send } as unknown as DynamoDBClient, 'events', 4)(event);
}

const sent = (requestId: string, text: string) => aStoredEvent({ requestId, body: Buffer.from(text) });

test.each<[string, StoredEvent | undefined, AppendResult]>([
  ['is stored in an empty table', undefined, 'stored'],
  // The SDK repeats a write if its answer was lost. The sender must not read that its webhook is a duplicate.
  ['is stored if this request stored it already', sent('r1', '{}'), 'stored'],
  ['is a duplicate if another request stored the same bytes', sent('r2', '{}'), 'duplicate'],
  ['is in conflict if another request stored other bytes', sent('r2', '[]'), 'conflict'],
])('an event %s', async (_, first, expected) => {
  expect(await appended(sent('r1', '{}'), first)).toBe(expected);
});
