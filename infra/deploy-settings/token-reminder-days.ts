import { wholeNumber } from './whole-number.ts';

const number = wholeNumber({ to: 3_650, otherwise: ', or leave it out for no reminders' });

/** Hooklatch never rotates a token by itself, because nobody would tell the sender the new one. */
export const tokenReminderDays = {
  ...number,
  schema: number.schema.describe('A token that is older than so many days is reported on the bus.'),
};
