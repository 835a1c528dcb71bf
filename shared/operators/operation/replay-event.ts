/** Publishes an event again. */

import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import type { Republisher } from '../../events/event/republish.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation } from './operation.ts';
import { checkEventId, eventNotFound } from './stored-event.ts';
import { type Named, requireConnection } from './update-connection.ts';

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
