/** The routes of deliveries: what was sent to destinations, and what came back. */
import * as z from 'zod/mini';
export declare const deliveryRoutes: {
    readonly 'GET /v1/connections/{name}/events/{id}/deliveries': {
        readonly summary: "Lists where an event went: each delivery, and each rule that it did not match.";
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                status: z.ZodMiniEnum<{
                    delivered: "delivered";
                    cancelled: "cancelled";
                    queued: "queued";
                    waiting: "waiting";
                    expired: "expired";
                    given_up: "given_up";
                    failed: "failed";
                    parked: "parked";
                    not_matched: "not_matched";
                    not_reached: "not_reached";
                }>;
                reason: z.ZodMiniOptional<z.ZodMiniString<string>>;
                attempts: z.ZodMiniInt;
                id: z.ZodMiniString<string>;
                event: z.ZodMiniString<string>;
                connection: z.ZodMiniString<string>;
                receivedAt: z.iso.ZodMiniISODateTime;
                rule: z.ZodMiniString<string>;
                destination: z.ZodMiniString<string>;
                replay: z.ZodMiniOptional<z.ZodMiniInt>;
                test: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            }, z.core.$strip>>;
        }, z.core.$strip>;
        readonly function: "api-deliveries";
        readonly role: "flow_designer";
    };
    readonly 'GET /v1/destinations/{name}/deliveries': {
        readonly summary: "Lists the deliveries to a destination, those of the newest events first. One that was not attempted yet may be missing.";
        readonly query: z.ZodMiniObject<{
            status: z.ZodMiniOptional<z.ZodMiniEnum<{
                cancelled: "cancelled";
                waiting: "waiting";
                expired: "expired";
                given_up: "given_up";
                failed: "failed";
                parked: "parked";
            }>>;
            limit: z.ZodMiniOptional<z.ZodMiniString<string>>;
            cursor: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                status: z.ZodMiniEnum<{
                    delivered: "delivered";
                    cancelled: "cancelled";
                    waiting: "waiting";
                    expired: "expired";
                    given_up: "given_up";
                    failed: "failed";
                    parked: "parked";
                }>;
                reason: z.ZodMiniOptional<z.ZodMiniString<string>>;
                cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
                attempts: z.ZodMiniInt;
                redelivered: z.ZodMiniOptional<z.ZodMiniObject<{
                    times: z.ZodMiniInt;
                    by: z.ZodMiniOptional<z.ZodMiniString<string>>;
                }, z.core.$strip>>;
                nextAttemptAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                last: z.ZodMiniOptional<z.ZodMiniObject<{
                    at: z.iso.ZodMiniISODateTime;
                    ms: z.ZodMiniInt;
                    status: z.ZodMiniOptional<z.ZodMiniInt>;
                    cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    outcome: z.ZodMiniString<string>;
                }, z.core.$strip>>;
                id: z.ZodMiniString<string>;
                event: z.ZodMiniString<string>;
                connection: z.ZodMiniString<string>;
                receivedAt: z.iso.ZodMiniISODateTime;
                rule: z.ZodMiniString<string>;
                destination: z.ZodMiniString<string>;
                replay: z.ZodMiniOptional<z.ZodMiniInt>;
                test: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            }, z.core.$strip>>;
            nextCursor: z.ZodMiniNullable<z.ZodMiniString<string>>;
        }, z.core.$strip>;
        readonly adminAnswer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                status: z.ZodMiniEnum<{
                    delivered: "delivered";
                    cancelled: "cancelled";
                    waiting: "waiting";
                    expired: "expired";
                    given_up: "given_up";
                    failed: "failed";
                    parked: "parked";
                }>;
                reason: z.ZodMiniOptional<z.ZodMiniString<string>>;
                cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
                attempts: z.ZodMiniInt;
                redelivered: z.ZodMiniOptional<z.ZodMiniObject<{
                    times: z.ZodMiniInt;
                    by: z.ZodMiniOptional<z.ZodMiniString<string>>;
                }, z.core.$strip>>;
                nextAttemptAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                id: z.ZodMiniString<string>;
                event: z.ZodMiniString<string>;
                connection: z.ZodMiniString<string>;
                receivedAt: z.iso.ZodMiniISODateTime;
                rule: z.ZodMiniString<string>;
                destination: z.ZodMiniString<string>;
                replay: z.ZodMiniOptional<z.ZodMiniInt>;
                test: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                last: z.ZodMiniOptional<z.ZodMiniObject<{
                    ms: z.ZodMiniInt;
                    outcome: z.ZodMiniString<string>;
                    status: z.ZodMiniOptional<z.ZodMiniInt>;
                    cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    answer: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    at: z.iso.ZodMiniISODateTime;
                }, z.core.$strip>>;
            }, z.core.$strip>>;
            nextCursor: z.ZodMiniNullable<z.ZodMiniString<string>>;
        }, z.core.$strip>;
        readonly function: "api-deliveries";
        readonly role: "flow_designer";
    };
    readonly 'GET /v1/destinations/{name}/health': {
        readonly summary: "Says how a destination is and since when, what went wrong, how much waits for it and when the next attempt is.";
        readonly answer: z.ZodMiniObject<{
            state: z.ZodMiniEnum<{
                recovering: "recovering";
                paused: "paused";
                slow: "slow";
                failing: "failing";
                well: "well";
            }>;
            since: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            wrong: z.ZodMiniOptional<z.ZodMiniObject<{
                at: z.iso.ZodMiniISODateTime;
                what: z.ZodMiniString<string>;
            }, z.core.$strip>>;
            nextAttemptAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            blockedUntil: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            lastFailing: z.ZodMiniOptional<z.ZodMiniObject<{
                from: z.iso.ZodMiniISODateTime;
                until: z.iso.ZodMiniISODateTime;
            }, z.core.$strip>>;
            alone: z.ZodMiniOptional<z.ZodMiniObject<{
                count: z.ZodMiniInt;
                id: z.ZodMiniString<string>;
                since: z.iso.ZodMiniISODateTime;
                attempts: z.ZodMiniInt;
                wrong: z.ZodMiniObject<{
                    at: z.iso.ZodMiniISODateTime;
                    what: z.ZodMiniString<string>;
                }, z.core.$strip>;
                nextAttemptAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            }, z.core.$strip>>;
            givenUpAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            waiting: z.ZodMiniObject<{
                count: z.ZodMiniInt;
                isMore: z.ZodMiniBoolean<boolean>;
                oldest: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            }, z.core.$strip>;
        }, z.core.$strip>;
        readonly function: "api-deliveries";
        readonly role: "flow_designer";
    };
    readonly 'GET /v1/deliveries/{id}': {
        readonly summary: "Reads a delivery with all its attempts. The text that the receiver answered is for admins.";
        readonly answer: z.ZodMiniObject<{
            status: z.ZodMiniEnum<{
                delivered: "delivered";
                cancelled: "cancelled";
                waiting: "waiting";
                expired: "expired";
                given_up: "given_up";
                failed: "failed";
                parked: "parked";
            }>;
            reason: z.ZodMiniOptional<z.ZodMiniString<string>>;
            cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
            attempts: z.ZodMiniInt;
            redelivered: z.ZodMiniOptional<z.ZodMiniObject<{
                times: z.ZodMiniInt;
                by: z.ZodMiniOptional<z.ZodMiniString<string>>;
            }, z.core.$strip>>;
            nextAttemptAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            last: z.ZodMiniOptional<z.ZodMiniObject<{
                at: z.iso.ZodMiniISODateTime;
                ms: z.ZodMiniInt;
                status: z.ZodMiniOptional<z.ZodMiniInt>;
                cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
                outcome: z.ZodMiniString<string>;
            }, z.core.$strip>>;
            id: z.ZodMiniString<string>;
            event: z.ZodMiniString<string>;
            connection: z.ZodMiniString<string>;
            receivedAt: z.iso.ZodMiniISODateTime;
            rule: z.ZodMiniString<string>;
            destination: z.ZodMiniString<string>;
            replay: z.ZodMiniOptional<z.ZodMiniInt>;
            test: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            history: z.ZodMiniArray<z.ZodMiniObject<{
                at: z.iso.ZodMiniISODateTime;
                ms: z.ZodMiniInt;
                status: z.ZodMiniOptional<z.ZodMiniInt>;
                cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
                outcome: z.ZodMiniString<string>;
                attempt: z.ZodMiniInt;
            }, z.core.$strip>>;
        }, z.core.$strip>;
        readonly adminAnswer: z.ZodMiniObject<{
            status: z.ZodMiniEnum<{
                delivered: "delivered";
                cancelled: "cancelled";
                waiting: "waiting";
                expired: "expired";
                given_up: "given_up";
                failed: "failed";
                parked: "parked";
            }>;
            reason: z.ZodMiniOptional<z.ZodMiniString<string>>;
            cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
            attempts: z.ZodMiniInt;
            redelivered: z.ZodMiniOptional<z.ZodMiniObject<{
                times: z.ZodMiniInt;
                by: z.ZodMiniOptional<z.ZodMiniString<string>>;
            }, z.core.$strip>>;
            nextAttemptAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            id: z.ZodMiniString<string>;
            event: z.ZodMiniString<string>;
            connection: z.ZodMiniString<string>;
            receivedAt: z.iso.ZodMiniISODateTime;
            rule: z.ZodMiniString<string>;
            destination: z.ZodMiniString<string>;
            replay: z.ZodMiniOptional<z.ZodMiniInt>;
            test: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            last: z.ZodMiniOptional<z.ZodMiniObject<{
                ms: z.ZodMiniInt;
                outcome: z.ZodMiniString<string>;
                status: z.ZodMiniOptional<z.ZodMiniInt>;
                cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
                answer: z.ZodMiniOptional<z.ZodMiniString<string>>;
                at: z.iso.ZodMiniISODateTime;
            }, z.core.$strip>>;
            history: z.ZodMiniArray<z.ZodMiniObject<{
                ms: z.ZodMiniInt;
                outcome: z.ZodMiniString<string>;
                status: z.ZodMiniOptional<z.ZodMiniInt>;
                cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
                answer: z.ZodMiniOptional<z.ZodMiniString<string>>;
                at: z.iso.ZodMiniISODateTime;
                attempt: z.ZodMiniInt;
            }, z.core.$strip>>;
        }, z.core.$strip>;
        readonly function: "api-deliveries";
        readonly role: "flow_designer";
    };
    readonly 'POST /v1/deliveries/{id}/redeliver': {
        readonly statuses: readonly [202];
        readonly summary: "Sends what was made for an ended delivery again, by the rule as it was then. A replay goes through today’s routes.";
        readonly body: z.ZodMiniObject<{}, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            status: z.ZodMiniEnum<{
                delivered: "delivered";
                cancelled: "cancelled";
                waiting: "waiting";
                expired: "expired";
                given_up: "given_up";
                failed: "failed";
                parked: "parked";
            }>;
            reason: z.ZodMiniOptional<z.ZodMiniString<string>>;
            cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
            attempts: z.ZodMiniInt;
            redelivered: z.ZodMiniOptional<z.ZodMiniObject<{
                times: z.ZodMiniInt;
                by: z.ZodMiniOptional<z.ZodMiniString<string>>;
            }, z.core.$strip>>;
            nextAttemptAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            last: z.ZodMiniOptional<z.ZodMiniObject<{
                at: z.iso.ZodMiniISODateTime;
                ms: z.ZodMiniInt;
                status: z.ZodMiniOptional<z.ZodMiniInt>;
                cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
                outcome: z.ZodMiniString<string>;
            }, z.core.$strip>>;
            id: z.ZodMiniString<string>;
            event: z.ZodMiniString<string>;
            connection: z.ZodMiniString<string>;
            receivedAt: z.iso.ZodMiniISODateTime;
            rule: z.ZodMiniString<string>;
            destination: z.ZodMiniString<string>;
            replay: z.ZodMiniOptional<z.ZodMiniInt>;
            test: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        }, z.core.$strip>;
        readonly adminAnswer: z.ZodMiniObject<{
            status: z.ZodMiniEnum<{
                delivered: "delivered";
                cancelled: "cancelled";
                waiting: "waiting";
                expired: "expired";
                given_up: "given_up";
                failed: "failed";
                parked: "parked";
            }>;
            reason: z.ZodMiniOptional<z.ZodMiniString<string>>;
            cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
            attempts: z.ZodMiniInt;
            redelivered: z.ZodMiniOptional<z.ZodMiniObject<{
                times: z.ZodMiniInt;
                by: z.ZodMiniOptional<z.ZodMiniString<string>>;
            }, z.core.$strip>>;
            nextAttemptAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            id: z.ZodMiniString<string>;
            event: z.ZodMiniString<string>;
            connection: z.ZodMiniString<string>;
            receivedAt: z.iso.ZodMiniISODateTime;
            rule: z.ZodMiniString<string>;
            destination: z.ZodMiniString<string>;
            replay: z.ZodMiniOptional<z.ZodMiniInt>;
            test: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            last: z.ZodMiniOptional<z.ZodMiniObject<{
                ms: z.ZodMiniInt;
                outcome: z.ZodMiniString<string>;
                status: z.ZodMiniOptional<z.ZodMiniInt>;
                cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
                answer: z.ZodMiniOptional<z.ZodMiniString<string>>;
                at: z.iso.ZodMiniISODateTime;
            }, z.core.$strip>>;
        }, z.core.$strip>;
        readonly function: "api-deliveries";
        readonly role: "flow_designer";
    };
};
