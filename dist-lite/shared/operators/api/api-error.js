/** The errors of a client of the operators' API. No message contains the operator token. */
/** Nothing answers, or what answers is not Hooklatch. */
export class UnreachableError extends Error {
    name = 'UnreachableError';
}
/** An error answer of the API. */
export class ApiError extends Error {
    name = 'ApiError';
    status;
    /** For programs, such as `token_exists`. */
    code;
    /** For people: what to do. */
    detail;
    /** API Gateway's id of the request. Undefined if the answer has none. */
    requestId;
    /** The whole problem. */
    problem;
    constructor(status, problem, requestId) {
        const { code, detail } = problem;
        super(String(detail));
        this.status = status;
        this.code = String(code);
        this.detail = String(detail);
        this.requestId = requestId;
        this.problem = problem;
    }
}
/** Whether the error passes: a read that is repeated may succeed. */
export const isPassing = (error) => error instanceof UnreachableError || (error instanceof ApiError && (error.status === 429 || error.status >= 500));
/** What API Gateway's own answers mean. They have no code and no detail. */
const gatewayProblems = {
    403: {
        code: 'forbidden',
        detail: 'The operator token is unknown, expired or revoked, or it is a bootstrap token that is closed. Log in with another one.',
    },
    429: { code: 'too_many_requests', detail: 'The API is busy. Try again later.' },
    500: { code: 'internal_error', detail: 'The deployment has an error. Look at its alarms and its logs.' },
    503: {
        code: 'service_unavailable',
        detail: 'The API did not answer in time. It may have carried out the request: look before you repeat it.',
    },
};
const isObject = (json) => typeof json === 'object' && json !== null;
/** The error of an answer. `json` is its body, or undefined if that is not JSON. */
export function apiErrorOf({ status, url, headers }, json) {
    const requestId = headers.get('apigw-requestid') ?? undefined;
    if (isObject(json) && typeof json['code'] === 'string' && typeof json['detail'] === 'string') {
        return new ApiError(status, json, typeof json['requestId'] === 'string' ? json['requestId'] : requestId);
    }
    const known = gatewayProblems[status];
    if (known && isObject(json) && 'message' in json)
        return new ApiError(status, known, requestId);
    const origin = URL.parse(url)?.origin ?? 'The URL';
    return new UnreachableError(`${origin} answered ${status}, but not as Hooklatch does. Check the URL of the deployment.`);
}
