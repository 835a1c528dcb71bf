/** Settings for all connections: whether stacks can have them, and when a token counts as old. */
import { z } from 'zod';
import { type Setting, wholeNumber } from './setting.ts';

/** Whether other stacks can have connections (`WebhookConnection`). */
export const managedConnections = {
  schema: z
    .boolean()
    .default(false)
    .describe('Whether stacks can have connections of this deployment, by a function with the rights of an admin.'),
  advice: 'use true or false',
  fromText: (text) => (text === 'true' || text === 'false' ? text === 'true' : text),
} satisfies Setting;

/** Hooklatch never rotates a token by itself, because nobody would tell the sender the new one. */
export const tokenReminderDays = wholeNumber({ to: 3_650, otherwise: ', or leave it out for no reminders' }, (number) =>
  number.describe('A token that is older than so many days is reported on the bus.'),
);
