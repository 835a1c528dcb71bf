import { ApiError, isPassing, UnreachableError } from "../api/api-error.js";
import { waitedEventOf } from "./waited-event.js";
/** The time from the beginning of a read to that of the next one, in ms. */
export const askEveryMs = 1_000;
/** How long one request may take, in ms. After that it is sent again. */
const requestMs = 10_000;
/** How long a request may take that is sent at the end. */
const lastRequestMs = 3_000;
/** The most events of a page of the API. */
const pageSize = '200';
const maxRejections = '5';
/** The time is up. */
export class TimeIsUp extends Error {
    /** Why there was no answer. */
    fault;
    constructor(fault) {
        super();
        this.fault = fault;
    }
}
export const clockOf = ({ now, wait, timeout = AbortSignal.timeout }, timeoutMs) => ({
    ...{ now, wait, timeout },
    end: now() + timeoutMs,
});
/** Fails when the signal aborts. */
const failureOn = (signal, ms) => new Promise((_, reject) => {
    const fail = () => reject(new UnreachableError(`The API did not answer within ${ms / 1_000} s.`));
    signal.addEventListener('abort', fail);
});
/** The answer of a request. A request that takes too long is ended and counts as a fault that passes. */
function withinTime(ask, { now, end, timeout }) {
    // A timer takes whole milliseconds alone, and the time of a process has fractions.
    const ms = Math.ceil(Math.min(requestMs, Math.max(lastRequestMs, end - now())));
    const signal = timeout(ms);
    return Promise.race([ask(signal), failureOn(signal, ms)]);
}
/**
 * Repeats a request once a second while the API does not answer.
 * @throws TimeIsUp, and every error that does not pass, such as that of a revoked token
 */
async function persistently(ask, clock) {
    const { now, wait, end } = clock;
    for (;;) {
        const begun = now();
        try {
            return await withinTime(ask, clock);
        }
        catch (error) {
            if (!isPassing(error))
                throw error;
            if (begun >= end)
                throw new TimeIsUp(error);
            await wait(Math.max(0, Math.min(begun + askEveryMs, end) - now()));
        }
    }
}
/** Asks the API about one connection. */
export class ConnectionAsker {
    #client;
    #params;
    #clock;
    hasAnswered = false;
    constructor(client, name, clock) {
        this.#client = client;
        this.#params = { name };
        this.#clock = clock;
    }
    list = async (query) => {
        const request = { params: this.#params, query: { limit: pageSize, ...query } };
        const page = await persistently((signal) => this.#client.call('GET /v1/connections/{name}/events', { ...request, signal }), this.#clock);
        this.hasAnswered = true;
        return page;
    };
    /** An event. Undefined if it is gone. */
    async read(id) {
        const key = 'GET /v1/connections/{name}/events/{id}';
        try {
            const ask = (signal) => this.#client.call(key, { params: { ...this.#params, id }, signal });
            return waitedEventOf(await persistently(ask, this.#clock));
        }
        catch (error) {
            if (error instanceof ApiError && error.code === 'event_not_found')
                return undefined;
            throw error;
        }
    }
    /** What was refused since the minute of this time, or in the last hour. Undefined if the API does not answer. */
    async rejections(since) {
        const key = 'GET /v1/connections/{name}/rejections';
        const query = { limit: maxRejections, ...(since !== undefined && { from: `${since.slice(0, 16)}:00.000Z` }) };
        const ask = (signal) => this.#client.call(key, { params: this.#params, query, signal });
        try {
            return (await withinTime(ask, this.#clock)).items;
        }
        catch (error) {
            // It tells those of 31 days at most, and none of a time that is to come by its clock.
            if (since !== undefined && error instanceof ApiError && error.code === 'invalid_range')
                return this.rejections(undefined);
            if (isPassing(error))
                return undefined;
            throw error;
        }
    }
}
