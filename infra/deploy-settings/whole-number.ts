import { unusable } from './setting-error.ts';
import type { SettingName } from './setting-names.ts';

/**
 * Reads a setting that is a whole number. `-c` gives a text; cdk.json may give a number.
 * @param otherwise what else the operator can do, as the end of the error's sentence
 * @throws SettingError unless the value is a whole number from 1 to `most`
 */
export function wholeNumber(name: SettingName, value: unknown, most: number, otherwise = ''): number {
  const number = /^[1-9]\d*$/.test(String(value)) ? Number(value) : undefined;
  if (number !== undefined && number <= most) return number;
  throw unusable(name, value, `use a whole number from 1 to ${most}${otherwise}`);
}
