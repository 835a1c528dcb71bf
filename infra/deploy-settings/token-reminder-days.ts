import { wholeNumber, wholeNumberSchema } from './whole-number.ts';

const mostDays = 3_650;

export const tokenReminderDaysSchema = wholeNumberSchema(mostDays).describe(
  'A token that is older than so many days is reported on the bus.',
);

/**
 * Reads `tokenReminderDays`: a token that is older is reported on the bus. By default none is. Hooklatch never rotates a token
 * by itself, because nobody would tell the sender the new one.
 * @throws SettingError for a number that can't be used
 */
export const tokenReminderDaysOf = (value: unknown): number | undefined =>
  value === undefined
    ? undefined
    : wholeNumber('tokenReminderDays', value, mostDays, ', or leave it out for no reminders');
