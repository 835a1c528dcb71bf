/**
 * What the package exports as `hooklatch/consumer/once`: a webhook is handled once, by the idempotency of Powertools for AWS Lambda, which the
 * function's own package has.
 */
import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
const secondsPerDay = 86_400;
const defaultKeepDays = 30;
/**
 * Handles each webhook once, however often its message comes. What an operator replays is another webhook, and is handled once more.
 *
 * The store notes that a webhook is being handled, and then that it was. If the function is stopped between the two, nobody knows how far it
 * came: the webhook is handled again, but not before the time that the function had is over. A repeat that comes earlier is an error, so that
 * its message comes again. What the handler returns is not stored.
 * @throws IdempotencyAlreadyInProgressError while another attempt may still run
 */
export function once(handler, { persistenceStore, keepDays = defaultKeepDays }) {
    const config = new IdempotencyConfig({ expiresAfterSeconds: keepDays * secondsPerDay, hashFunction: 'sha256' });
    const handleOnce = makeIdempotent(async (_, webhook, context) => {
        await handler(webhook, context);
    }, { persistenceStore, config, dataIndexArgument: 0 });
    return (webhook, context) => {
        const { id, receivedAt, replay } = webhook;
        // At least a millisecond: without an end, an attempt that was stopped would block the webhook for all of `keepDays`.
        const getRemainingTimeInMillis = () => Math.max(1, context.getRemainingTimeInMillis());
        config.registerLambdaContext({ getRemainingTimeInMillis });
        return handleOnce({ id, receivedAt, replay }, webhook, context);
    };
}
