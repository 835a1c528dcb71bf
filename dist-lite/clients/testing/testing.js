/**
 * What the package exports as `hooklatch/testing`: waits for webhooks in tests. It works in Jest, Vitest, Playwright and every other
 * runner, because it needs none of them.
 */
import { setTimeout as timer } from 'node:timers/promises';
import { apiWords } from "../../shared/ground/base/advice.js";
import { answerTexts } from "../../shared/operators/api/answer-text.js";
import { missedLines } from "../../shared/operators/wait/missed-text.js";
import { serverTime, waitForEvents, } from "../../shared/operators/wait/wait-for-events.js";
import { wantedFault } from "../../shared/operators/wait/waited-event.js";
export { ApiError, UnreachableError } from "../../shared/operators/api/api-error.js";
export { hooklatchClient } from "../../shared/operators/api/client.js";
/** The events did not come in time. The message says what came instead. */
export class TimeoutError extends Error {
    name = 'TimeoutError';
    /** The wanted events that came, if there were several to come. */
    events;
    missed;
    constructor(message, events, missed) {
        super(message);
        this.events = events;
        this.missed = missed;
    }
}
const defaultTimeoutMs = 30_000;
const words = (name) => answerTexts(apiWords, name, () => undefined);
const ports = { now: () => performance.now(), wait: (ms) => timer(ms) };
/** @throws TypeError if no time is meant */
function sinceOf(since) {
    if (since === undefined)
        return 0;
    const time = new Date(since);
    // A text without a zone would mean another time on another machine.
    const isTime = !Number.isNaN(time.getTime()) && (since instanceof Date || /(Z|[+-]\d\d:\d\d)$/.test(since));
    if (!isTime)
        throw new TypeError('since must be a Date, or a time with its zone, such as 2026-03-01T12:00:00Z.');
    return time.toISOString();
}
/** @throws TypeError if an option is wrong */
function requestOf({ since, timeoutMs = defaultTimeoutMs, count, ...wanted }) {
    const fault = wantedFault(wanted);
    if (fault !== undefined)
        throw new TypeError(fault);
    if (!Number.isInteger(count) || count < 1)
        throw new TypeError('count must be a whole number of at least 1.');
    if (!(timeoutMs >= 0 && timeoutMs <= 86_400_000))
        throw new TypeError('timeoutMs must be from 0 to a day.');
    return { ...wanted, count, timeoutMs, since: sinceOf(since) };
}
/**
 * Waits until so many wanted events have arrived, and looks back first.
 * @returns them in the order of their arrival
 * @throws TimeoutError if they do not come in time
 * @throws ApiError at once if the token is refused, or there is no such connection
 */
export async function waitForAll(client, options) {
    const request = requestOf(options);
    const { events, missed } = await waitForEvents(client, request, ports);
    if (!missed)
        return events;
    const lines = missedLines({ events, missed }, request, words(request.connection));
    throw new TimeoutError(lines.join('\n'), events, missed);
}
/** Waits for one event, as `waitForAll` does for several. */
export async function waitFor(client, options) {
    const [event] = await waitForAll(client, { ...options, count: 1 });
    return event;
}
/**
 * Runs a step, and waits for the events that it causes: those that arrive from the moment before it on.
 * @param run what causes them. They need not have come when it ends.
 */
export async function captureDuring(client, { count = 1, ...options }, run) {
    const { timeoutMs = defaultTimeoutMs } = requestOf({ ...options, count });
    const since = await serverTime(client, { connection: options.connection, timeoutMs }, ports);
    await run();
    return waitForAll(client, { ...options, count, since });
}
