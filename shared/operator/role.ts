/** `connection_admin` may do everything. `flow_designer` reads, never sees a token and changes no endpoint. */
export const roles = ['connection_admin', 'flow_designer'] as const;
export type Role = (typeof roles)[number];

/** The lowest role that may call a route. `nobody`: everybody may, without an operator token. */
export type RouteRole = Role | 'nobody';

/**
 * Whether a role may call a route.
 * @param role undefined for a caller without an operator token
 */
export const mayCall = (role: Role | undefined, route: { role: RouteRole }): boolean =>
  route.role === 'nobody' || role === 'connection_admin' || role === route.role;
