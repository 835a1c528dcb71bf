import { wholeNumber } from './whole-number.ts';

const defaultEventsPerSecond = 500;
const mostEventsPerSecond = 10_000;

/**
 * Reads `-c replayCeiling`: the highest rate of a replay, in events a second. With a higher rate than the bus and your rules
 * can take, events only wait there.
 * @throws SettingError for a number that can't be used
 */
export const replayCeilingOf = (value: unknown): number =>
  value === undefined ? defaultEventsPerSecond : wholeNumber('replayCeiling', value, mostEventsPerSecond);
