/** A Lambda function's handler, made of a function that handles one webhook. */
import { type Webhook, type WebhookOptions } from './webhook.ts';
/** What a handler reads of Lambda's context. */
export interface InvocationContext {
    getRemainingTimeInMillis(): number;
}
/** Handles one webhook. What it throws fails this webhook alone. A handler that middy made is such a function. */
export type WebhookHandler<Context = InvocationContext> = (webhook: Webhook, context: Context) => unknown;
export interface HandleWebhooksOptions extends WebhookOptions {
    /**
     * Is told what failed in a batch, because Lambda logs only what a handler throws. By default it is written to the log.
     * @param messageId the id of the message in its queue
     */
    onFailure?: ((error: unknown, messageId: string) => void) | undefined;
}
/** What a function tells Lambda about a batch of a queue. */
export interface BatchAnswer {
    batchItemFailures: {
        itemIdentifier: string;
    }[];
}
/**
 * Makes a handler for an event of the bus, for a notification of SNS, or for a batch of a queue. Of a batch, each message is handled by
 * itself, and those that fail are named in the answer. The event source mapping must ask for that (`reportBatchItemFailures`).
 *
 * The handler is a plain function, and so is what it takes: middy can make either, around the invocation or around each webhook.
 * @throws what the function throws, or NotAWebhook, if there is but one message; an AggregateError if each of a batch failed
 */
export declare function handleWebhooks<Context = InvocationContext>(handler: WebhookHandler<Context>, { onFailure, ...options }?: HandleWebhooksOptions): (event: unknown, context: Context) => Promise<BatchAnswer | undefined>;
/** A middleware of middy, as far as this one needs it. */
export interface WebhookMiddleware {
    before(request: {
        event: unknown;
    }): void;
}
/**
 * The middleware for a handler of middy that gets one event: the handler's event is the webhook.
 * @throws NotAWebhook if the event is not exactly one webhook
 */
export declare const webhook: (options?: WebhookOptions) => WebhookMiddleware;
