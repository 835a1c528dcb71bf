import { z } from 'zod';
import { unusable } from './setting-error.ts';

export const regionSchema = z
  .string()
  .regex(/^[a-z]{2,4}(-[a-z]+){1,2}-\d{1,2}$/)
  .describe('The AWS region of the stage, such as eu-central-1.');

/**
 * Reads `region`. Returns undefined without it: then the AWS configuration of the caller decides.
 * @throws SettingError for what can't be the name of a region
 */
export function regionOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const { data } = regionSchema.safeParse(value);
  if (data !== undefined) return data;
  throw unusable('region', value, 'use the name of an AWS region, like eu-central-1');
}
