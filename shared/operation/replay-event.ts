/** Publishes an event again. */
import { Refusal } from '../base/refusal.ts';
import type { StateTable } from '../endpoint/state-table.ts';
import { eventIdForm } from '../event/event-id.ts';
import type { Republisher } from '../event/republish.ts';
import type { Operation } from './operation.ts';
import { type Named, requireConnection } from './update-connection.ts';

export const eventNotFound = (): Refusal =>
  new Refusal('event_not_found', 'This connection has no event with this id. The event may have expired.');

/**
 * Checks the form of an event's id.
 * @throws a refusal if no event can have it
 */
export function checkEventId(id: string): void {
  if (!eventIdForm.test(id)) throw eventNotFound();
}

interface Ports {
  store: Pick<StateTable, 'readConnection'>;
  republisher: Republisher;
}

/**
 * Raises the event's count of replays. The stream carries that change to the relay, which publishes the event.
 * @returns the number of replays
 */
export const replayEvent: Operation<Named & { id: string }, Ports, number> = async (
  { name, id },
  { actor, now },
  ports,
) => {
  const { id: connectionId, endpoint, routes } = await requireConnection(name, ports);
  checkEventId(id);
  const replayed = await ports.republisher.replay(id, {
    connectionId,
    hold: endpoint?.hold?.id,
    routes,
    by: actor.id,
    now,
  });
  if (replayed.kind === 'replayed') return replayed.replays;
  if (replayed.kind !== 'held') throw eventNotFound();
  throw new Refusal('held', 'This event is held and was never published. Release the endpoint to publish it.');
};
