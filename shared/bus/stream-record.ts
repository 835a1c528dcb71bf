/** A change of a stored event, as the stream of the Events table tells it, and what it means to the relay. */
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Connection } from '../endpoint/connection.ts';
import { type StoredEvent, storedEventSchema } from '../event/event.ts';
import { attributeValuesOf, type EventAttributes, eventFromItem } from '../event/event-item.ts';
import type { Publication } from './publication.ts';

/** What the relay has to do about a change. An event that came under a hold waits for as long as that hold is in force. */
export type RecordMeaning =
  | { kind: 'publish'; publication: Publication }
  | { kind: 'publishUnlessHeld'; publication: Publication }
  | { kind: 'nothing' };

/** What of the earlier state tells one change from another. */
const earlierSchema = z.pick(storedEventSchema, { receivedAt: true, held: true, replays: true });

function arrival(event: StoredEvent): RecordMeaning {
  if (event.quiet) return { kind: 'nothing' };
  return { kind: event.held === undefined ? 'publish' : 'publishUnlessHeld', publication: { event } };
}

function modification(earlier: z.infer<typeof earlierSchema>, event: StoredEvent): RecordMeaning {
  // DynamoDB leaves what is expired for a while, and a delivery with the same delivery id takes its place.
  if (event.receivedAt !== earlier.receivedAt) return arrival(event);
  const { replays = 0 } = event;
  if (replays > (earlier.replays ?? 0)) return { kind: 'publish', publication: { event, replay: replays } };
  const isReleased = earlier.held !== undefined && event.held === undefined;
  return isReleased && !event.quiet ? { kind: 'publish', publication: { event } } : { kind: 'nothing' };
}

/**
 * What a change means to the relay. An event that is gone is nothing to publish.
 * @throws on a record that is none of this table's
 */
export function recordMeaningOf({ eventName, dynamodb }: DynamoDBRecord): RecordMeaning {
  if (eventName === 'REMOVE') return { kind: 'nothing' };
  const event = eventFromItem((dynamodb?.NewImage ?? {}) as EventAttributes<string>);
  if (eventName === 'INSERT') return arrival(event);
  if (eventName === 'MODIFY')
    return modification(
      earlierSchema.parse(attributeValuesOf((dynamodb?.OldImage ?? {}) as EventAttributes<string>)),
      event,
    );
  throw new Error('a change is INSERT, MODIFY or REMOVE');
}

/**
 * Whether the hold that an event came under is in force. Hold ids are random, so one that is over stays over; and a later
 * connection of the same name knows nothing of it.
 */
export const isUnderHold = (event: StoredEvent, connection: Connection | undefined): boolean =>
  event.held !== undefined && connection?.id === event.connectionId && connection.endpoint?.hold?.id === event.held;
