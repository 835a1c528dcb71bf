/**
 * What the package exports as `hooklatch/consumer/once`: a webhook is handled once, by the idempotency of Powertools for AWS Lambda, which the
 * function's own package has.
 */
import { makeIdempotent } from '@aws-lambda-powertools/idempotency';
import type { InvocationContext, WebhookHandler } from './handle-webhooks.ts';
export type OnceOptions = Pick<Parameters<typeof makeIdempotent>[1], 'persistenceStore'> & {
    /**
     * The days for which it is noted that a webhook was handled. By default 30: a queue keeps a message for 14 days at most, and for 14 more if
     * it is sent again from the dead-letter queue.
     */
    keepDays?: number | undefined;
};
/**
 * Handles each webhook once, however often its message comes. What an operator replays is another webhook, and is handled once more.
 *
 * The store notes that a webhook is being handled, and then that it was. If the function is stopped between the two, nobody knows how far it
 * came: the webhook is handled again, but not before the time that the function had is over. A repeat that comes earlier is an error, so that
 * its message comes again. What the handler returns is not stored.
 * @throws IdempotencyAlreadyInProgressError while another attempt may still run
 */
export declare function once<Context extends InvocationContext>(handler: WebhookHandler<Context>, { persistenceStore, keepDays }: OnceOptions): WebhookHandler<Context>;
