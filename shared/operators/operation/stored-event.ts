/** Reads a stored event of a connection, with its exact body. */

import type { Connection } from '../../endpoints/endpoint/connection.ts';
import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import type { BodyStore } from '../../events/event/body-place.ts';
import type { StoredEvent } from '../../events/event/event.ts';
import { eventIdForm } from '../../events/event/event-id.ts';
import type { EventTable } from '../../events/event/event-table.ts';
import { Refusal } from '../../ground/base/refusal.ts';

export const eventNotFound = (): Refusal =>
  new Refusal('event_not_found', 'This connection has no event with this id. The event may have expired.');

/**
 * Checks the form of an event's id.
 * @throws a refusal if no event can have it
 */
export function checkEventId(id: string): void {
  if (!eventIdForm.test(id)) throw eventNotFound();
}

/** So many events fit on a page of a list. */
const mostEvents = 50;

/**
 * The ids of events in a query: 1 to 50, with commas between them.
 * @throws a refusal if one can be no event's id, or if there are too many
 */
export function eventIdsIn(text: string): string[] {
  const ids = [...new Set(text.split(','))];
  if (ids.length <= mostEvents && ids.every((id) => eventIdForm.test(id))) return ids;
  throw new Refusal('invalid_request', `events must be 1 to ${mostEvents} ids of events, with commas between them.`);
}

/** DynamoDB may keep an event for some time after it expires. Operators don't see the event in that time. */
export const isExpiredEvent = ({ expiresAt }: StoredEvent, now: Date): boolean => expiresAt * 1000 <= now.getTime();

export interface StoredEventPorts {
  events: Pick<EventTable, 'read'>;
  readBody: BodyStore['read'];
}

/**
 * The connection of an event of which only the id is known.
 * @throws a refusal if no connection has such an event
 */
export async function connectionOfEvent(
  id: string,
  now: Date,
  { events, store }: Pick<StoredEventPorts, 'events'> & { store: Pick<StateTable, 'readConnection'> },
): Promise<Connection> {
  const event = eventIdForm.test(id) ? await events.read(id) : undefined;
  if (event && !isExpiredEvent(event, now)) {
    const connection = await store.readConnection(event.connection);
    // After its connection was deleted, another one may have the name.
    if (connection?.id === event.connectionId) return connection;
  }
  throw new Refusal('event_not_found', 'No connection has an event with this id. The event may have expired.');
}

/** @throws a refusal if the connection has no such event */
export async function requireEvent(
  connection: Connection,
  id: string,
  now: Date,
  { events }: Pick<StoredEventPorts, 'events'>,
): Promise<StoredEvent> {
  checkEventId(id);
  const event = await events.read(id);
  if (event?.connectionId !== connection.id || isExpiredEvent(event, now)) throw eventNotFound();
  return event;
}

/** @throws a refusal if the connection has no such event, or if somebody removed its body */
export async function readStoredEvent(
  connection: Connection,
  id: string,
  now: Date,
  ports: StoredEventPorts,
): Promise<{ event: StoredEvent; body: Buffer }> {
  const event = await requireEvent(connection, id, now, ports);
  return { event, body: await exactBodyOf(event, ports.readBody) };
}

/**
 * Reads a large body from its bucket.
 * @throws a refusal if it is gone
 */
async function exactBodyOf({ body, bodyKey }: StoredEvent, readBody: BodyStore['read']): Promise<Buffer> {
  if (bodyKey === undefined) return body;
  const large = await readBody(bodyKey);
  if (large) return large;
  throw new Refusal(
    'body_missing',
    "The event is stored, but somebody removed its body from the bodies bucket. The body can't be restored.",
  );
}
