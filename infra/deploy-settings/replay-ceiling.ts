import { wholeNumber, wholeNumberSchema } from './whole-number.ts';

/** Events a second. */
export const defaultReplayCeiling = 500;
const mostEventsPerSecond = 10_000;

export const replayCeilingSchema = wholeNumberSchema(mostEventsPerSecond)
  .default(defaultReplayCeiling)
  .describe('The highest rate of a replay, in events a second.');

/**
 * Reads `replayCeiling`: the highest rate of a replay, in events a second. If the bus or your rules can't keep up
 * with the rate, the events wait, and a higher rate gains nothing.
 * @throws SettingError for a number that can't be used
 */
export const replayCeilingOf = (value: unknown): number =>
  value === undefined ? defaultReplayCeiling : wholeNumber('replayCeiling', value, mostEventsPerSecond);
