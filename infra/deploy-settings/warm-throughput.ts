import { unusable } from './setting-error.ts';
import { wholeNumberSchema } from './whole-number.ts';

/** What a new on-demand table takes by itself, in writes a second. AWS refuses a lower value. */
export const newTableWrites = 4_000;

/** AWS's quota for a table, unless it was raised. */
const mostWrites = 40_000;

export const warmThroughputSchema = wholeNumberSchema(mostWrites)
  .min(newTableWrites)
  .describe(
    'How many events a second the tables take from the first second on. AWS charges for it once. Never lower it.',
  );

/**
 * Reads `warmThroughput`: how many events a second the tables take at once. AWS can't lower it again.
 * @throws SettingError for a number that can't be used
 */
export function warmThroughputOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const { data } = warmThroughputSchema.safeParse(/^[1-9]\d*$/.test(String(value)) ? Number(value) : undefined);
  if (data !== undefined) return data;
  throw unusable(
    'warmThroughput',
    value,
    `use a whole number from ${newTableWrites} to ${mostWrites}, or leave it out for what AWS gives a new table`,
  );
}
