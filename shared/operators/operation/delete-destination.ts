/** Deletes a destination. */

import type { Destination } from '../../deliveries/destination/destination.ts';
import type { DestinationTable } from '../../deliveries/destination/destination-table.ts';
import { mayStillCome, type RouteClaim } from '../../deliveries/route/route-use.ts';
import { inParallel } from '../../ground/base/parallel.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation } from './operation.ts';
import { claimant, type RoutesToPorts, readsAtOnce, rulesTo } from './routes-to.ts';
import type { Named } from './update-connection.ts';
import { requireDestination, updateDestination } from './update-destination.ts';

export interface DeleteDestinationPorts extends RoutesToPorts {
  destinations: DestinationTable;
}

/** Whether the connection of a claim routes events to a destination, or is about to. */
async function isInUse(
  destination: Destination,
  claim: RouteClaim,
  now: Date,
  ports: DeleteDestinationPorts,
): Promise<boolean> {
  const record = await claimant(claim, ports);
  return (
    record !== undefined && (mayStillCome(claim, record, now) || (await rulesTo(destination, record, ports)).length > 0)
  );
}

/** @throws a refusal if a connection routes events to the destination */
async function checkUse(destination: Destination, now: Date, ports: DeleteDestinationPorts): Promise<void> {
  const claims = await ports.routeUse.claims(destination.id);
  const used = await inParallel(claims, readsAtOnce, async (claim) =>
    (await isInUse(destination, claim, now, ports)) ? [claim.connection] : [],
  );
  const connections = used.flat().sort();
  if (connections.length === 0) return;
  throw new Refusal(
    'destination_in_use',
    `Routes lead to this destination: those of ${connections.join(', ')}. Change them first, or delete it with force.`,
    { connections },
  );
}

/**
 * First writes into the record who deletes the destination, then removes the record. The history needs the first write, because a
 * removal can't name the actor; and only after it the secret is deleted, because what somebody clears by hand keeps its secret. A
 * change of routes sees that write too: see `shared/deliveries/route/route-use.ts`.
 */
export const deleteDestination: Operation<Named & { force: boolean }, DeleteDestinationPorts, void> = async (
  { name, force },
  context,
  ports,
) => {
  const { actor, now } = context;
  if (!force) await checkUse(await requireDestination(name, ports), now, ports);
  const entry = { verb: 'delete', by: actor.id, at: now.toISOString() } as const;
  const marked = await updateDestination(name, context, ports, () => ({ change: {}, entry }));
  if (!force) await checkUse(marked, now, ports);
  if ((await ports.destinations.remove(marked)) === 'written') return;
  throw new Refusal(
    'superseded',
    'Another operator changed this destination at the same time. Read it, and delete it again.',
  );
};
