/** Reads a connection's events as they arrive. `read-position.ts` says how none is missed. */
import type { ApiAnswer, ApiRequest } from '../api/api-client.ts';
import { type ReadPosition } from './read-position.ts';
type Route = 'GET /v1/connections/{name}/events';
type EventPage = ApiAnswer<Route>;
export type ListedEvent = EventPage['items'][number];
export type EventQuery = NonNullable<ApiRequest<Route>['query']>;
/** Reads a page of a connection's events. */
export type ListEvents = (query: EventQuery) => Promise<EventPage>;
/** An event, and the position after it is handled. */
export interface ArrivedEvent {
    event: ListedEvent;
    position: ReadPosition;
}
export interface LiveEventsOptions {
    list: ListEvents;
    /** The events that this position has not handled are read. */
    start: ReadPosition;
    /** Waits before the next read. False ends the reading. */
    pause: () => Promise<boolean>;
}
/** New events, the oldest first, and the position before they are handled. */
export interface EventBatch {
    events: ListedEvent[];
    position: ReadPosition;
}
/** The events as they arrive, and late ones as they appear. Those of a batch count as handled once the next one is asked for. */
export declare function liveBatches({ list, start, pause }: LiveEventsOptions): AsyncGenerator<EventBatch, void>;
/** The same events one by one. An event counts as handled once the next one is asked for. */
export declare function liveEvents(options: LiveEventsOptions): AsyncGenerator<ArrivedEvent, void>;
/** The position from which a reader gets the events from now on: what the list shows now counts as handled. */
export declare function positionNow(list: ListEvents): Promise<ReadPosition>;
export {};
