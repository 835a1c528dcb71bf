/** Deconfigures an endpoint. Its URL never works again. */

import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { beforeDeconfigure } from '../../endpoints/endpoint/next-step.ts';
import { countEvents } from '../../events/event/event-count.ts';
import type { EventTable } from '../../events/event/event-table.ts';
import { clockSlackMs } from '../../events/event/replay-job.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation } from './operation.ts';
import { applyCommand, type ConnectionRecordPorts, type Named, requireConnection } from './update-connection.ts';

interface Ports extends ConnectionRecordPorts {
  /** With it, a refusal says how many events are held. */
  events?: Pick<EventTable, 'list'>;
}

/**
 * The refusal for an endpoint that has held events. It counts the events that would never be published, up to a limit.
 * Undefined if the endpoint is no longer held.
 */
async function heldRefusal(
  { id, endpoint }: Connection,
  now: Date,
  events: Pick<EventTable, 'list'>,
): Promise<Refusal | undefined> {
  if (!endpoint?.hold) return undefined;
  const { id: holdId, since: heldSince } = endpoint.hold;
  const from = new Date(Date.parse(heldSince) - clockSlackMs).toISOString();
  const { count, complete } = await countEvents(events, id, { from }, now, ({ held }) => held === holdId);
  const held = `${complete ? '' : 'at least '}${count} held ${count === 1 ? 'event' : 'events'}`;
  const { detail, ...ways } = beforeDeconfigure(endpoint, false, held);
  return new Refusal('held', detail, { heldSince, count, complete, ...ways });
}

export const deconfigureEndpoint: Operation<Named & { discardHeld: boolean }, Ports> = async (
  { name, discardHeld },
  context,
  ports,
) => {
  try {
    return await applyCommand(name, { verb: 'deconfigure', discardHeld }, context, ports);
  } catch (error) {
    if (!ports.events || !(error instanceof Refusal) || error.code !== 'held') throw error;
    throw (await heldRefusal(await requireConnection(name, ports), context.now, ports.events)) ?? error;
  }
};
