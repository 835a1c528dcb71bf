import { afterEvent, isBehind, settledAt, unhandled } from "./read-position.js";
const upToOf = ({ upTo }, position) => upTo ?? position.from;
const batchOf = (position, events) => ({
    events: unhandled(position, events),
    position,
});
const afterBatch = ({ events, position }) => events.reduce(afterEvent, position);
/** Reads page by page from the oldest event on, so that a long backlog is neither kept in memory nor waited for. */
async function* catchUp(list, start) {
    let position = start;
    let cursor = null;
    do {
        const page = await list({ order: 'asc', from: start.from, ...(cursor !== null && { cursor }) });
        const batch = batchOf(position, page.items);
        yield batch;
        position = afterBatch(batch);
        cursor = page.nextCursor;
        const last = cursor === null ? upToOf(page, position) : page.items.at(-1)?.receivedAt;
        if (last !== undefined)
            position = settledAt(position, last);
    } while (cursor !== null);
    return position;
}
/** The events of the further pages. */
async function restOf(list, query, { nextCursor }) {
    const items = [];
    for (let cursor = nextCursor; cursor !== null;) {
        const page = await list({ ...query, cursor });
        items.push(...page.items);
        cursor = page.nextCursor;
    }
    return items;
}
/** The events as they arrive, and late ones as they appear. Those of a batch count as handled once the next one is asked for. */
export async function* liveBatches({ list, start, pause }) {
    let position = start;
    do {
        const query = { order: 'desc', from: position.from };
        const newest = await list(query);
        if (newest.nextCursor !== null && isBehind(position, upToOf(newest, position))) {
            position = yield* catchUp(list, position);
        }
        else {
            const batch = batchOf(position, [...newest.items, ...(await restOf(list, query, newest))]);
            yield batch;
            position = afterBatch(batch);
            // The first page is the oldest statement of what is complete.
            position = settledAt(position, upToOf(newest, position));
        }
    } while (await pause());
}
/** The same events one by one. An event counts as handled once the next one is asked for. */
export async function* liveEvents(options) {
    for await (const batch of liveBatches(options)) {
        let { position } = batch;
        for (const event of batch.events) {
            position = afterEvent(position, event);
            yield { event, position };
        }
    }
}
/** The position from which a reader gets the events from now on: what the list shows now counts as handled. */
export async function positionNow(list) {
    const { upTo = new Date(0).toISOString() } = await list({ order: 'desc', limit: '1' });
    const query = { order: 'desc', from: upTo };
    const newest = await list(query);
    const shown = [...newest.items, ...(await restOf(list, query, newest))];
    return shown.reduce(afterEvent, { from: upTo, handled: {} });
}
