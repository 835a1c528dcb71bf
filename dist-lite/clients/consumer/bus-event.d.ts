/**
 * Finds the webhook's event in what a consumer gets: the event of the bus itself, or the event inside a message of SQS, a notification of
 * SNS, or both.
 */
import * as z from 'zod/mini';
/** The event's `detail`, as `shared/events/bus/publication.ts` writes it. Its body is in one of the last three fields, or in the first two. */
declare const detailSchema: z.ZodMiniObject<{
    id: z.ZodMiniString<string>;
    connection: z.ZodMiniString<string>;
    provider: z.ZodMiniString<string>;
    type: z.ZodMiniString<string>;
    deliveryId: z.ZodMiniOptional<z.ZodMiniString<string>>;
    receivedAt: z.ZodMiniString<string>;
    method: z.ZodMiniString<string>;
    contentType: z.ZodMiniOptional<z.ZodMiniString<string>>;
    headers: z.ZodMiniCustom<Readonly<Record<string, string>>, Readonly<Record<string, string>>>;
    query: z.ZodMiniString<string>;
    path: z.ZodMiniString<string>;
    item: z.ZodMiniOptional<z.ZodMiniObject<{
        of: z.ZodMiniString<string>;
        index: z.ZodMiniNumber<number>;
        count: z.ZodMiniNumber<number>;
    }, z.core.$strip>>;
    sha256: z.ZodMiniString<string>;
    size: z.ZodMiniNumber<number>;
    replay: z.ZodMiniOptional<z.ZodMiniNumber<number>>;
    test: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    tokenIn: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
    data: z.ZodMiniOptional<z.ZodMiniUnknown>;
    dataBase64: z.ZodMiniOptional<z.ZodMiniString<string>>;
    bodyLocation: z.ZodMiniOptional<z.ZodMiniObject<{
        bucket: z.ZodMiniString<string>;
        key: z.ZodMiniString<string>;
    }, z.core.$strip>>;
}, z.core.$strip>;
export type Detail = z.infer<typeof detailSchema>;
/** A webhook's event. `text` is its JSON as it came, if an envelope had it as text. */
export interface BusEvent {
    detail: Detail;
    text?: string;
}
/** What a consumer was given is not one webhook of Hooklatch. */
export declare class NotAWebhook extends Error {
    name: string;
}
/**
 * Finds the event in an envelope, or takes the event itself.
 * @throws NotAWebhook if it is not exactly one webhook of Hooklatch
 */
export declare function busEventIn(given: unknown, text?: string): BusEvent;
export {};
