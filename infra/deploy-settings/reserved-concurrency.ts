import { wholeNumber } from './whole-number.ts';

/** Far more than AWS grants a new account. */
const number = wholeNumber({ to: 100_000, otherwise: ', or leave it out to reserve nothing' });

/** By default none are reserved: the quota of a new account is too small, and the deployment would fail. */
export const reservedConcurrency = {
  ...number,
  schema: number.schema.describe(
    'Concurrent executions that are reserved for each of the two functions that answer senders.',
  ),
};
