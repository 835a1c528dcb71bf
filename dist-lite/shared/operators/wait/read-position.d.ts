/**
 * How far a reader of a connection's events has come, so that it handles each event and misses none.
 *
 * A list of events is complete up to some seconds ago. A later event can appear in the list after one that arrived after
 * it. So each read begins at the time up to which the list was complete, and reads the events of the last seconds again.
 * The position has the ids of those that are handled.
 */
/** An event, as far as a reader looks at it. An event id can be used again after its event has expired. */
export interface PassedEvent {
    id: string;
    /** As `Date.toISOString` writes it, so that times can be compared as texts. */
    receivedAt: string;
}
export interface ReadPosition {
    /** Everything that arrived before this time is handled. */
    from: string;
    /** The handled events that arrived at this time or later: their times of arrival by id. */
    handled: Readonly<Record<string, string>>;
}
/** The position of a reader that has handled nothing since this time. */
export declare const startAt: (from: string) => ReadPosition;
/** The events that are not handled yet, the oldest first. */
export declare function unhandled<E extends PassedEvent>({ handled }: ReadPosition, events: readonly E[]): E[];
/** The position after this event is handled. */
export declare const afterEvent: ({ from, handled }: ReadPosition, { id, receivedAt }: PassedEvent) => ReadPosition;
/** The position after every event that arrived before this time is handled. It never goes back. */
export declare function settledAt({ from, handled }: ReadPosition, time: string): ReadPosition;
/**
 * Whether the reader has fallen so far behind that it reads the oldest events first.
 * @param upTo the list is complete up to it
 */
export declare const isBehind: ({ from }: ReadPosition, upTo: string) => boolean;
