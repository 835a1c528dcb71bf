/** Who acts: an operator, a stack, or one of the functions by itself. */
/** `connection_admin` may do everything. `flow_designer` reads, never sees a token and changes no endpoint. */
export declare const roles: readonly ["connection_admin", "flow_designer"];
export type Role = (typeof roles)[number];
/** The lowest role that may call a route. `nobody`: everybody may, without an operator token. */
export type RouteRole = Role | 'nobody';
/**
 * Whether a role may call a route.
 * @param role undefined for a caller without an operator token
 */
export declare const mayCall: (role: Role | undefined, route: {
    role: RouteRole;
}) => boolean;
/** The programs that say by which of them an operator acts. The history shows it. `mcp`: the server for agents. */
export declare const vias: readonly ["mcp"];
export type Via = (typeof vias)[number];
/** The header of a request that says so. It is a claim: it can give a request fewer rights, and never more. */
export declare const viaHeader = "hooklatch-via";
/** The program that a header names. Undefined without the header, and for a program that this version does not know. */
export declare const viaOf: (header: string | undefined) => Via | undefined;
/** Who asks for a change. The id goes into the history. */
export interface Actor {
    id: string;
    role: Role;
    /** When the actor's own token ends. */
    expiresAt?: string | undefined;
    /** By which program, as that program says. */
    via?: Via | undefined;
}
/** The author and the time of a change. */
export interface Author {
    /** The id of the actor. */
    by: string;
    now: Date;
}
