import { wholeNumber } from './whole-number.ts';

/** Concurrent executions. Far more than AWS grants a new account. */
const mostExecutions = 100_000;

/**
 * Reads `-c reservedConcurrency`: how many concurrent executions are kept for each of the two functions that answer senders.
 * Without it, none are kept: a new account has too small a quota, and its deployment would fail.
 * @throws SettingError for a number that can't be used
 */
export const reservedConcurrencyOf = (value: unknown): number | undefined =>
  value === undefined
    ? undefined
    : wholeNumber('reservedConcurrency', value, mostExecutions, ', or leave it out to reserve nothing');
