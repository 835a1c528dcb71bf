/** Reads the rules that route the events of a connection to destinations. */

import type { ReadRoutes } from '../../deliveries/route/route-table.ts';
import type { Routes } from '../../deliveries/route/routes.ts';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import type { Operation } from './operation.ts';
import { type Named, requireConnection } from './update-connection.ts';

/** The rules of a connection, and its record. */
export interface ConnectionRoutes {
  connection: Connection;
  routes: Routes;
}

export const noRoutes: Routes = { mode: 'all', rules: [] };

export interface ReadRoutesPorts {
  store: Pick<StateTable, 'readConnection'>;
  readRoutes: ReadRoutes;
}

/**
 * The rules that a record names.
 * @throws if the list is gone, which only a change by hand can do
 */
export async function routesNamedBy({ routes: version }: Connection, readRoutes: ReadRoutes): Promise<Routes> {
  const routes = version === undefined ? noRoutes : await readRoutes(version);
  if (routes) return routes;
  throw new Error('the record names a list of routes that is not there');
}

export const readConnectionRoutes: Operation<Named, ReadRoutesPorts, ConnectionRoutes> = async ({ name }, _, ports) => {
  const connection = await requireConnection(name, ports);
  return { connection, routes: await routesNamedBy(connection, ports.readRoutes) };
};
