/**
 * Finds the webhook's event in what a consumer gets: the event of the bus itself, or the event inside a message of SQS, a notification of
 * SNS, or both.
 */
import * as z from 'zod/mini';
import { schema } from "../../shared/ground/base/schema.js";
/** The event's `detail`, as `shared/events/bus/publication.ts` writes it. Its body is in one of the last three fields, or in the first two. */
const detailSchema = /* @__PURE__ */ schema(() => z.object({
    id: z.string(),
    connection: z.string(),
    provider: z.string(),
    type: z.string(),
    deliveryId: z.optional(z.string()),
    receivedAt: z.string(),
    method: z.string(),
    contentType: z.optional(z.string()),
    headers: z.custom((value) => typeof value === 'object' && value !== null),
    query: z.string(),
    path: z.string(),
    item: z.optional(z.object({ of: z.string(), index: z.number(), count: z.number() })),
    sha256: z.string(),
    size: z.number(),
    replay: z.optional(z.number()),
    test: z.optional(z.boolean()),
    tokenIn: z.optional(z.array(z.string())),
    data: z.optional(z.unknown()),
    dataBase64: z.optional(z.string()),
    bodyLocation: z.optional(z.object({ bucket: z.string(), key: z.string() })),
}));
/** What a consumer was given is not one webhook of Hooklatch. */
export class NotAWebhook extends Error {
    name = 'NotAWebhook';
}
const isFields = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        throw new NotAWebhook('The message is not JSON, and so no event of the bus.');
    }
}
function onlyRecord(records) {
    if (records.length === 1)
        return records[0];
    throw new NotAWebhook(`It has ${records.length} records, and not one. handleWebhooks() takes a batch.`);
}
/** The text inside an envelope: of SQS as Lambda or the SDK has it, of SNS as Lambda or a queue has it. */
function enclosedText({ Sns, body, Body, Type, Message }) {
    if (isFields(Sns))
        return enclosedText(Sns);
    const text = body ?? Body ?? (Type === 'Notification' ? Message : undefined);
    return typeof text === 'string' ? text : undefined;
}
/** Says what an event of another source is, and what to change. */
function whyNot({ source, detail, connection, receivedAt }) {
    if (source === 'hooklatch')
        return 'It is one of the events of Hooklatch itself, and no webhook. A rule with the pattern {"source": [{"prefix": "hooklatch."}]} gets webhooks alone.';
    if (source === undefined && connection !== undefined && receivedAt !== undefined)
        return 'It is the detail of an event alone. Leave the input path and the input transformer out of the rule.';
    if (typeof source !== 'string' || detail === undefined)
        return 'It is no event of EventBridge, and no message of SQS or SNS with one.';
    return `It is an event of ${JSON.stringify(source.slice(0, 64))}, and not of Hooklatch.`;
}
/**
 * Finds the event in an envelope, or takes the event itself.
 * @throws NotAWebhook if it is not exactly one webhook of Hooklatch
 */
export function busEventIn(given, text) {
    if (!isFields(given))
        throw new NotAWebhook(whyNot({}));
    if (Array.isArray(given['Records']))
        return busEventIn(onlyRecord(given['Records']));
    const enclosed = enclosedText(given);
    if (enclosed !== undefined)
        return busEventIn(parsed(enclosed), enclosed);
    const { source, detail } = given;
    if (typeof source !== 'string' || !source.startsWith('hooklatch.') || !isFields(detail))
        throw new NotAWebhook(whyNot(given));
    const { success, data, error } = detailSchema.safeParse(detail);
    if (success)
        return { detail: data, ...(text !== undefined && { text }) };
    const places = [...new Set(error.issues.map(({ path }) => `detail.${path.join('.')}`))];
    throw new NotAWebhook(`These fields of the event are missing, or have another form: ${places.join(', ')}.`);
}
