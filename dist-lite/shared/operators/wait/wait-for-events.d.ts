/**
 * Waits until wanted events have come. Asks once a second, by requests that are answered at once. `read-position.ts` says how no event is
 * missed: what the reader has not handled since its start is read again until the list is complete up to there.
 */
import type { ApiClient } from '../api/api-client.ts';
import { type RejectionItem, type TimePorts } from './connection-asker.ts';
import { type ListedEvent } from './live-events.ts';
import { type MissReason, type WaitedEvent, type Wanted } from './waited-event.ts';
export interface WaitRequest extends Wanted {
    connection: string;
    /** How many events are waited for. */
    count: number;
    /** Events that arrived since then, as `Date.toISOString` writes it, or so many ms before the start. */
    since: string | number;
    timeoutMs: number;
}
export interface WaitPorts extends TimePorts {
    /** When the waiting began, such as when the program was started. By default now. */
    begun?: number;
    /** Gets each wanted event as soon as it is found. */
    onEvent?: (event: WaitedEvent) => void;
}
/** An event that came, and was not the wanted one. */
export type NearMiss = Pick<ListedEvent, 'id' | 'receivedAt' | 'type'> & MissReason;
/** What came instead of what was waited for. */
export interface Missed {
    /** How many events came that were not wanted. */
    others: number;
    /** The nearest of them, at most five: those of the wanted type first, then the newest. */
    nearMisses: NearMiss[];
    /** What was refused in these minutes. Undefined if that could not be read. */
    rejections: RejectionItem[] | undefined;
    /** The last fault, if the API did not answer at the end. */
    fault?: string;
}
/** The wanted events in the order in which they arrived. `missed` if the time was up before all had come. */
export interface WaitResult {
    events: WaitedEvent[];
    missed?: Missed;
}
/**
 * The time by the server's clock.
 * @throws UnreachableError if the API does not answer in time
 */
export declare function serverTime(client: ApiClient, { connection, timeoutMs }: Pick<WaitRequest, 'connection' | 'timeoutMs'>, ports: WaitPorts): Promise<string>;
/**
 * Waits for events.
 * @param request one without a fault
 * @throws ApiError if the token is refused, there is no such connection, or the request is wrong
 * @throws UnreachableError if the API never answered
 */
export declare function waitForEvents(client: ApiClient, request: WaitRequest, ports: WaitPorts): Promise<WaitResult>;
