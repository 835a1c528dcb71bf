/**
 * A typed client of the operators' API. Its types come from the schemas of the routes. The import is type-only, so a
 * program that uses the client loads no schema.
 */
import type * as z from 'zod/mini';
import { type Via } from '../../ground/base/actor.ts';
import type { ParamName } from './route.ts';
import type { RouteKey, RouteTable } from './routes.ts';
/** What a client may send to a route as `query` or `body`. */
type Input<Key extends RouteKey, Part extends 'query' | 'body'> = RouteTable[Key] extends Record<Part, infer Schema extends z.ZodMiniType> ? z.input<Schema> : never;
/** A field that is absent without a value, optional if every part of the value is, and otherwise required. */
type Field<Name extends string, Value> = [Value] extends [never] ? {
    [Key in Name]?: never;
} : Record<never, never> extends Value ? {
    [Key in Name]?: Value;
} : {
    [Key in Name]: Value;
};
type Params<Key> = [ParamName<Key>] extends [never] ? never : Record<ParamName<Key>, string>;
/** A request to a route. */
export type ApiRequest<Key extends RouteKey> = Field<'params', Params<Key>> & Field<'query', Input<Key, 'query'>> & Field<'body', Input<Key, 'body'>> & {
    /** The version of the record that the operator has seen. If the record has another version, the answer is 412. */
    ifMatch?: number;
    /** Is told until when the answer counts, if it says so in its header `hooklatch-as-of`. */
    onAsOf?: (at: string) => void;
    /** Ends the request when it aborts, with an UnreachableError. */
    signal?: AbortSignal;
    /** The time after which the answer must have begun, in ms. Its body may take longer. */
    beginsWithinMs?: number;
};
/** The body that a route takes. */
export type ApiBody<Key extends RouteKey> = Input<Key, 'body'>;
/** The answer of a route, with what only an admin gets. Null if it has no body. */
export type ApiAnswer<Key extends RouteKey> = RouteTable[Key] extends {
    adminAnswer: infer Schema extends z.ZodMiniType;
} ? z.output<Schema> : z.output<RouteTable[Key]['answer']>;
type RequestArguments<Key extends RouteKey> = Record<never, never> extends ApiRequest<Key> ? [request?: ApiRequest<Key>] : [request: ApiRequest<Key>];
export interface ApiClient {
    /**
     * Sends a request. Waits and repeats it a few times if the API is busy.
     * @throws ApiError if the API answers with an error
     * @throws UnreachableError if no answer of Hooklatch comes
     * @throws ClientSettingError if a parameter of the path is empty, `.` or `..`
     */
    call<Key extends RouteKey>(key: Key, ...request: RequestArguments<Key>): Promise<ApiAnswer<Key>>;
}
export interface ApiClientOptions {
    /** The URL of the deployment, with or without `/v1`. */
    url: string;
    /** The operator token. */
    token: string;
    /** The program that asks, for the history. */
    via?: Via;
    fetch: typeof globalThis.fetch;
    /** Waits for some milliseconds. */
    wait: (ms: number) => Promise<void>;
    now: () => Date;
}
/** The URL, the token or a parameter of a path can't be used. */
export declare class ClientSettingError extends Error {
    name: string;
}
/**
 * Checks the URL of a deployment. Returns it without `/v1` and without a slash at its end.
 * @throws ClientSettingError if it is no URL, or if a token would travel unencrypted
 */
export declare function deploymentUrl(text: string): string;
/**
 * Makes a client for one deployment.
 * @throws ClientSettingError if the URL or the token can't be used
 */
export declare function apiClient(options: ApiClientOptions): ApiClient;
export {};
