/** Who acts: an operator, a stack, or one of the functions by itself. */
/** `connection_admin` may do everything. `flow_designer` reads, never sees a token and changes no endpoint. */
export const roles = ['connection_admin', 'flow_designer'];
/**
 * Whether a role may call a route.
 * @param role undefined for a caller without an operator token
 */
export const mayCall = (role, route) => route.role === 'nobody' || role === 'connection_admin' || role === route.role;
/** The programs that say by which of them an operator acts. The history shows it. `mcp`: the server for agents. */
export const vias = ['mcp'];
/** The header of a request that says so. It is a claim: it can give a request fewer rights, and never more. */
export const viaHeader = 'hooklatch-via';
/** The program that a header names. Undefined without the header, and for a program that this version does not know. */
export const viaOf = (header) => vias.find((each) => each === header);
