/**
 * How far a reader of a connection's events has come, so that it handles each event and misses none.
 *
 * A list of events is complete up to some seconds ago. A later event can appear in the list after one that arrived after
 * it. So each read begins at the time up to which the list was complete, and reads the events of the last seconds again.
 * The position has the ids of those that are handled.
 */
/** The position of a reader that has handled nothing since this time. */
export const startAt = (from) => ({ from, handled: {} });
const byArrival = (one, other) => {
    if (one.receivedAt !== other.receivedAt)
        return one.receivedAt < other.receivedAt ? -1 : 1;
    return one.id < other.id ? -1 : 1;
};
/** The events that are not handled yet, the oldest first. */
export function unhandled({ handled }, events) {
    const found = new Map(events.map((event) => [event.id, event]));
    return [...found.values()].filter(({ id, receivedAt }) => handled[id] !== receivedAt).sort(byArrival);
}
/** The position after this event is handled. */
export const afterEvent = ({ from, handled }, { id, receivedAt }) => ({
    from,
    handled: { ...handled, [id]: receivedAt },
});
/** The position after every event that arrived before this time is handled. It never goes back. */
export function settledAt({ from, handled }, time) {
    const later = time > from ? time : from;
    const kept = Object.entries(handled).filter(([, receivedAt]) => receivedAt >= later);
    return { from: later, handled: Object.fromEntries(kept) };
}
/** How old the position may be for a read of the newest events, in ms. An older one is read from its beginning. */
const maxOverlapMs = 10_000;
/**
 * Whether the reader has fallen so far behind that it reads the oldest events first.
 * @param upTo the list is complete up to it
 */
export const isBehind = ({ from }, upTo) => Date.parse(upTo) - Date.parse(from) > maxOverlapMs;
