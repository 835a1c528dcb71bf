/** The errors of a client of the operators' API. No message contains the operator token. */
/** Nothing answers, or what answers is not Hooklatch. */
export declare class UnreachableError extends Error {
    name: string;
}
/** An error answer of the API. */
export declare class ApiError extends Error {
    name: string;
    readonly status: number;
    /** For programs, such as `token_exists`. */
    readonly code: string;
    /** For people: what to do. */
    readonly detail: string;
    /** API Gateway's id of the request. Undefined if the answer has none. */
    readonly requestId: string | undefined;
    /** The whole problem. */
    readonly problem: Readonly<Record<string, unknown>>;
    constructor(status: number, problem: Readonly<Record<string, unknown>>, requestId: string | undefined);
}
/** Whether the error passes: a read that is repeated may succeed. */
export declare const isPassing: (error: unknown) => error is Error;
/** The error of an answer. `json` is its body, or undefined if that is not JSON. */
export declare function apiErrorOf({ status, url, headers }: Response, json: unknown): ApiError | UnreachableError;
