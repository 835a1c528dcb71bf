/** The routes of destinations. */
import * as z from 'zod/mini';
export declare const destinationRoutes: {
    readonly 'GET /v1/destinations': {
        readonly summary: "Lists destinations by name.";
        readonly query: z.ZodMiniObject<{
            limit: z.ZodMiniOptional<z.ZodMiniString<string>>;
            cursor: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                signing: z.ZodMiniObject<{
                    createdAt: z.iso.ZodMiniISODateTime;
                    createdBy: z.ZodMiniString<string>;
                    previousUntil: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                }, z.core.$strip>;
                name: z.ZodMiniString<string>;
                description: z.ZodMiniString<string>;
                origin: z.ZodMiniString<string>;
                method: z.ZodMiniEnum<{
                    POST: "POST";
                    PUT: "PUT";
                    PATCH: "PATCH";
                }>;
                headerNames: z.ZodMiniArray<z.ZodMiniString<string>>;
                authKind: z.ZodMiniEnum<{
                    header: "header";
                    basic: "basic";
                    none: "none";
                    bearer: "bearer";
                    oauth2: "oauth2";
                }>;
                timeoutSeconds: z.ZodMiniInt;
                rate: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                    perSecond: z.ZodMiniInt;
                }, z.core.$strict>, z.ZodMiniObject<{
                    perMinute: z.ZodMiniInt;
                }, z.core.$strict>]>>;
                concurrency: z.ZodMiniOptional<z.ZodMiniInt>;
                giveUpAfterHours: z.ZodMiniInt;
                schedule: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniInt>>;
                retryOn: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
                status: z.ZodMiniEnum<{
                    active: "active";
                    paused: "paused";
                }>;
                pausedSince: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                version: z.ZodMiniInt;
                createdAt: z.iso.ZodMiniISODateTime;
                updatedAt: z.iso.ZodMiniISODateTime;
                updatedBy: z.ZodMiniString<string>;
                managedBy: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                    kind: z.ZodMiniLiteral<"file">;
                    name: z.ZodMiniString<string>;
                    adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                    tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                }, z.core.$strip>, z.ZodMiniObject<{
                    kind: z.ZodMiniDefault<z.ZodMiniLiteral<"stack">>;
                    stackId: z.ZodMiniString<string>;
                    logicalId: z.ZodMiniString<string>;
                    adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                }, z.core.$strip>]>>;
                id: z.ZodMiniString<string>;
            }, z.core.$strip>>;
            nextCursor: z.ZodMiniNullable<z.ZodMiniString<string>>;
        }, z.core.$strip>;
        readonly function: "api-destinations";
        readonly role: "flow_designer";
    };
    readonly 'POST /v1/destinations': {
        readonly statuses: readonly [201];
        readonly summary: "Creates a destination: a URL that gets signed requests. No answer shows the URL beyond its origin, the values of headers or the proof.";
        readonly body: z.ZodMiniObject<{
            name: z.ZodMiniString<string>;
            url: z.ZodMiniString<string>;
            description: z.ZodMiniDefault<z.ZodMiniString<string>>;
            method: z.ZodMiniDefault<z.ZodMiniEnum<{
                POST: "POST";
                PUT: "PUT";
                PATCH: "PATCH";
            }>>;
            headers: z.ZodMiniDefault<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniString<string>>>;
            auth: z.ZodMiniDefault<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"none">;
            }, z.core.$strict>, z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"bearer">;
                token: z.ZodMiniString<string>;
            }, z.core.$strict>, z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"basic">;
                username: z.ZodMiniString<string>;
                password: z.ZodMiniString<string>;
            }, z.core.$strict>, z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"header">;
                name: z.ZodMiniString<string>;
                value: z.ZodMiniString<string>;
            }, z.core.$strict>, z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"oauth2">;
                tokenUrl: z.ZodMiniString<string>;
                clientId: z.ZodMiniString<string>;
                clientSecret: z.ZodMiniString<string>;
                scope: z.ZodMiniOptional<z.ZodMiniString<string>>;
                clientAuthentication: z.ZodMiniDefault<z.ZodMiniEnum<{
                    body: "body";
                    basic: "basic";
                }>>;
            }, z.core.$strict>], "kind">>;
            timeoutSeconds: z.ZodMiniDefault<z.ZodMiniInt>;
            rate: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                perSecond: z.ZodMiniInt;
            }, z.core.$strict>, z.ZodMiniObject<{
                perMinute: z.ZodMiniInt;
            }, z.core.$strict>]>>>;
            concurrency: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniInt>>;
            giveUpAfterHours: z.ZodMiniDefault<z.ZodMiniInt>;
            schedule: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniArray<z.ZodMiniInt>>>;
            retryOn: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniArray<z.ZodMiniString<string>>>>;
            signingSecret: z.ZodMiniOptional<z.ZodMiniString<string>>;
            managedBy: z.ZodMiniOptional<z.ZodMiniObject<{
                name: z.ZodMiniString<string>;
                tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                kind: z.ZodMiniLiteral<"file">;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strict>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            signing: z.ZodMiniObject<{
                createdAt: z.iso.ZodMiniISODateTime;
                createdBy: z.ZodMiniString<string>;
                previousUntil: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            }, z.core.$strip>;
            name: z.ZodMiniString<string>;
            description: z.ZodMiniString<string>;
            origin: z.ZodMiniString<string>;
            method: z.ZodMiniEnum<{
                POST: "POST";
                PUT: "PUT";
                PATCH: "PATCH";
            }>;
            headerNames: z.ZodMiniArray<z.ZodMiniString<string>>;
            authKind: z.ZodMiniEnum<{
                header: "header";
                basic: "basic";
                none: "none";
                bearer: "bearer";
                oauth2: "oauth2";
            }>;
            timeoutSeconds: z.ZodMiniInt;
            rate: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                perSecond: z.ZodMiniInt;
            }, z.core.$strict>, z.ZodMiniObject<{
                perMinute: z.ZodMiniInt;
            }, z.core.$strict>]>>;
            concurrency: z.ZodMiniOptional<z.ZodMiniInt>;
            giveUpAfterHours: z.ZodMiniInt;
            schedule: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniInt>>;
            retryOn: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
            status: z.ZodMiniEnum<{
                active: "active";
                paused: "paused";
            }>;
            pausedSince: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            version: z.ZodMiniInt;
            createdAt: z.iso.ZodMiniISODateTime;
            updatedAt: z.iso.ZodMiniISODateTime;
            updatedBy: z.ZodMiniString<string>;
            managedBy: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"file">;
                name: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>, z.ZodMiniObject<{
                kind: z.ZodMiniDefault<z.ZodMiniLiteral<"stack">>;
                stackId: z.ZodMiniString<string>;
                logicalId: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>]>>;
            id: z.ZodMiniString<string>;
        }, z.core.$strip>;
        readonly function: "api-destinations";
        readonly role: "connection_admin";
    };
    readonly 'GET /v1/destinations/{name}': {
        readonly summary: "Reads a destination.";
        readonly answer: z.ZodMiniObject<{
            signing: z.ZodMiniObject<{
                createdAt: z.iso.ZodMiniISODateTime;
                createdBy: z.ZodMiniString<string>;
                previousUntil: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            }, z.core.$strip>;
            name: z.ZodMiniString<string>;
            description: z.ZodMiniString<string>;
            origin: z.ZodMiniString<string>;
            method: z.ZodMiniEnum<{
                POST: "POST";
                PUT: "PUT";
                PATCH: "PATCH";
            }>;
            headerNames: z.ZodMiniArray<z.ZodMiniString<string>>;
            authKind: z.ZodMiniEnum<{
                header: "header";
                basic: "basic";
                none: "none";
                bearer: "bearer";
                oauth2: "oauth2";
            }>;
            timeoutSeconds: z.ZodMiniInt;
            rate: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                perSecond: z.ZodMiniInt;
            }, z.core.$strict>, z.ZodMiniObject<{
                perMinute: z.ZodMiniInt;
            }, z.core.$strict>]>>;
            concurrency: z.ZodMiniOptional<z.ZodMiniInt>;
            giveUpAfterHours: z.ZodMiniInt;
            schedule: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniInt>>;
            retryOn: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
            status: z.ZodMiniEnum<{
                active: "active";
                paused: "paused";
            }>;
            pausedSince: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            version: z.ZodMiniInt;
            createdAt: z.iso.ZodMiniISODateTime;
            updatedAt: z.iso.ZodMiniISODateTime;
            updatedBy: z.ZodMiniString<string>;
            managedBy: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"file">;
                name: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>, z.ZodMiniObject<{
                kind: z.ZodMiniDefault<z.ZodMiniLiteral<"stack">>;
                stackId: z.ZodMiniString<string>;
                logicalId: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>]>>;
            id: z.ZodMiniString<string>;
        }, z.core.$strip>;
        readonly function: "api-destinations";
        readonly role: "flow_designer";
    };
    readonly 'PATCH /v1/destinations/{name}': {
        readonly summary: "Edits a destination. What the request does not name stays; headers and auth are replaced whole; null removes rate or concurrency.";
        readonly body: z.ZodMiniObject<{
            managedBy: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
                name: z.ZodMiniString<string>;
                tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                kind: z.ZodMiniLiteral<"file">;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strict>>>;
            description: z.ZodMiniOptional<z.ZodMiniString<string>>;
            url: z.ZodMiniOptional<z.ZodMiniString<string>>;
            method: z.ZodMiniOptional<z.ZodMiniEnum<{
                POST: "POST";
                PUT: "PUT";
                PATCH: "PATCH";
            }>>;
            headers: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniString<string>>>;
            auth: z.ZodMiniOptional<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"none">;
            }, z.core.$strict>, z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"bearer">;
                token: z.ZodMiniString<string>;
            }, z.core.$strict>, z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"basic">;
                username: z.ZodMiniString<string>;
                password: z.ZodMiniString<string>;
            }, z.core.$strict>, z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"header">;
                name: z.ZodMiniString<string>;
                value: z.ZodMiniString<string>;
            }, z.core.$strict>, z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"oauth2">;
                tokenUrl: z.ZodMiniString<string>;
                clientId: z.ZodMiniString<string>;
                clientSecret: z.ZodMiniString<string>;
                scope: z.ZodMiniOptional<z.ZodMiniString<string>>;
                clientAuthentication: z.ZodMiniDefault<z.ZodMiniEnum<{
                    body: "body";
                    basic: "basic";
                }>>;
            }, z.core.$strict>], "kind">>;
            timeoutSeconds: z.ZodMiniOptional<z.ZodMiniInt>;
            rate: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                perSecond: z.ZodMiniInt;
            }, z.core.$strict>, z.ZodMiniObject<{
                perMinute: z.ZodMiniInt;
            }, z.core.$strict>]>>>;
            concurrency: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniInt>>;
            giveUpAfterHours: z.ZodMiniOptional<z.ZodMiniInt>;
            schedule: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniArray<z.ZodMiniInt>>>;
            retryOn: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniArray<z.ZodMiniString<string>>>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            signing: z.ZodMiniObject<{
                createdAt: z.iso.ZodMiniISODateTime;
                createdBy: z.ZodMiniString<string>;
                previousUntil: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            }, z.core.$strip>;
            name: z.ZodMiniString<string>;
            description: z.ZodMiniString<string>;
            origin: z.ZodMiniString<string>;
            method: z.ZodMiniEnum<{
                POST: "POST";
                PUT: "PUT";
                PATCH: "PATCH";
            }>;
            headerNames: z.ZodMiniArray<z.ZodMiniString<string>>;
            authKind: z.ZodMiniEnum<{
                header: "header";
                basic: "basic";
                none: "none";
                bearer: "bearer";
                oauth2: "oauth2";
            }>;
            timeoutSeconds: z.ZodMiniInt;
            rate: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                perSecond: z.ZodMiniInt;
            }, z.core.$strict>, z.ZodMiniObject<{
                perMinute: z.ZodMiniInt;
            }, z.core.$strict>]>>;
            concurrency: z.ZodMiniOptional<z.ZodMiniInt>;
            giveUpAfterHours: z.ZodMiniInt;
            schedule: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniInt>>;
            retryOn: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
            status: z.ZodMiniEnum<{
                active: "active";
                paused: "paused";
            }>;
            pausedSince: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            version: z.ZodMiniInt;
            createdAt: z.iso.ZodMiniISODateTime;
            updatedAt: z.iso.ZodMiniISODateTime;
            updatedBy: z.ZodMiniString<string>;
            managedBy: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"file">;
                name: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>, z.ZodMiniObject<{
                kind: z.ZodMiniDefault<z.ZodMiniLiteral<"stack">>;
                stackId: z.ZodMiniString<string>;
                logicalId: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>]>>;
            id: z.ZodMiniString<string>;
        }, z.core.$strip>;
        readonly function: "api-destinations";
        readonly role: "connection_admin";
    };
    readonly 'DELETE /v1/destinations/{name}': {
        readonly statuses: readonly [204];
        readonly summary: "Deletes a destination and its secret. With force, also if routes lead to it.";
        readonly query: z.ZodMiniObject<{
            force: z.ZodMiniOptional<z.ZodMiniEnum<{
                false: "false";
                true: "true";
            }>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniNull;
        readonly function: "api-destinations";
        readonly role: "connection_admin";
    };
    readonly 'POST /v1/destinations/{name}/pause': {
        readonly summary: "Pauses a destination: deliveries to it wait, and the time does not count against them.";
        readonly body: z.ZodMiniObject<{}, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            signing: z.ZodMiniObject<{
                createdAt: z.iso.ZodMiniISODateTime;
                createdBy: z.ZodMiniString<string>;
                previousUntil: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            }, z.core.$strip>;
            name: z.ZodMiniString<string>;
            description: z.ZodMiniString<string>;
            origin: z.ZodMiniString<string>;
            method: z.ZodMiniEnum<{
                POST: "POST";
                PUT: "PUT";
                PATCH: "PATCH";
            }>;
            headerNames: z.ZodMiniArray<z.ZodMiniString<string>>;
            authKind: z.ZodMiniEnum<{
                header: "header";
                basic: "basic";
                none: "none";
                bearer: "bearer";
                oauth2: "oauth2";
            }>;
            timeoutSeconds: z.ZodMiniInt;
            rate: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                perSecond: z.ZodMiniInt;
            }, z.core.$strict>, z.ZodMiniObject<{
                perMinute: z.ZodMiniInt;
            }, z.core.$strict>]>>;
            concurrency: z.ZodMiniOptional<z.ZodMiniInt>;
            giveUpAfterHours: z.ZodMiniInt;
            schedule: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniInt>>;
            retryOn: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
            status: z.ZodMiniEnum<{
                active: "active";
                paused: "paused";
            }>;
            pausedSince: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            version: z.ZodMiniInt;
            createdAt: z.iso.ZodMiniISODateTime;
            updatedAt: z.iso.ZodMiniISODateTime;
            updatedBy: z.ZodMiniString<string>;
            managedBy: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"file">;
                name: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>, z.ZodMiniObject<{
                kind: z.ZodMiniDefault<z.ZodMiniLiteral<"stack">>;
                stackId: z.ZodMiniString<string>;
                logicalId: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>]>>;
            id: z.ZodMiniString<string>;
        }, z.core.$strip>;
        readonly function: "api-destinations";
        readonly role: "connection_admin";
    };
    readonly 'POST /v1/destinations/{name}/resume': {
        readonly summary: "Resumes a paused destination: what waits is tried at once.";
        readonly body: z.ZodMiniObject<{}, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            signing: z.ZodMiniObject<{
                createdAt: z.iso.ZodMiniISODateTime;
                createdBy: z.ZodMiniString<string>;
                previousUntil: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            }, z.core.$strip>;
            name: z.ZodMiniString<string>;
            description: z.ZodMiniString<string>;
            origin: z.ZodMiniString<string>;
            method: z.ZodMiniEnum<{
                POST: "POST";
                PUT: "PUT";
                PATCH: "PATCH";
            }>;
            headerNames: z.ZodMiniArray<z.ZodMiniString<string>>;
            authKind: z.ZodMiniEnum<{
                header: "header";
                basic: "basic";
                none: "none";
                bearer: "bearer";
                oauth2: "oauth2";
            }>;
            timeoutSeconds: z.ZodMiniInt;
            rate: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                perSecond: z.ZodMiniInt;
            }, z.core.$strict>, z.ZodMiniObject<{
                perMinute: z.ZodMiniInt;
            }, z.core.$strict>]>>;
            concurrency: z.ZodMiniOptional<z.ZodMiniInt>;
            giveUpAfterHours: z.ZodMiniInt;
            schedule: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniInt>>;
            retryOn: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
            status: z.ZodMiniEnum<{
                active: "active";
                paused: "paused";
            }>;
            pausedSince: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            version: z.ZodMiniInt;
            createdAt: z.iso.ZodMiniISODateTime;
            updatedAt: z.iso.ZodMiniISODateTime;
            updatedBy: z.ZodMiniString<string>;
            managedBy: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"file">;
                name: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>, z.ZodMiniObject<{
                kind: z.ZodMiniDefault<z.ZodMiniLiteral<"stack">>;
                stackId: z.ZodMiniString<string>;
                logicalId: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>]>>;
            id: z.ZodMiniString<string>;
        }, z.core.$strip>;
        readonly function: "api-destinations";
        readonly role: "connection_admin";
    };
    readonly 'POST /v1/destinations/{name}/test': {
        readonly summary: "Sends a signed request to the destination, and answers with what came back.";
        readonly body: z.ZodMiniObject<{}, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            delivered: z.ZodMiniBoolean<boolean>;
            id: z.ZodMiniString<string>;
            ms: z.ZodMiniInt;
            status: z.ZodMiniOptional<z.ZodMiniInt>;
            reason: z.ZodMiniOptional<z.ZodMiniString<string>>;
            detail: z.ZodMiniOptional<z.ZodMiniString<string>>;
            facts: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
                code: z.ZodMiniEnum<{
                    signature_unsupported: "signature_unsupported";
                    message_incomplete: "message_incomplete";
                    endpoint_unknown: "endpoint_unknown";
                    endpoint_inactive: "endpoint_inactive";
                    address_not_allowed: "address_not_allowed";
                    secret_missing: "secret_missing";
                    token_missing: "token_missing";
                    token_malformed: "token_malformed";
                    token_unknown: "token_unknown";
                    token_expired: "token_expired";
                    secret_malformed: "secret_malformed";
                    signature_missing: "signature_missing";
                    signature_malformed: "signature_malformed";
                    signature_mismatch: "signature_mismatch";
                    timestamp_missing: "timestamp_missing";
                    timestamp_malformed: "timestamp_malformed";
                    timestamp_too_old: "timestamp_too_old";
                    timestamp_in_future: "timestamp_in_future";
                    message_ambiguous: "message_ambiguous";
                    scheme_unsafe: "scheme_unsafe";
                    body_not_json_object: "body_not_json_object";
                    body_not_utf8: "body_not_utf8";
                    handshake_refused: "handshake_refused";
                    claim_mismatch: "claim_mismatch";
                    topic_not_allowed: "topic_not_allowed";
                    certificate_refused: "certificate_refused";
                    certificate_unavailable: "certificate_unavailable";
                    delivery_id_reused: "delivery_id_reused";
                    method_not_allowed: "method_not_allowed";
                    body_too_large: "body_too_large";
                    handshake_window_closed: "handshake_window_closed";
                    sender_secret_missing: "sender_secret_missing";
                    adopt_secret: "adopt_secret";
                    await_secret: "await_secret";
                    no_answer: "no_answer";
                    failed_here: "failed_here";
                    destination_redirected: "destination_redirected";
                    destination_refused: "destination_refused";
                    destination_forbidden: "destination_forbidden";
                    destination_no_token: "destination_no_token";
                    destination_silent: "destination_silent";
                    redirected: "redirected";
                    past_cloudfront: "past_cloudfront";
                    other_origin: "other_origin";
                    rejected: "rejected";
                    unexplained: "unexplained";
                    only_sender_signs: "only_sender_signs";
                    not_stored: "not_stored";
                    publish_not_asked: "publish_not_asked";
                    held_back: "held_back";
                    not_on_bus: "not_on_bus";
                    delivery_known: "delivery_known";
                    event_not_named: "event_not_named";
                    published_as_usual: "published_as_usual";
                    made_with_token: "made_with_token";
                    made_with_signature: "made_with_signature";
                    made_with_both: "made_with_both";
                    secret_to_adopt: "secret_to_adopt";
                    handshake_to_open: "handshake_to_open";
                    token_removed: "token_removed";
                    no_url_yet: "no_url_yet";
                    still_inactive: "still_inactive";
                    release_runs: "release_runs";
                    not_observed: "not_observed";
                    last_check: "last_check";
                    next_pass: "next_pass";
                    provider_mistyped: "provider_mistyped";
                    unknown_provider: "unknown_provider";
                    mistyped_provider: "mistyped_provider";
                    connection_not_found: "connection_not_found";
                    last_admin: "last_admin";
                    operator_not_found: "operator_not_found";
                    provider_not_found: "provider_not_found";
                    secret_made_by_sender: "secret_made_by_sender";
                    version_mismatch: "version_mismatch";
                    scheme_missing: "scheme_missing";
                    scheme_unexpected: "scheme_unexpected";
                    spaces_around: "spaces_around";
                    secret_spaces: "secret_spaces";
                    sender_spaces: "sender_spaces";
                    secret_form: "secret_form";
                    hex_for_base64: "hex_for_base64";
                    hex_for_base64url: "hex_for_base64url";
                    base64_for_hex: "base64_for_hex";
                    base64_for_base64url: "base64_for_base64url";
                    base64url_for_hex: "base64url_for_hex";
                    base64url_for_base64: "base64url_for_base64";
                    prefix_missing: "prefix_missing";
                    prefix_other: "prefix_other";
                    body_line_break: "body_line_break";
                    body_rewritten: "body_rewritten";
                    url_other: "url_other";
                    older_scheme: "older_scheme";
                    body_is_form: "body_is_form";
                    body_is_no_form: "body_is_no_form";
                    time_unit: "time_unit";
                    minutes_off: "minutes_off";
                    hours_off: "hours_off";
                    days_off: "days_off";
                }>;
                secret: z.ZodMiniOptional<z.ZodMiniObject<{
                    code: z.ZodMiniEnum<{
                        adopt_secret: "adopt_secret";
                        await_secret: "await_secret";
                    }>;
                    where: z.ZodMiniString<string>;
                    field: z.ZodMiniEnum<{
                        value: "value";
                        signingSecret: "signingSecret";
                    }>;
                    verb: z.ZodMiniEnum<{
                        generateToken: "generateToken";
                        rotateToken: "rotateToken";
                        changeAuth: "changeAuth";
                    }>;
                }, z.core.$strip>>;
                status: z.ZodMiniOptional<z.ZodMiniInt>;
                reason: z.ZodMiniOptional<z.ZodMiniEnum<{
                    signature_unsupported: "signature_unsupported";
                    message_incomplete: "message_incomplete";
                    endpoint_unknown: "endpoint_unknown";
                    endpoint_inactive: "endpoint_inactive";
                    address_not_allowed: "address_not_allowed";
                    secret_missing: "secret_missing";
                    token_missing: "token_missing";
                    token_malformed: "token_malformed";
                    token_unknown: "token_unknown";
                    token_expired: "token_expired";
                    secret_malformed: "secret_malformed";
                    signature_missing: "signature_missing";
                    signature_malformed: "signature_malformed";
                    signature_mismatch: "signature_mismatch";
                    timestamp_missing: "timestamp_missing";
                    timestamp_malformed: "timestamp_malformed";
                    timestamp_too_old: "timestamp_too_old";
                    timestamp_in_future: "timestamp_in_future";
                    message_ambiguous: "message_ambiguous";
                    scheme_unsafe: "scheme_unsafe";
                    body_not_json_object: "body_not_json_object";
                    body_not_utf8: "body_not_utf8";
                    handshake_refused: "handshake_refused";
                    claim_mismatch: "claim_mismatch";
                    topic_not_allowed: "topic_not_allowed";
                    certificate_refused: "certificate_refused";
                    certificate_unavailable: "certificate_unavailable";
                    delivery_id_reused: "delivery_id_reused";
                    method_not_allowed: "method_not_allowed";
                    body_too_large: "body_too_large";
                    handshake_window_closed: "handshake_window_closed";
                    sender_secret_missing: "sender_secret_missing";
                    adopt_secret: "adopt_secret";
                    await_secret: "await_secret";
                    no_answer: "no_answer";
                    failed_here: "failed_here";
                    destination_redirected: "destination_redirected";
                    destination_refused: "destination_refused";
                    destination_forbidden: "destination_forbidden";
                    destination_no_token: "destination_no_token";
                    destination_silent: "destination_silent";
                    redirected: "redirected";
                    past_cloudfront: "past_cloudfront";
                    other_origin: "other_origin";
                    rejected: "rejected";
                    unexplained: "unexplained";
                    only_sender_signs: "only_sender_signs";
                    not_stored: "not_stored";
                    publish_not_asked: "publish_not_asked";
                    held_back: "held_back";
                    not_on_bus: "not_on_bus";
                    delivery_known: "delivery_known";
                    event_not_named: "event_not_named";
                    published_as_usual: "published_as_usual";
                    made_with_token: "made_with_token";
                    made_with_signature: "made_with_signature";
                    made_with_both: "made_with_both";
                    secret_to_adopt: "secret_to_adopt";
                    handshake_to_open: "handshake_to_open";
                    token_removed: "token_removed";
                    no_url_yet: "no_url_yet";
                    still_inactive: "still_inactive";
                    release_runs: "release_runs";
                    not_observed: "not_observed";
                    last_check: "last_check";
                    next_pass: "next_pass";
                    provider_mistyped: "provider_mistyped";
                    unknown_provider: "unknown_provider";
                    mistyped_provider: "mistyped_provider";
                    connection_not_found: "connection_not_found";
                    last_admin: "last_admin";
                    operator_not_found: "operator_not_found";
                    provider_not_found: "provider_not_found";
                    secret_made_by_sender: "secret_made_by_sender";
                    version_mismatch: "version_mismatch";
                    scheme_missing: "scheme_missing";
                    scheme_unexpected: "scheme_unexpected";
                    spaces_around: "spaces_around";
                    secret_spaces: "secret_spaces";
                    sender_spaces: "sender_spaces";
                    secret_form: "secret_form";
                    hex_for_base64: "hex_for_base64";
                    hex_for_base64url: "hex_for_base64url";
                    base64_for_hex: "base64_for_hex";
                    base64_for_base64url: "base64_for_base64url";
                    base64url_for_hex: "base64url_for_hex";
                    base64url_for_base64: "base64url_for_base64";
                    prefix_missing: "prefix_missing";
                    prefix_other: "prefix_other";
                    body_line_break: "body_line_break";
                    body_rewritten: "body_rewritten";
                    url_other: "url_other";
                    older_scheme: "older_scheme";
                    body_is_form: "body_is_form";
                    body_is_no_form: "body_is_no_form";
                    time_unit: "time_unit";
                    minutes_off: "minutes_off";
                    hours_off: "hours_off";
                    days_off: "days_off";
                }>>;
                fault: z.ZodMiniOptional<z.ZodMiniString<string>>;
                at: z.ZodMiniOptional<z.ZodMiniString<string>>;
                replayId: z.ZodMiniOptional<z.ZodMiniString<string>>;
                nearest: z.ZodMiniOptional<z.ZodMiniString<string>>;
                version: z.ZodMiniOptional<z.ZodMiniInt>;
                wanted: z.ZodMiniOptional<z.ZodMiniInt>;
            }, z.core.$strip>>>;
            answer: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strip>;
        readonly function: "api-destinations";
        readonly role: "connection_admin";
    };
    readonly 'GET /v1/destinations/{name}/secret': {
        readonly summary: "Reveals the secret with which requests are signed. The history records it.";
        readonly answer: z.ZodMiniObject<{
            secret: z.ZodMiniString<string>;
            previous: z.ZodMiniOptional<z.ZodMiniObject<{
                secret: z.ZodMiniString<string>;
                expiresAt: z.iso.ZodMiniISODateTime;
            }, z.core.$strip>>;
        }, z.core.$strip>;
        readonly function: "api-destinations";
        readonly role: "connection_admin";
    };
    readonly 'POST /v1/destinations/{name}/secret/rotate': {
        readonly summary: "Replaces the signing secret. Until the grace ends, requests are signed with both.";
        readonly body: z.ZodMiniObject<{
            value: z.ZodMiniOptional<z.ZodMiniString<string>>;
            graceSeconds: z.ZodMiniDefault<z.ZodMiniInt>;
            force: z.ZodMiniDefault<z.ZodMiniBoolean<boolean>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            secret: z.ZodMiniString<string>;
            previous: z.ZodMiniOptional<z.ZodMiniObject<{
                secret: z.ZodMiniString<string>;
                expiresAt: z.iso.ZodMiniISODateTime;
            }, z.core.$strip>>;
        }, z.core.$strip>;
        readonly function: "api-destinations";
        readonly role: "connection_admin";
    };
    readonly 'GET /v1/destinations/{name}/history': {
        readonly summary: "Lists who changed the destination, revealed its secret or redelivered many deliveries, the newest first.";
        readonly query: z.ZodMiniObject<{
            limit: z.ZodMiniOptional<z.ZodMiniString<string>>;
            cursor: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                verb: z.ZodMiniEnum<{
                    create: "create";
                    adopt: "adopt";
                    detach: "detach";
                    edit: "edit";
                    delete: "delete";
                    pause: "pause";
                    resume: "resume";
                    revealSecret: "revealSecret";
                    rotateSecret: "rotateSecret";
                    startRedelivery: "startRedelivery";
                    cancelRedelivery: "cancelRedelivery";
                }>;
                by: z.ZodMiniString<string>;
                at: z.iso.ZodMiniISODateTime;
                of: z.ZodMiniOptional<z.ZodMiniString<string>>;
                eventsFrom: z.ZodMiniOptional<z.ZodMiniOptional<z.iso.ZodMiniISODateTime>>;
                eventsTo: z.ZodMiniOptional<z.ZodMiniOptional<z.iso.ZodMiniISODateTime>>;
                statuses: z.ZodMiniOptional<z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniEnum<{
                    delivered: "delivered";
                    cancelled: "cancelled";
                    given_up: "given_up";
                    failed: "failed";
                }>>>>;
                connection: z.ZodMiniOptional<z.ZodMiniOptional<z.ZodMiniString<string>>>;
                rule: z.ZodMiniOptional<z.ZodMiniOptional<z.ZodMiniString<string>>>;
                deliveryCount: z.ZodMiniOptional<z.ZodMiniOptional<z.ZodMiniInt>>;
                requestId: z.ZodMiniOptional<z.ZodMiniString<string>>;
                settings: z.ZodMiniOptional<z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>>;
                version: z.ZodMiniOptional<z.ZodMiniInt>;
            }, z.core.$strip>>;
            nextCursor: z.ZodMiniNullable<z.ZodMiniString<string>>;
        }, z.core.$strip>;
        readonly function: "api-destinations";
        readonly role: "flow_designer";
    };
};
