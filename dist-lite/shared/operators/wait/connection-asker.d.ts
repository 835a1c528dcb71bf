/**
 * Asks the API about one connection until a time is up, by requests that are answered at once. While the API does not answer, a request is
 * sent again once a second.
 */
import type { ApiAnswer, ApiClient } from '../api/api-client.ts';
import type { ListEvents } from './live-events.ts';
import { type WaitedEvent } from './waited-event.ts';
export interface TimePorts {
    /** Milliseconds since some fixed moment. */
    now: () => number;
    wait: (ms: number) => Promise<void>;
    /** Aborts after so many ms. By default that of Node. */
    timeout?: (ms: number) => AbortSignal;
}
export type RejectionItem = ApiAnswer<'GET /v1/connections/{name}/rejections'>['items'][number];
/** The time from the beginning of a read to that of the next one, in ms. */
export declare const askEveryMs = 1000;
/** The time is up. */
export declare class TimeIsUp extends Error {
    /** Why there was no answer. */
    readonly fault: Error;
    constructor(fault: Error);
}
export declare const clockOf: ({ now, wait, timeout }: TimePorts, timeoutMs: number) => AskerClock;
export interface AskerClock extends Required<TimePorts> {
    /** When the waiting ends. */
    end: number;
}
/** Asks the API about one connection. */
export declare class ConnectionAsker {
    #private;
    hasAnswered: boolean;
    constructor(client: ApiClient, name: string, clock: AskerClock);
    readonly list: ListEvents;
    /** An event. Undefined if it is gone. */
    read(id: string): Promise<WaitedEvent | undefined>;
    /** What was refused since the minute of this time, or in the last hour. Undefined if the API does not answer. */
    rejections(since: string | undefined): Promise<RejectionItem[] | undefined>;
}
