import type { PutRoutes, ReadRoutes } from '../../../../shared/deliveries/route/route-table.ts';
import type { RouteClaim, RouteUse } from '../../../../shared/deliveries/route/route-use.ts';
import { routesSchema } from '../../../../shared/deliveries/route/routes.ts';

/** What State has of routes besides records: the lists by their versions, and the claims by destination and connection. */
export function aRouteStore() {
  const lists = new Map<string, string>();
  const uses = new Map<string, Map<string, RouteClaim>>();
  const readRoutes: ReadRoutes = async (version) => {
    const content = lists.get(version);
    return content === undefined ? undefined : routesSchema.parse(JSON.parse(content));
  };
  const putRoutes: PutRoutes = async ({ version, content }) => void lists.set(version, content);
  const routeUse: RouteUse = {
    async claim(destinationId, claim) {
      const claims = uses.get(destinationId) ?? new Map<string, RouteClaim>();
      const earlier = claims.get(claim.connectionId);
      const isLater = !earlier || earlier.version < claim.version || earlier.at < claim.at;
      if (isLater) claims.set(claim.connectionId, claim);
      uses.set(destinationId, claims);
    },
    claims: async (destinationId) => [...(uses.get(destinationId)?.values() ?? [])],
  };
  return { lists, uses, readRoutes, putRoutes, routeUse };
}
