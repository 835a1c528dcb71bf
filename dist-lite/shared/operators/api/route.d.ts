/** A route of the HTTP API, and what the routes have in common. */
import * as z from 'zod/mini';
import type { RouteRole } from '../../ground/base/actor.ts';
export type FunctionName = 'api-connections' | 'api-deliveries' | 'api-destinations' | 'api-endpoint' | 'api-events' | 'api-operators' | 'api-routes' | 'api-self-test';
export interface Route {
    function: FunctionName;
    role: RouteRole;
    summary: string;
    body?: z.ZodMiniType;
    /** The largest body, in bytes. Default: 64 KiB. */
    maxRequestBytes?: number;
    query?: z.ZodMiniType;
    /** The statuses of its answers, apart from problems. Default: only 200. */
    statuses?: readonly (200 | 201 | 202 | 204)[];
    /** Whether the route answers with a file if the query asks for one. */
    download?: true;
    answer: z.ZodMiniType;
    /** What a `connection_admin` gets in its place, where it is more. The answer of every other caller loses what `answer` does not name. */
    adminAnswer?: z.ZodMiniType;
}
/** The names of the parameters in a route's key, such as `name` in `GET /v1/connections/{name}`. */
export type ParamName<Key> = Key extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamName<Rest> : never;
/** The query of a list. */
export declare const pageQuery: {
    limit: z.ZodMiniOptional<z.ZodMiniString<string>>;
    cursor: z.ZodMiniOptional<z.ZodMiniString<string>>;
};
export declare const optionalTime: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
/** The answer of a list. */
export declare const listOf: <T extends z.ZodMiniType>(item: T) => z.ZodMiniObject<{
    items: z.ZodMiniArray<T>;
    nextCursor: z.ZodMiniNullable<z.ZodMiniString<string>>;
}, z.core.$strip>;
