import { wholeNumber } from './whole-number.ts';

/** What a new on-demand table takes by itself, in writes a second. AWS refuses a lower value. */
export const newTableWrites = 4_000;

/** AWS's quota for a table, unless it was raised. */
const mostWrites = 40_000;

const number = wholeNumber({
  from: newTableWrites,
  to: mostWrites,
  otherwise: ', or leave it out for what AWS gives a new table',
});

/** How many events a second the tables take at once. AWS can't lower it again. */
export const warmThroughput = {
  ...number,
  schema: number.schema.describe(
    'How many events a second the tables take from the first second on. AWS charges for it once. Never lower it.',
  ),
};
