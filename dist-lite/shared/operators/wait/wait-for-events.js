/**
 * Waits until wanted events have come. Asks once a second, by requests that are answered at once. `read-position.ts` says how no event is
 * missed: what the reader has not handled since its start is read again until the list is complete up to there.
 */
import { settlingMs } from "../../events/event/ingest-timeout.js";
import { inParallel } from "../../ground/base/parallel.js";
import { UnreachableError } from "../api/api-error.js";
import { askEveryMs, ConnectionAsker, clockOf, TimeIsUp, } from "./connection-asker.js";
import { liveBatches } from "./live-events.js";
import { startAt } from "./read-position.js";
import { matcherOf } from "./waited-event.js";
/** The most events that are read at the same time. */
const readsAtOnce = 8;
const maxNearMisses = 5;
/** The server's own time, which a list tells: it is complete up to a fixed time before that. The caller's clock may be wrong. */
async function timeOf({ list }) {
    const { upTo } = await list({ order: 'desc', limit: '1' });
    if (upTo === undefined)
        throw new UnreachableError('The list of events does not say up to when it is complete.');
    return Date.parse(upTo) + settlingMs;
}
/**
 * The time by the server's clock.
 * @throws UnreachableError if the API does not answer in time
 */
export async function serverTime(client, { connection, timeoutMs }, ports) {
    const clock = clockOf(ports, timeoutMs);
    try {
        return new Date(await timeOf(new ConnectionAsker(client, connection, clock))).toISOString();
    }
    catch (error) {
        throw error instanceof TimeIsUp ? error.fault : error;
    }
}
/**
 * From when on events count, by the server's clock.
 * @param passed what has passed since the waiting began, in ms
 */
async function sinceOf({ since }, asker, passed) {
    if (typeof since === 'string')
        return since;
    const answered = await timeOf(asker);
    // The answer took some time, too, so this is never later than the true beginning.
    return new Date(answered - passed() - since).toISOString();
}
const lookAt = (asker, matcher) => async (row) => {
    const known = matcher.ofRow(row);
    if (known)
        return { row, difference: known };
    try {
        const event = await asker.read(row.id);
        if (!event)
            return { row, difference: { why: 'gone' } };
        const difference = matcher.of(event);
        return difference ? { row, difference } : { row, event };
    }
    catch (error) {
        // The others of its batch may have been read in time.
        if (error instanceof TimeIsUp)
            return { row, difference: { why: 'unread' } };
        throw error;
    }
};
const isOfWantedType = (miss) => miss.why !== 'differs' || miss.at !== '/type';
/** The nearest first. */
const nearest = (misses) => [...misses]
    .sort((one, other) => Number(isOfWantedType(other)) - Number(isOfWantedType(one)) || (one.receivedAt < other.receivedAt ? 1 : -1))
    .slice(0, maxNearMisses);
/** Waits until the next read is due, and looks a last time when the time is up. */
function schedule({ now, wait, end }) {
    let begun = now();
    return async () => {
        if (begun >= end)
            return false;
        await wait(Math.max(0, Math.min(begun + askEveryMs, end) - now()));
        begun = now();
        return true;
    };
}
/**
 * Waits for events.
 * @param request one without a fault
 * @throws ApiError if the token is refused, there is no such connection, or the request is wrong
 * @throws UnreachableError if the API never answered
 */
export async function waitForEvents(client, request, ports) {
    const { now, begun = now(), onEvent } = ports;
    const clock = clockOf(ports, request.timeoutMs);
    const asker = new ConnectionAsker(client, request.connection, clock);
    const matcher = matcherOf(request);
    const events = [];
    let nearMisses = [];
    let from;
    let others = 0;
    let fault;
    try {
        from = await sinceOf(request, asker, () => now() - begun);
        const reading = { list: asker.list, start: startAt(from), pause: schedule(clock) };
        for await (const batch of liveBatches(reading)) {
            for (const looked of await inParallel(batch.events, readsAtOnce, lookAt(asker, matcher))) {
                if ('event' in looked) {
                    events.push(looked.event);
                    onEvent?.(looked.event);
                    if (events.length === request.count)
                        return { events };
                    continue;
                }
                others += 1;
                const { id, receivedAt, type } = looked.row;
                // A busy connection may bring thousands, so no others are kept.
                nearMisses = nearest([...nearMisses, { id, receivedAt, type, ...looked.difference }]);
            }
        }
    }
    catch (error) {
        if (!(error instanceof TimeIsUp))
            throw error;
        fault = error.fault;
        if (!asker.hasAnswered)
            throw fault;
    }
    const rejections = from === undefined ? undefined : await asker.rejections(from);
    return {
        events,
        missed: { others, nearMisses, rejections, ...(fault && { fault: fault.message }) },
    };
}
