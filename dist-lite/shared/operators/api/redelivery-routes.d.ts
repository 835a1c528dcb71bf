/** The routes of redeliveries of many: what was made for ended deliveries is sent again. */
import * as z from 'zod/mini';
export declare const redeliveryRoutes: {
    readonly 'GET /v1/destinations/{name}/redeliveries': {
        readonly summary: "Lists the redeliveries of many deliveries of the last 30 days, the newest first.";
        readonly query: z.ZodMiniObject<{
            limit: z.ZodMiniOptional<z.ZodMiniString<string>>;
            cursor: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                destination: z.ZodMiniString<string>;
                statuses: z.ZodMiniArray<z.ZodMiniEnum<{
                    delivered: "delivered";
                    cancelled: "cancelled";
                    given_up: "given_up";
                    failed: "failed";
                }>>;
                connection: z.ZodMiniOptional<z.ZodMiniString<string>>;
                rule: z.ZodMiniOptional<z.ZodMiniString<string>>;
                skippedBecause: z.ZodMiniRecord<z.ZodMiniEnum<{
                    changed: "changed";
                    expired: "expired";
                    not_ended: "not_ended";
                }> & z.core.$partial, z.ZodMiniInt>;
                by: z.ZodMiniString<string>;
                done: z.ZodMiniInt;
                failed: z.ZodMiniInt;
                skipped: z.ZodMiniInt;
                begunAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                etaSeconds: z.ZodMiniNullable<z.ZodMiniInt>;
                state: z.ZodMiniEnum<{
                    done: "done";
                    cancelled: "cancelled";
                    failed: "failed";
                    running: "running";
                    cancelling: "cancelling";
                }>;
                cancelled: z.ZodMiniOptional<z.ZodMiniObject<{
                    by: z.ZodMiniString<string>;
                    at: z.iso.ZodMiniISODateTime;
                }, z.core.$strip>>;
                endedAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                id: z.ZodMiniString<string>;
                from: z.iso.ZodMiniISODateTime;
                to: z.iso.ZodMiniISODateTime;
                rate: z.ZodMiniInt;
                count: z.ZodMiniNullable<z.ZodMiniInt>;
                startedAt: z.iso.ZodMiniISODateTime;
            }, z.core.$strip>>;
            nextCursor: z.ZodMiniNullable<z.ZodMiniString<string>>;
        }, z.core.$strip>;
        readonly function: "api-deliveries";
        readonly role: "flow_designer";
    };
    readonly 'POST /v1/destinations/{name}/redeliveries': {
        readonly statuses: readonly [200, 202];
        readonly summary: "Sends what was made for many ended deliveries again, those of the oldest events first, or counts them in a dry run and shows some. A replay goes through today’s routes.";
        readonly body: z.ZodMiniObject<{
            from: z.iso.ZodMiniISODateTime;
            to: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            statuses: z.ZodMiniDefault<z.ZodMiniArray<z.ZodMiniEnum<{
                delivered: "delivered";
                cancelled: "cancelled";
                given_up: "given_up";
                failed: "failed";
            }>>>;
            connection: z.ZodMiniOptional<z.ZodMiniString<string>>;
            rule: z.ZodMiniOptional<z.ZodMiniString<string>>;
            dryRun: z.ZodMiniDefault<z.ZodMiniBoolean<boolean>>;
            ratePerSecond: z.ZodMiniDefault<z.ZodMiniInt>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniUnion<readonly [z.ZodMiniObject<{
            id: z.ZodMiniString<string>;
            from: z.iso.ZodMiniISODateTime;
            to: z.iso.ZodMiniISODateTime;
            count: z.ZodMiniNullable<z.ZodMiniInt>;
        }, z.core.$strip>, z.ZodMiniObject<{
            from: z.iso.ZodMiniISODateTime;
            to: z.iso.ZodMiniISODateTime;
            count: z.ZodMiniInt;
            complete: z.ZodMiniBoolean<boolean>;
            skipped: z.ZodMiniInt;
            first: z.ZodMiniNullable<z.ZodMiniString<string>>;
            last: z.ZodMiniNullable<z.ZodMiniString<string>>;
            skippedBecause: z.ZodMiniRecord<z.ZodMiniEnum<{
                changed: "changed";
                expired: "expired";
                not_ended: "not_ended";
            }> & z.core.$partial, z.ZodMiniInt>;
            sample: z.ZodMiniArray<z.ZodMiniObject<{
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
        }, z.core.$strip>]>;
        readonly adminAnswer: z.ZodMiniUnion<readonly [z.ZodMiniObject<{
            id: z.ZodMiniString<string>;
            from: z.iso.ZodMiniISODateTime;
            to: z.iso.ZodMiniISODateTime;
            count: z.ZodMiniNullable<z.ZodMiniInt>;
        }, z.core.$strip>, z.ZodMiniObject<{
            from: z.iso.ZodMiniISODateTime;
            to: z.iso.ZodMiniISODateTime;
            count: z.ZodMiniInt;
            complete: z.ZodMiniBoolean<boolean>;
            skipped: z.ZodMiniInt;
            first: z.ZodMiniNullable<z.ZodMiniString<string>>;
            last: z.ZodMiniNullable<z.ZodMiniString<string>>;
            skippedBecause: z.ZodMiniRecord<z.ZodMiniEnum<{
                changed: "changed";
                expired: "expired";
                not_ended: "not_ended";
            }> & z.core.$partial, z.ZodMiniInt>;
            sample: z.ZodMiniArray<z.ZodMiniObject<{
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
        }, z.core.$strip>]>;
        readonly function: "api-deliveries";
        readonly role: "flow_designer";
    };
    readonly 'GET /v1/destinations/{name}/redeliveries/{id}': {
        readonly summary: "Shows the progress of a redelivery of many.";
        readonly answer: z.ZodMiniObject<{
            destination: z.ZodMiniString<string>;
            statuses: z.ZodMiniArray<z.ZodMiniEnum<{
                delivered: "delivered";
                cancelled: "cancelled";
                given_up: "given_up";
                failed: "failed";
            }>>;
            connection: z.ZodMiniOptional<z.ZodMiniString<string>>;
            rule: z.ZodMiniOptional<z.ZodMiniString<string>>;
            skippedBecause: z.ZodMiniRecord<z.ZodMiniEnum<{
                changed: "changed";
                expired: "expired";
                not_ended: "not_ended";
            }> & z.core.$partial, z.ZodMiniInt>;
            by: z.ZodMiniString<string>;
            done: z.ZodMiniInt;
            failed: z.ZodMiniInt;
            skipped: z.ZodMiniInt;
            begunAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            etaSeconds: z.ZodMiniNullable<z.ZodMiniInt>;
            state: z.ZodMiniEnum<{
                done: "done";
                cancelled: "cancelled";
                failed: "failed";
                running: "running";
                cancelling: "cancelling";
            }>;
            cancelled: z.ZodMiniOptional<z.ZodMiniObject<{
                by: z.ZodMiniString<string>;
                at: z.iso.ZodMiniISODateTime;
            }, z.core.$strip>>;
            endedAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            id: z.ZodMiniString<string>;
            from: z.iso.ZodMiniISODateTime;
            to: z.iso.ZodMiniISODateTime;
            rate: z.ZodMiniInt;
            count: z.ZodMiniNullable<z.ZodMiniInt>;
            startedAt: z.iso.ZodMiniISODateTime;
        }, z.core.$strip>;
        readonly function: "api-deliveries";
        readonly role: "flow_designer";
    };
    readonly 'DELETE /v1/destinations/{name}/redeliveries/{id}': {
        readonly statuses: readonly [200, 202];
        readonly summary: "Cancels a redelivery of many. What it has sent stays sent.";
        readonly answer: z.ZodMiniObject<{
            destination: z.ZodMiniString<string>;
            statuses: z.ZodMiniArray<z.ZodMiniEnum<{
                delivered: "delivered";
                cancelled: "cancelled";
                given_up: "given_up";
                failed: "failed";
            }>>;
            connection: z.ZodMiniOptional<z.ZodMiniString<string>>;
            rule: z.ZodMiniOptional<z.ZodMiniString<string>>;
            skippedBecause: z.ZodMiniRecord<z.ZodMiniEnum<{
                changed: "changed";
                expired: "expired";
                not_ended: "not_ended";
            }> & z.core.$partial, z.ZodMiniInt>;
            by: z.ZodMiniString<string>;
            done: z.ZodMiniInt;
            failed: z.ZodMiniInt;
            skipped: z.ZodMiniInt;
            begunAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            etaSeconds: z.ZodMiniNullable<z.ZodMiniInt>;
            state: z.ZodMiniEnum<{
                done: "done";
                cancelled: "cancelled";
                failed: "failed";
                running: "running";
                cancelling: "cancelling";
            }>;
            cancelled: z.ZodMiniOptional<z.ZodMiniObject<{
                by: z.ZodMiniString<string>;
                at: z.iso.ZodMiniISODateTime;
            }, z.core.$strip>>;
            endedAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            id: z.ZodMiniString<string>;
            from: z.iso.ZodMiniISODateTime;
            to: z.iso.ZodMiniISODateTime;
            rate: z.ZodMiniInt;
            count: z.ZodMiniNullable<z.ZodMiniInt>;
            startedAt: z.iso.ZodMiniISODateTime;
        }, z.core.$strip>;
        readonly function: "api-deliveries";
        readonly role: "flow_designer";
    };
};
