/** Deletes a destination. */

import type { Destination } from '../../deliveries/destination/destination.ts';
import type { DestinationTable } from '../../deliveries/destination/destination-table.ts';
import type { ReadRoutes } from '../../deliveries/route/route-table.ts';
import { mayStillCome, type RouteClaim, type RouteUse } from '../../deliveries/route/route-use.ts';
import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import { inParallel } from '../../ground/base/parallel.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation } from './operation.ts';
import type { Named } from './update-connection.ts';
import { requireDestination, updateDestination } from './update-destination.ts';

export interface DeleteDestinationPorts {
  destinations: DestinationTable;
  store: Pick<StateTable, 'readConnection'>;
  readRoutes: ReadRoutes;
  routeUse: Pick<RouteUse, 'claims'>;
}

/** Connections that are read at a time. */
const readsAtOnce = 10;

/** Whether the connection of a claim routes events to a destination, or is about to. */
async function isInUse(
  { id }: Destination,
  claim: RouteClaim,
  now: Date,
  { store, readRoutes }: DeleteDestinationPorts,
): Promise<boolean> {
  const record = await store.readConnection(claim.connection);
  if (record?.id !== claim.connectionId) return false;
  if (mayStillCome(claim, record, now)) return true;
  const routes = record.routes === undefined ? undefined : await readRoutes(record.routes);
  return routes?.rules.some(({ to }) => to.id === id) ?? false;
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
