import { z } from 'zod';
import { unusable } from './setting-error.ts';

export const accountSchema = z
  .string()
  .regex(/^\d{12}$/)
  .describe('The AWS account of the stage. A deployment with credentials of another account fails.');

/**
 * Reads `account`. Returns undefined without it: then the credentials decide.
 * @throws SettingError unless the value is a text of 12 digits. A number would lose the zeros at its beginning.
 */
export function accountOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const { data } = accountSchema.safeParse(value);
  if (data !== undefined) return data;
  throw unusable('account', value, 'write the 12 digits of the AWS account as a text, like "123456789012"');
}
