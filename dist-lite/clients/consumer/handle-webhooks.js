/** A Lambda function's handler, made of a function that handles one webhook. */
import { webhookFrom } from "./webhook.js";
const isBatch = (event) => {
    const { Records = [] } = (event ?? {});
    return Array.isArray(Records) && Records.length > 0 && Records.every((each) => typeof each?.messageId === 'string');
};
const logFailure = (error, messageId) => console.error(`The message ${messageId} was not handled, and comes again.`, error);
/** What must be handled in order: in a FIFO queue the messages of a group, in any other queue each message alone. */
const lineOf = ({ messageId, eventSourceARN, attributes }) => (eventSourceARN?.endsWith('.fifo') ? attributes?.MessageGroupId : undefined) ?? messageId;
/** Handles messages one after the other, until one fails. @returns that one, and those behind it */
async function failuresOf(line, handle) {
    const failures = [];
    for (const message of line) {
        const { messageId } = message;
        if (failures.length > 0)
            failures.push({ messageId, error: new Error('A message before it in its group failed.') });
        else
            await handle(message).catch((error) => failures.push({ messageId, error }));
    }
    return failures;
}
/**
 * Makes a handler for an event of the bus, for a notification of SNS, or for a batch of a queue. Of a batch, each message is handled by
 * itself, and those that fail are named in the answer. The event source mapping must ask for that (`reportBatchItemFailures`).
 *
 * The handler is a plain function, and so is what it takes: middy can make either, around the invocation or around each webhook.
 * @throws what the function throws, or NotAWebhook, if there is but one message; an AggregateError if each of a batch failed
 */
export function handleWebhooks(handler, { onFailure = logFailure, ...options } = {}) {
    return async (event, context) => {
        const handle = async (message) => handler(webhookFrom(message, options), context);
        if (!isBatch(event)) {
            await handle(event);
            return undefined;
        }
        const lines = [...Map.groupBy(event.Records, lineOf).values()];
        const failures = (await Promise.all(lines.map((line) => failuresOf(line, handle)))).flat();
        for (const { error, messageId } of failures)
            onFailure(error, messageId);
        // Thrown, so that it counts as an error of the function. All messages come again, as if each was named.
        if (failures.length === event.Records.length)
            throw new AggregateError(failures.map(({ error }) => error), 'No message of the batch was handled.');
        return { batchItemFailures: failures.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    };
}
/**
 * The middleware for a handler of middy that gets one event: the handler's event is the webhook.
 * @throws NotAWebhook if the event is not exactly one webhook
 */
export const webhook = (options = {}) => ({
    before: (request) => {
        request.event = webhookFrom(request.event, options);
    },
});
