import { wholeNumber } from './whole-number.ts';

/** Batches at the same time. AWS allows no fewer than two for a queue, and no more than a thousand. */
export const defaultDispatchConcurrency = 5;

const number = wholeNumber({ from: 2, to: 1_000 });

/** The lanes get as much, so an account needs more than twice as many executions. */
export const dispatchConcurrency = {
  ...number,
  schema: number.schema
    .default(defaultDispatchConcurrency)
    .describe(
      'How many batches of webhooks are sent to destinations at the same time. Use 2 if the account allows ten concurrent executions.',
    ),
};
