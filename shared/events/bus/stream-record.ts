/** Finds out what a record of the Events table's stream means to the relay. */
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { type StoredEvent, storedEventSchema } from '../event/event.ts';
import { attributeValuesOf, type EventAttributes, eventFromItem } from '../event/event-item.ts';
import type { Publication } from './publication.ts';

/** The relay's task for a record. An event under a hold waits while that hold is in force. */
export type RecordMeaning =
  | { kind: 'publish'; publication: Publication }
  | { kind: 'publishUnlessHeld'; publication: Publication }
  | { kind: 'nothing' };

/** The fields of the old image that show the kind of change. */
const oldImageSchema = z.pick(storedEventSchema, { receivedAt: true, held: true, replays: true });

function meaningOfArrival(event: StoredEvent): RecordMeaning {
  if (event.quiet) return { kind: 'nothing' };
  return { kind: event.held === undefined ? 'publish' : 'publishUnlessHeld', publication: { event } };
}

function meaningOfUpdate(earlier: z.infer<typeof oldImageSchema>, event: StoredEvent): RecordMeaning {
  // An expired event stays in the table for some time. An arrival with the same delivery id replaces it.
  if (event.receivedAt !== earlier.receivedAt) return meaningOfArrival(event);
  const { replays = 0 } = event;
  if (replays > (earlier.replays ?? 0)) return { kind: 'publish', publication: { event, replay: replays } };
  const isReleased = earlier.held !== undefined && event.held === undefined;
  return isReleased && !event.quiet ? { kind: 'publish', publication: { event } } : { kind: 'nothing' };
}

/**
 * Returns what a record means to the relay. A removed event needs no publication.
 * @throws if the record is not of this table
 */
export function recordMeaningOf({ eventName, dynamodb }: DynamoDBRecord): RecordMeaning {
  if (eventName === 'REMOVE') return { kind: 'nothing' };
  const event = eventFromItem((dynamodb?.NewImage ?? {}) as EventAttributes<string>);
  if (eventName === 'INSERT') return meaningOfArrival(event);
  if (eventName === 'MODIFY')
    return meaningOfUpdate(
      oldImageSchema.parse(attributeValuesOf((dynamodb?.OldImage ?? {}) as EventAttributes<string>)),
      event,
    );
  throw new Error('the record is not an INSERT, MODIFY or REMOVE');
}

/**
 * Whether the event's hold is in force. Hold ids are random, so a hold that has ended never comes back. A later connection
 * of the same name has another id.
 */
export const isUnderHold = (event: StoredEvent, connection: Connection | undefined): boolean =>
  event.held !== undefined && connection?.id === event.connectionId && connection.endpoint?.hold?.id === event.held;
