/** Which connections route events to a destination. */

import type { Destination } from '../../deliveries/destination/destination.ts';
import type { ReadRoutes } from '../../deliveries/route/route-table.ts';
import type { RouteClaim, RouteUse } from '../../deliveries/route/route-use.ts';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import { inParallel } from '../../ground/base/parallel.ts';

export interface RoutesToPorts {
  store: Pick<StateTable, 'readConnection'>;
  readRoutes: ReadRoutes;
  routeUse: Pick<RouteUse, 'claims'>;
}

/** Connections that are read at a time. */
export const readsAtOnce = 10;

/** The rules of a connection that lead to a destination, by their ids. */
export interface RoutesTo {
  connection: string;
  rules: string[];
}

/** The connection of a claim. Undefined if it is gone, or another has its name now. */
export async function claimant(claim: RouteClaim, { store }: RoutesToPorts): Promise<Connection | undefined> {
  const record = await store.readConnection(claim.connection);
  return record?.id === claim.connectionId ? record : undefined;
}

/** The ids of the rules of a connection that lead to a destination. */
export async function rulesTo(
  { id }: Destination,
  { routes }: Connection,
  { readRoutes }: RoutesToPorts,
): Promise<string[]> {
  const { rules = [] } = (routes === undefined ? undefined : await readRoutes(routes)) ?? {};
  return rules.filter(({ to }) => to.id === id).map((rule) => rule.id);
}

/** All rules that lead to a destination, by connection. Reads each connection that ever named it. */
export async function routesTo(destination: Destination, ports: RoutesToPorts): Promise<RoutesTo[]> {
  const claims = await ports.routeUse.claims(destination.id);
  const found = await inParallel(claims, readsAtOnce, async (claim) => {
    const record = await claimant(claim, ports);
    const rules = record ? await rulesTo(destination, record, ports) : [];
    return { connection: claim.connection, rules };
  });
  return found
    .filter(({ rules }) => rules.length > 0)
    .sort((one, other) => (one.connection < other.connection ? -1 : 1));
}
