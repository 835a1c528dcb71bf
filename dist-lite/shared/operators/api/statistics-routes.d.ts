/** The routes of statistics. Each answer has the header `hooklatch-as-of`. */
import * as z from 'zod/mini';
export declare const statisticsRoutes: {
    readonly 'GET /v1/connections/{name}/stats': {
        readonly function: "api-events";
        readonly role: "flow_designer";
        readonly summary: "Counts the webhooks of a connection by minute, hour or day: accepted, duplicates, refused and more. The header hooklatch-as-of says until when events are counted.";
        readonly query: z.ZodMiniObject<{
            from: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            to: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            by: z.ZodMiniOptional<z.ZodMiniEnum<{
                minute: "minute";
                hour: "hour";
                day: "day";
            }>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                at: z.iso.ZodMiniISODateTime;
                accepted: z.ZodMiniInt;
                duplicates: z.ZodMiniInt;
                conflicts: z.ZodMiniInt;
                refused: z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniInt>;
                published: z.ZodMiniInt;
                givenUp: z.ZodMiniInt;
                destinations: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniObject<{
                    delivered: z.ZodMiniInt;
                    failed: z.ZodMiniInt;
                    p50: z.ZodMiniOptional<z.ZodMiniInt>;
                    p95: z.ZodMiniOptional<z.ZodMiniInt>;
                    waiting: z.ZodMiniOptional<z.ZodMiniInt>;
                }, z.core.$strip>>>;
                inexact: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniEnum<{
                    refused: "refused";
                    published: "published";
                    duplicates: "duplicates";
                    conflicts: "conflicts";
                    givenUp: "givenUp";
                    accepted: "accepted";
                }>>>;
            }, z.core.$strip>>;
        }, z.core.$strip>;
    };
    readonly 'GET /v1/stats': {
        readonly function: "api-events";
        readonly role: "flow_designer";
        readonly summary: "Counts the webhooks of all connections together by minute, hour or day. The header hooklatch-as-of says until when events are counted.";
        readonly query: z.ZodMiniObject<{
            from: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            to: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
            by: z.ZodMiniOptional<z.ZodMiniEnum<{
                minute: "minute";
                hour: "hour";
                day: "day";
            }>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                at: z.iso.ZodMiniISODateTime;
                accepted: z.ZodMiniInt;
                duplicates: z.ZodMiniInt;
                conflicts: z.ZodMiniInt;
                refused: z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniInt>;
                published: z.ZodMiniInt;
                givenUp: z.ZodMiniInt;
                destinations: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniObject<{
                    delivered: z.ZodMiniInt;
                    failed: z.ZodMiniInt;
                    p50: z.ZodMiniOptional<z.ZodMiniInt>;
                    p95: z.ZodMiniOptional<z.ZodMiniInt>;
                    waiting: z.ZodMiniOptional<z.ZodMiniInt>;
                }, z.core.$strip>>>;
                inexact: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniEnum<{
                    refused: "refused";
                    published: "published";
                    duplicates: "duplicates";
                    conflicts: "conflicts";
                    givenUp: "givenUp";
                    accepted: "accepted";
                }>>>;
            }, z.core.$strip>>;
        }, z.core.$strip>;
    };
};
