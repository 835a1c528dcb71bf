/** A Lambda function's handler, made of a function that handles one webhook. */
import { type Webhook, type WebhookOptions, webhookFrom } from './webhook.ts';

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
  batchItemFailures: { itemIdentifier: string }[];
}

interface QueueMessage {
  messageId: string;
  eventSourceARN?: string;
  attributes?: { MessageGroupId?: string };
}

const isBatch = (event: unknown): event is { Records: QueueMessage[] } => {
  const { Records = [] } = (event ?? {}) as { Records?: Partial<QueueMessage>[] };
  return Array.isArray(Records) && Records.length > 0 && Records.every((each) => typeof each?.messageId === 'string');
};

const logFailure = (error: unknown, messageId: string): void =>
  console.error(`The message ${messageId} was not handled, and comes again.`, error);

/** What must be handled in order: in a FIFO queue the messages of a group, in any other queue each message alone. */
const lineOf = ({ messageId, eventSourceARN, attributes }: QueueMessage): string =>
  (eventSourceARN?.endsWith('.fifo') ? attributes?.MessageGroupId : undefined) ?? messageId;

interface Failure {
  messageId: string;
  error: unknown;
}

/** Handles messages one after the other, until one fails. @returns that one, and those behind it */
async function failuresOf(
  line: readonly QueueMessage[],
  handle: (message: QueueMessage) => Promise<unknown>,
): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const message of line) {
    const { messageId } = message;
    if (failures.length > 0) failures.push({ messageId, error: new Error('A message before it in its group failed.') });
    else await handle(message).catch((error) => failures.push({ messageId, error }));
  }
  return failures;
}

/**
 * Makes a handler for an event of the bus, for a notification of SNS, or for a batch of a queue. Of a batch, each message is handled by
 * itself, and those that fail are named in the answer. The event source mapping must ask for that (`reportBatchItemFailures`).
 *
 * The handler is a plain function, and so is what it takes: middy can make either, around the invocation or around each webhook.
 * A trial may call it without Lambda's context. The function then gets none.
 * @throws what the function throws, or NotAWebhook, if there is but one message; an AggregateError if each of a batch failed
 */
export function handleWebhooks<Context = InvocationContext>(
  handler: WebhookHandler<Context>,
  { onFailure = logFailure, ...options }: HandleWebhooksOptions = {},
) {
  return async (event: unknown, context?: Context): Promise<BatchAnswer | undefined> => {
    // Lambda always gives one. Who calls the handler without it knows what its function needs.
    const handle = async (message: unknown): Promise<unknown> =>
      handler(webhookFrom(message, options), context as Context);
    if (!isBatch(event)) {
      await handle(event);
      return undefined;
    }
    const lines = [...Map.groupBy(event.Records, lineOf).values()];
    const failures = (await Promise.all(lines.map((line) => failuresOf(line, handle)))).flat();
    for (const { error, messageId } of failures) onFailure(error, messageId);
    // Thrown, so that it counts as an error of the function. All messages come again, as if each was named.
    if (failures.length === event.Records.length)
      throw new AggregateError(
        failures.map(({ error }) => error),
        'No message of the batch was handled.',
      );
    return { batchItemFailures: failures.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

/** A middleware of middy, as far as this one needs it. */
export interface WebhookMiddleware {
  before(request: { event: unknown }): void;
}

/**
 * The middleware for a handler of middy that gets one event: the handler's event is the webhook.
 * @throws NotAWebhook if the event is not exactly one webhook
 */
export const webhook = (options: WebhookOptions = {}): WebhookMiddleware => ({
  before: (request) => {
    request.event = webhookFrom(request.event, options);
  },
});
