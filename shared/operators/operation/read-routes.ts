/** Reads the rules that route the events of a connection to destinations. */
import type { Connection } from '../endpoint/connection.ts';
import type { StateTable } from '../endpoint/state-table.ts';
import type { ReadRoutes } from '../route/route-table.ts';
import type { Routes } from '../route/routes.ts';
import type { Operation } from './operation.ts';
import { type Named, requireConnection } from './update-connection.ts';

/** The rules of a connection, and its record. */
export interface RoutesInForce {
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

export const readConnectionRoutes: Operation<Named, ReadRoutesPorts, RoutesInForce> = async ({ name }, _, ports) => {
  const connection = await requireConnection(name, ports);
  return { connection, routes: await routesNamedBy(connection, ports.readRoutes) };
};
