/**
 * What the package exports as `hooklatch/consumer/once`: a webhook is handled once, by the idempotency of Powertools for AWS Lambda, which the
 * function's own package has.
 */
import {
  IdempotencyConfig,
  IdempotencyItemAlreadyExistsError,
  IdempotencyItemNotFoundError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { BasePersistenceLayer, type IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import type { InvocationContext, WebhookHandler } from './handle-webhooks.ts';
import type { Webhook } from './webhook.ts';

export type OnceOptions = Pick<Parameters<typeof makeIdempotent>[1], 'persistenceStore'> & {
  /**
   * The days for which it is noted that a webhook was handled. By default 30: a queue keeps a message for 14 days at most, and for 14 more if
   * it is sent again from the dead-letter queue.
   */
  keepDays?: number | undefined;
};

const secondsPerDay = 86_400;
const defaultKeepDays = 30;
/** The time of an attempt without Lambda's context, in ms: the longest that Lambda gives. */
const longestAttemptMs = 15 * 60 * 1_000;

/**
 * Handles each webhook once, however often its message comes. What an operator replays is another webhook, and is handled once more.
 *
 * The store notes that a webhook is being handled, and then that it was. If the function is stopped between the two, nobody knows how far it
 * came: the webhook is handled again, but not before the time that the function had is over. A repeat that comes earlier is an error, so that
 * its message comes again. What the handler returns is not stored.
 *
 * Outside Lambda there is no context, and none is needed: an attempt then counts as running for 15 minutes at most.
 * @throws IdempotencyAlreadyInProgressError while another attempt may still run
 */
export function once<Context extends InvocationContext | undefined>(
  handler: WebhookHandler<Context>,
  { persistenceStore, keepDays = defaultKeepDays }: OnceOptions,
): WebhookHandler<Context> {
  const config = new IdempotencyConfig({ expiresAfterSeconds: keepDays * secondsPerDay, hashFunction: 'sha256' });
  const handleOnce = makeIdempotent(
    async (_: Pick<Webhook, 'id' | 'receivedAt' | 'replay'>, webhook: Webhook, context: Context): Promise<void> => {
      await handler(webhook, context);
    },
    { persistenceStore, config, dataIndexArgument: 0 },
  );
  return (webhook, context) => {
    const { id, receivedAt, replay } = webhook;
    // At least a millisecond: without an end, an attempt that was stopped would block the webhook for all of `keepDays`.
    const getRemainingTimeInMillis = () => Math.max(1, context?.getRemainingTimeInMillis?.() ?? longestAttemptMs);
    config.registerLambdaContext({ getRemainingTimeInMillis } as Parameters<typeof config.registerLambdaContext>[0]);
    return handleOnce({ id, receivedAt, replay }, webhook, context);
  };
}

const isRunning = (record: IdempotencyRecord): boolean =>
  record.getStatus() === 'INPROGRESS' && Number(record.inProgressExpiryTimestamp) > Date.now();

/**
 * Makes a store in the memory of this process, for trials and tests alone: it ends with the process, and each instance of a function would
 * have its own.
 */
export function memoryStore(): OnceOptions['persistenceStore'] {
  const records = new Map<string, IdempotencyRecord>();
  class MemoryStore extends BasePersistenceLayer {
    protected override async _putRecord(record: IdempotencyRecord): Promise<void> {
      const known = records.get(record.idempotencyKey);
      if (known && (known.getStatus() === 'COMPLETED' || isRunning(known)))
        throw new IdempotencyItemAlreadyExistsError('The webhook is being handled, or was.', known);
      records.set(record.idempotencyKey, record);
    }
    protected override async _getRecord(key: string): Promise<IdempotencyRecord> {
      const known = records.get(key);
      if (!known) throw new IdempotencyItemNotFoundError('The webhook is not noted.');
      return known;
    }
    protected override async _updateRecord(record: IdempotencyRecord): Promise<void> {
      records.set(record.idempotencyKey, record);
    }
    protected override async _deleteRecord({ idempotencyKey }: IdempotencyRecord): Promise<void> {
      records.delete(idempotencyKey);
    }
  }
  return new MemoryStore();
}
