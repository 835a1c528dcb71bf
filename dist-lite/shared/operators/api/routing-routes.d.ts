/** The routes of the API about the rules that route events to destinations. */
import * as z from 'zod/mini';
export declare const routesViewSchema: z.ZodMiniObject<{
    version: z.ZodMiniInt;
    mode: z.ZodMiniEnum<{
        first: "first";
        all: "all";
    }>;
    rules: z.ZodMiniArray<z.ZodMiniObject<{
        id: z.ZodMiniString<string>;
        when: z.ZodMiniOptional<z.ZodMiniCustom<Record<string, unknown>, Record<string, unknown>>>;
        transform: z.ZodMiniOptional<z.ZodMiniString<string>>;
        to: z.ZodMiniString<string>;
    }, z.core.$strip>>;
}, z.core.$strip>;
export declare const routingRoutes: {
    readonly 'GET /v1/connections/{name}/routes': {
        readonly function: "api-routes";
        readonly role: "flow_designer";
        readonly summary: "Reads the rules that route the events of the connection to destinations.";
        readonly answer: z.ZodMiniObject<{
            version: z.ZodMiniInt;
            mode: z.ZodMiniEnum<{
                first: "first";
                all: "all";
            }>;
            rules: z.ZodMiniArray<z.ZodMiniObject<{
                id: z.ZodMiniString<string>;
                when: z.ZodMiniOptional<z.ZodMiniCustom<Record<string, unknown>, Record<string, unknown>>>;
                transform: z.ZodMiniOptional<z.ZodMiniString<string>>;
                to: z.ZodMiniString<string>;
            }, z.core.$strip>>;
        }, z.core.$strip>;
    };
    readonly 'PUT /v1/connections/{name}/routes': {
        readonly function: "api-routes";
        readonly role: "connection_admin";
        readonly summary: "Replaces all rules. They hold for events that arrive after the answer. An empty list removes them. In the mode first, only the first rule that matches counts.";
        readonly body: z.ZodMiniObject<{
            mode: z.ZodMiniDefault<z.ZodMiniEnum<{
                first: "first";
                all: "all";
            }>>;
            rules: z.ZodMiniArray<z.ZodMiniObject<{
                id: z.ZodMiniString<string>;
                when: z.ZodMiniOptional<z.ZodMiniCustom<Record<string, unknown>, Record<string, unknown>>>;
                transform: z.ZodMiniOptional<z.ZodMiniString<string>>;
                to: z.ZodMiniString<string>;
            }, z.core.$strict>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            version: z.ZodMiniInt;
            mode: z.ZodMiniEnum<{
                first: "first";
                all: "all";
            }>;
            rules: z.ZodMiniArray<z.ZodMiniObject<{
                id: z.ZodMiniString<string>;
                when: z.ZodMiniOptional<z.ZodMiniCustom<Record<string, unknown>, Record<string, unknown>>>;
                transform: z.ZodMiniOptional<z.ZodMiniString<string>>;
                to: z.ZodMiniString<string>;
            }, z.core.$strip>>;
        }, z.core.$strip>;
    };
    readonly 'POST /v1/connections/{name}/routes/test': {
        readonly function: "api-routes";
        readonly role: "flow_designer";
        readonly summary: "Tests the rules on an event, and sends nothing. The answer says which rules match, where the event differs from the others, and what would be sent. With routes, it tests those in place of the ones in force, which only admins may.";
        readonly body: z.ZodMiniObject<{
            event: z.ZodMiniOptional<z.ZodMiniObject<{
                type: z.ZodMiniDefault<z.ZodMiniString<string>>;
                headers: z.ZodMiniDefault<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniString<string>>>;
                query: z.ZodMiniDefault<z.ZodMiniString<string>>;
                path: z.ZodMiniDefault<z.ZodMiniString<string>>;
                sourceIp: z.ZodMiniDefault<z.ZodMiniString<string>>;
                data: z.ZodMiniOptional<z.ZodMiniUnknown>;
            }, z.core.$strict>>;
            eventId: z.ZodMiniOptional<z.ZodMiniString<string>>;
            routes: z.ZodMiniOptional<z.ZodMiniObject<{
                mode: z.ZodMiniDefault<z.ZodMiniEnum<{
                    first: "first";
                    all: "all";
                }>>;
                rules: z.ZodMiniArray<z.ZodMiniObject<{
                    id: z.ZodMiniString<string>;
                    when: z.ZodMiniOptional<z.ZodMiniCustom<Record<string, unknown>, Record<string, unknown>>>;
                    transform: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    to: z.ZodMiniString<string>;
                }, z.core.$strict>>;
            }, z.core.$strict>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            mode: z.ZodMiniEnum<{
                first: "first";
                all: "all";
            }>;
            rules: z.ZodMiniArray<z.ZodMiniObject<{
                id: z.ZodMiniString<string>;
                to: z.ZodMiniString<string>;
                verdict: z.ZodMiniEnum<{
                    match: "match";
                    not_reached: "not_reached";
                    no_match: "no_match";
                    over_budget: "over_budget";
                }>;
                mismatch: z.ZodMiniOptional<z.ZodMiniString<string>>;
                sent: z.ZodMiniOptional<z.ZodMiniObject<{
                    method: z.ZodMiniString<string>;
                    headers: z.ZodMiniCustom<Record<string, string>, Record<string, string>>;
                    bytes: z.ZodMiniInt;
                    body: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    bodyBase64: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    isCut: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                }, z.core.$strip>>;
                unsent: z.ZodMiniOptional<z.ZodMiniObject<{
                    reason: z.ZodMiniEnum<{
                        error: "error";
                        empty: "empty";
                        killed: "killed";
                        throttled: "throttled";
                        too_large: "too_large";
                        destination_gone: "destination_gone";
                        no_time: "no_time";
                    }>;
                    message: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    position: z.ZodMiniOptional<z.ZodMiniNumber<number>>;
                }, z.core.$strip>>;
            }, z.core.$strip>>;
            masked: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            split: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            bodyWithheld: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strip>;
    };
};
