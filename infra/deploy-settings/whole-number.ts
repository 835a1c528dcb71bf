import { z } from 'zod';
import { unusable } from './setting-error.ts';
import type { SettingName } from './setting-names.ts';

/** The schema of a whole number from 1 to `most`. */
export const wholeNumberSchema = (most: number) => z.int().min(1).max(most);

/**
 * Reads a setting that is a whole number. `-c` gives a text; a file may give a number.
 * @param otherwise what else the operator can do, as the end of the error's sentence
 * @throws SettingError unless the value is a whole number from 1 to `most`
 */
export function wholeNumber(name: SettingName, value: unknown, most: number, otherwise = ''): number {
  const { data } = wholeNumberSchema(most).safeParse(/^[1-9]\d*$/.test(String(value)) ? Number(value) : undefined);
  if (data !== undefined) return data;
  throw unusable(name, value, `use a whole number from 1 to ${most}${otherwise}`);
}
