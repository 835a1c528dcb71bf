/** An event that somebody waits for, and whether it is the wanted one. */
import type { ApiAnswer } from '../api/api-client.ts';
export type EventDetail = ApiAnswer<'GET /v1/connections/{name}/events/{id}'>;
/** An event as `events show --json` has it, with its JSON body as `data`, which is what patterns name it. */
export type WaitedEvent = EventDetail & {
    data?: unknown;
};
/** What is waited for. Without a type and a pattern, it is any event. */
export interface Wanted {
    /** A type, such as `invoice.paid` or `invoice.*`. */
    type?: string | undefined;
    /** An event pattern over the fields that a search has, but for `publication`. */
    match?: Readonly<Record<string, unknown>> | undefined;
}
/**
 * Why an event is not wanted. `differs`: a condition is not met, `at` this place of the pattern. `together`: each condition is met, but not
 * by one element of a list. `withheld`: the role does not get the body. `gone`: it is no longer there. `unread`: there was no time to read
 * it. `overBudget`: to compare it would take too many steps.
 */
export type MissReason = {
    why: 'differs';
    at: string;
} | {
    why: 'together' | 'withheld' | 'gone' | 'unread' | 'overBudget';
};
/** What is wrong with what is waited for, as a sentence. Undefined if nothing is. */
export declare function wantedFault({ type, match }: Wanted): string | undefined;
/** An event with its body read as JSON. */
export declare function waitedEventOf(view: EventDetail): WaitedEvent;
export interface Matcher {
    /** The difference that a row of the list shows already. Undefined if the event has to be read. */
    ofRow(row: {
        type: string;
    }): MissReason | undefined;
    /** Undefined if the event is wanted. */
    of(event: WaitedEvent): MissReason | undefined;
}
/** @param wanted one without a fault */
export declare function matcherOf({ type, match }: Wanted): Matcher;
