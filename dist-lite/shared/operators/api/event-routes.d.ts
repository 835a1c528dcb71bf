/** The routes of a connection's events. */
import * as z from 'zod/mini';
export declare const eventRoutes: {
    readonly 'GET /v1/connections/{name}/events': {
        readonly function: "api-events";
        readonly role: "flow_designer";
        readonly summary: "Lists events by their time of arrival. With deliveryId the list has only the first event of that delivery id, if the other filters let it pass. The list is complete up to upTo, 15 seconds ago. A later event may be missing. A page can be short: go on while there is a nextCursor. With order=asc, go on later with resumeCursor.";
        readonly query: z.ZodMiniObject<{
            from: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            to: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            order: z.ZodMiniOptional<z.ZodMiniEnum<{
                asc: "asc";
                desc: "desc";
            }>>;
            type: z.ZodMiniOptional<z.ZodMiniString<string>>;
            deliveryId: z.ZodMiniOptional<z.ZodMiniString<string>>;
            limit: z.ZodMiniOptional<z.ZodMiniString<string>>;
            cursor: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                id: z.ZodMiniString<string>;
                endpointId: z.ZodMiniString<string>;
                receivedAt: z.iso.ZodMiniISODateTime;
                type: z.ZodMiniString<string>;
                method: z.ZodMiniString<string>;
                contentType: z.ZodMiniOptional<z.ZodMiniString<string>>;
                size: z.ZodMiniInt;
                tokenId: z.ZodMiniString<string>;
                deliveryId: z.ZodMiniOptional<z.ZodMiniString<string>>;
                conflictsWith: z.ZodMiniOptional<z.ZodMiniString<string>>;
                dedupeMissing: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                test: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                held: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                publication: z.ZodMiniOptional<z.ZodMiniEnum<{
                    held: "held";
                    discarded: "discarded";
                }>>;
            }, z.core.$strip>>;
            nextCursor: z.ZodMiniNullable<z.ZodMiniString<string>>;
            upTo: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            resumeCursor: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniString<string>>>;
        }, z.core.$strip>;
    };
    readonly 'POST /v1/connections/{name}/events/search': {
        readonly function: "api-events";
        readonly role: "flow_designer";
        readonly summary: "Searches events, the newest first, by an event pattern (match), by a text in headers, query, path and body (contains), or by both. A page looks at 500 events, 8 MiB and 5 seconds at most, and says how far it looked. Go on while there is a nextCursor. Bodies of more than 256 KiB are read only with large; otherwise they count as skipped. Nothing is found by what is masked.";
        readonly body: z.ZodMiniObject<{
            from: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            to: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            match: z.ZodMiniOptional<z.ZodMiniCustom<Record<string, unknown>, Record<string, unknown>>>;
            contains: z.ZodMiniOptional<z.ZodMiniString<string>>;
            large: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            limits: z.ZodMiniOptional<z.ZodMiniObject<{
                events: z.ZodMiniOptional<z.ZodMiniInt>;
                bytes: z.ZodMiniOptional<z.ZodMiniInt>;
                seconds: z.ZodMiniOptional<z.ZodMiniNumber<number>>;
            }, z.core.$strict>>;
            cursor: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                id: z.ZodMiniString<string>;
                endpointId: z.ZodMiniString<string>;
                receivedAt: z.iso.ZodMiniISODateTime;
                type: z.ZodMiniString<string>;
                method: z.ZodMiniString<string>;
                contentType: z.ZodMiniOptional<z.ZodMiniString<string>>;
                size: z.ZodMiniInt;
                tokenId: z.ZodMiniString<string>;
                deliveryId: z.ZodMiniOptional<z.ZodMiniString<string>>;
                conflictsWith: z.ZodMiniOptional<z.ZodMiniString<string>>;
                dedupeMissing: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                test: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                held: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                publication: z.ZodMiniOptional<z.ZodMiniEnum<{
                    held: "held";
                    discarded: "discarded";
                }>>;
            }, z.core.$strip>>;
            nextCursor: z.ZodMiniNullable<z.ZodMiniString<string>>;
            examined: z.ZodMiniInt;
            skipped: z.ZodMiniObject<{
                large: z.ZodMiniOptional<z.ZodMiniInt>;
                withheld: z.ZodMiniOptional<z.ZodMiniInt>;
                gone: z.ZodMiniOptional<z.ZodMiniInt>;
                overBudget: z.ZodMiniOptional<z.ZodMiniInt>;
            }, z.core.$strip>;
            upTo: z.iso.ZodMiniISODateTime;
            backTo: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
        }, z.core.$strip>;
    };
    readonly 'GET /v1/connections/{name}/events/{id}': {
        readonly function: "api-events";
        readonly role: "flow_designer";
        readonly summary: "Reads an event with its exact body. With raw the answer is only the bytes of the body.";
        readonly query: z.ZodMiniObject<{
            raw: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>;
        readonly download: true;
        readonly answer: z.ZodMiniObject<{
            id: z.ZodMiniString<string>;
            endpointId: z.ZodMiniString<string>;
            receivedAt: z.iso.ZodMiniISODateTime;
            type: z.ZodMiniString<string>;
            method: z.ZodMiniString<string>;
            contentType: z.ZodMiniOptional<z.ZodMiniString<string>>;
            size: z.ZodMiniInt;
            tokenId: z.ZodMiniString<string>;
            deliveryId: z.ZodMiniOptional<z.ZodMiniString<string>>;
            conflictsWith: z.ZodMiniOptional<z.ZodMiniString<string>>;
            dedupeMissing: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            test: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            held: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            headers: z.ZodMiniCustom<Record<string, string>, Record<string, string>>;
            query: z.ZodMiniString<string>;
            body: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bodyBase64: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bodyWithheld: z.ZodMiniOptional<z.ZodMiniString<string>>;
            publication: z.ZodMiniEnum<{
                unknown: "unknown";
                none: "none";
                held: "held";
                published: "published";
                waiting: "waiting";
                given_up: "given_up";
                discarded: "discarded";
            }>;
            publicationAsOf: z.iso.ZodMiniISODateTime;
            givenUp: z.ZodMiniOptional<z.ZodMiniObject<{
                at: z.iso.ZodMiniISODateTime;
                code: z.ZodMiniString<string>;
            }, z.core.$strip>>;
            connection: z.ZodMiniString<string>;
            provider: z.ZodMiniString<string>;
            path: z.ZodMiniString<string>;
            sourceIp: z.ZodMiniString<string>;
            sha256: z.ZodMiniOptional<z.ZodMiniString<string>>;
            verifiedBy: z.ZodMiniEnum<{
                token: "token";
                signature: "signature";
                both: "both";
            }>;
            bytesAltered: z.ZodMiniBoolean<boolean>;
            expiresAt: z.iso.ZodMiniISODateTime;
            replays: z.ZodMiniOptional<z.ZodMiniInt>;
            releasedAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
        }, z.core.$strip>;
    };
    readonly 'GET /v1/connections/{name}/events/{id}/timeline': {
        readonly function: "api-events";
        readonly role: "flow_designer";
        readonly summary: "Lists what happened to an event: received, verified, stored, held, published or given up, replayed, and attempted at its destinations. A step has a time only where one is stored.";
        readonly answer: z.ZodMiniObject<{
            publication: z.ZodMiniEnum<{
                unknown: "unknown";
                none: "none";
                held: "held";
                published: "published";
                waiting: "waiting";
                given_up: "given_up";
                discarded: "discarded";
            }>;
            publicationAsOf: z.iso.ZodMiniISODateTime;
            givenUp: z.ZodMiniOptional<z.ZodMiniObject<{
                at: z.iso.ZodMiniISODateTime;
                code: z.ZodMiniString<string>;
            }, z.core.$strip>>;
            items: z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
                step: z.ZodMiniLiteral<"received">;
                at: z.iso.ZodMiniISODateTime;
                method: z.ZodMiniString<string>;
                size: z.ZodMiniInt;
                sourceIp: z.ZodMiniString<string>;
            }, z.core.$strip>, z.ZodMiniObject<{
                step: z.ZodMiniLiteral<"verified">;
                verifiedBy: z.ZodMiniEnum<{
                    token: "token";
                    signature: "signature";
                    both: "both";
                }>;
                tokenId: z.ZodMiniString<string>;
            }, z.core.$strip>, z.ZodMiniObject<{
                step: z.ZodMiniLiteral<"stored">;
                expiresAt: z.iso.ZodMiniISODateTime;
            }, z.core.$strip>, z.ZodMiniObject<{
                step: z.ZodMiniLiteral<"held">;
                releasedAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            }, z.core.$strip>, z.ZodMiniObject<{
                step: z.ZodMiniLiteral<"published">;
                asOf: z.iso.ZodMiniISODateTime;
            }, z.core.$strip>, z.ZodMiniObject<{
                step: z.ZodMiniLiteral<"given_up">;
                at: z.iso.ZodMiniISODateTime;
                code: z.ZodMiniString<string>;
            }, z.core.$strip>, z.ZodMiniObject<{
                step: z.ZodMiniLiteral<"replayed">;
                replay: z.ZodMiniInt;
                at: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                by: z.ZodMiniOptional<z.ZodMiniString<string>>;
                job: z.ZodMiniOptional<z.ZodMiniString<string>>;
            }, z.core.$strip>, z.ZodMiniObject<{
                step: z.ZodMiniLiteral<"attempted">;
                at: z.iso.ZodMiniISODateTime;
                ms: z.ZodMiniInt;
                delivery: z.ZodMiniString<string>;
                destination: z.ZodMiniString<string>;
                rule: z.ZodMiniString<string>;
                replay: z.ZodMiniOptional<z.ZodMiniInt>;
                attempt: z.ZodMiniInt;
                outcome: z.ZodMiniString<string>;
                status: z.ZodMiniOptional<z.ZodMiniInt>;
                cause: z.ZodMiniOptional<z.ZodMiniString<string>>;
            }, z.core.$strip>], "step">>;
        }, z.core.$strip>;
    };
    readonly 'POST /v1/connections/{name}/events/{id}/replay': {
        readonly function: "api-events";
        readonly role: "flow_designer";
        readonly statuses: readonly [202];
        readonly summary: "Publishes an event again.";
        readonly body: z.ZodMiniObject<{}, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            id: z.ZodMiniString<string>;
            replay: z.ZodMiniInt;
        }, z.core.$strip>;
    };
};
