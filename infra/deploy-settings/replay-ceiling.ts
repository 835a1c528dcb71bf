import { wholeNumber } from './whole-number.ts';

/** Events a second. */
export const defaultReplayCeiling = 500;

const number = wholeNumber({ to: 10_000 });

/** If the bus or your rules can't keep up with the rate, the events wait, and a higher rate gains nothing. */
export const replayCeiling = {
  ...number,
  schema: number.schema
    .default(defaultReplayCeiling)
    .describe('The highest rate of a replay or of a redelivery of many, in events or deliveries a second.'),
};
