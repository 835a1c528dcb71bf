import type { ApiClient } from '../../shared/operators/api/api-client.ts';
import { type Missed } from '../../shared/operators/wait/wait-for-events.ts';
import { type WaitedEvent, type Wanted } from '../../shared/operators/wait/waited-event.ts';
export { ApiError, UnreachableError } from '../../shared/operators/api/api-error.ts';
export type { HooklatchClientOptions } from '../../shared/operators/api/client.ts';
export { hooklatchClient } from '../../shared/operators/api/client.ts';
export type { Missed, NearMiss } from '../../shared/operators/wait/wait-for-events.ts';
export type { WaitedEvent } from '../../shared/operators/wait/waited-event.ts';
export type { ApiClient };
export interface WaitForOptions extends Wanted {
    /** The name of the connection. */
    connection: string;
    /** Looks back to this time, by the clock of the deployment. By default to the call. */
    since?: Date | string | undefined;
    /** How long to wait, in ms. By default 30 s. */
    timeoutMs?: number | undefined;
}
export interface WaitForAllOptions extends WaitForOptions {
    /** How many events to wait for. */
    count: number;
}
export interface CaptureOptions extends Omit<WaitForOptions, 'since'> {
    /** How many events to wait for after the run. By default one. */
    count?: number;
}
/** The events did not come in time. The message says what came instead. */
export declare class TimeoutError extends Error {
    name: string;
    /** The wanted events that came, if there were several to come. */
    readonly events: readonly WaitedEvent[];
    readonly missed: Missed;
    constructor(message: string, events: readonly WaitedEvent[], missed: Missed);
}
/**
 * Waits until so many wanted events have arrived, and looks back first.
 * @returns them in the order of their arrival
 * @throws TimeoutError if they do not come in time
 * @throws ApiError at once if the token is refused, or there is no such connection
 */
export declare function waitForAll(client: ApiClient, options: WaitForAllOptions): Promise<WaitedEvent[]>;
/** Waits for one event, as `waitForAll` does for several. */
export declare function waitFor(client: ApiClient, options: WaitForOptions): Promise<WaitedEvent>;
/**
 * Runs a step, and waits for the events that it causes: those that arrive from the moment before it on.
 * @param run what causes them. They need not have come when it ends.
 */
export declare function captureDuring(client: ApiClient, { count, ...options }: CaptureOptions, run: () => unknown): Promise<WaitedEvent[]>;
