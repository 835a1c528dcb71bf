/** The routes of operators. */
import * as z from 'zod/mini';
export declare const operatorRoutes: {
    readonly 'GET /v1/me': {
        readonly function: "api-operators";
        readonly role: "flow_designer";
        readonly summary: "Says whose token this is, and what its role may do apart from connections.";
        readonly answer: z.ZodMiniObject<{
            id: z.ZodMiniString<string>;
            name: z.ZodMiniString<string>;
            role: z.ZodMiniEnum<{
                connection_admin: "connection_admin";
                flow_designer: "flow_designer";
            }>;
            expiresAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            via: z.ZodMiniOptional<z.ZodMiniEnum<{
                mcp: "mcp";
            }>>;
            allowedActions: z.ZodMiniArray<z.ZodMiniEnum<{
                listOperators: "listOperators";
                createOperator: "createOperator";
                revokeOperator: "revokeOperator";
                createConnection: "createConnection";
                createDestination: "createDestination";
                changeDestination: "changeDestination";
            }>>;
            latestOperatorExpiry: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
        }, z.core.$strip>;
    };
    readonly 'GET /v1/operators': {
        readonly function: "api-operators";
        readonly role: "connection_admin";
        readonly summary: "Lists operators, the oldest first, and says whether the bootstrap token still works.";
        readonly query: z.ZodMiniObject<{
            limit: z.ZodMiniOptional<z.ZodMiniString<string>>;
            cursor: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                name: z.ZodMiniString<string>;
                id: z.ZodMiniString<string>;
                createdAt: z.iso.ZodMiniISODateTime;
                createdBy: z.ZodMiniString<string>;
                expiresAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                role: z.ZodMiniEnum<{
                    connection_admin: "connection_admin";
                    flow_designer: "flow_designer";
                }>;
                expired: z.ZodMiniBoolean<boolean>;
                lastUsedAt: z.ZodMiniNullable<z.iso.ZodMiniISODateTime>;
            }, z.core.$strip>>;
            nextCursor: z.ZodMiniNullable<z.ZodMiniString<string>>;
            bootstrap: z.ZodMiniEnum<{
                open: "open";
                closed: "closed";
            }>;
        }, z.core.$strip>;
    };
    readonly 'POST /v1/operators': {
        readonly function: "api-operators";
        readonly role: "connection_admin";
        readonly statuses: readonly [201];
        readonly summary: "Adds an operator. Only this answer has the token.";
        readonly body: z.ZodMiniObject<{
            name: z.ZodMiniString<string>;
            role: z.ZodMiniEnum<{
                connection_admin: "connection_admin";
                flow_designer: "flow_designer";
            }>;
            expiresAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            token: z.ZodMiniString<string>;
            operator: z.ZodMiniObject<{
                name: z.ZodMiniString<string>;
                id: z.ZodMiniString<string>;
                createdAt: z.iso.ZodMiniISODateTime;
                createdBy: z.ZodMiniString<string>;
                expiresAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                role: z.ZodMiniEnum<{
                    connection_admin: "connection_admin";
                    flow_designer: "flow_designer";
                }>;
                expired: z.ZodMiniBoolean<boolean>;
                lastUsedAt: z.ZodMiniNullable<z.iso.ZodMiniISODateTime>;
            }, z.core.$strip>;
        }, z.core.$strip>;
    };
    readonly 'DELETE /v1/operators/{id}': {
        readonly function: "api-operators";
        readonly role: "connection_admin";
        readonly statuses: readonly [204];
        readonly summary: "Revokes an operator. The token stops working at once. The last admin without an expiry stays.";
        readonly answer: z.ZodMiniNull;
    };
    readonly 'GET /v1/operators/names': {
        readonly function: "api-operators";
        readonly role: "flow_designer";
        readonly summary: "Lists the name of every operator by id, also of the revoked ones. A history has ids.";
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                id: z.ZodMiniString<string>;
                name: z.ZodMiniString<string>;
            }, z.core.$strip>>;
        }, z.core.$strip>;
    };
    readonly 'GET /v1/operators/history': {
        readonly function: "api-operators";
        readonly role: "connection_admin";
        readonly summary: "Lists who added and revoked operators, the newest first.";
        readonly query: z.ZodMiniObject<{
            limit: z.ZodMiniOptional<z.ZodMiniString<string>>;
            cursor: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                requestId: z.ZodMiniString<string>;
                verb: z.ZodMiniEnum<{
                    createOperator: "createOperator";
                    revokeOperator: "revokeOperator";
                    closeBootstrap: "closeBootstrap";
                    resetOperators: "resetOperators";
                }>;
                by: z.ZodMiniString<string>;
                at: z.iso.ZodMiniISODateTime;
                operator: z.ZodMiniOptional<z.ZodMiniObject<{
                    name: z.ZodMiniString<string>;
                    id: z.ZodMiniString<string>;
                    expiresAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                    role: z.ZodMiniEnum<{
                        connection_admin: "connection_admin";
                        flow_designer: "flow_designer";
                    }>;
                }, z.core.$strip>>;
                revoked: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
                bootstrapClosed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                version: z.ZodMiniInt;
            }, z.core.$strip>>;
            nextCursor: z.ZodMiniNullable<z.ZodMiniString<string>>;
        }, z.core.$strip>;
    };
};
