import { wholeNumber, wholeNumberSchema } from './whole-number.ts';

/** The limit of the setting. The limit is far more than AWS grants a new account. */
const mostExecutions = 100_000;

export const reservedConcurrencySchema = wholeNumberSchema(mostExecutions).describe(
  'Concurrent executions that are reserved for each of the two functions that answer senders.',
);

/**
 * Reads `reservedConcurrency`: how many concurrent executions are reserved for each of the two functions that answer
 * senders. By default none are reserved: the quota of a new account is too small, and the deployment would fail.
 * @throws SettingError for a number that can't be used
 */
export const reservedConcurrencyOf = (value: unknown): number | undefined =>
  value === undefined
    ? undefined
    : wholeNumber('reservedConcurrency', value, mostExecutions, ', or leave it out to reserve nothing');
