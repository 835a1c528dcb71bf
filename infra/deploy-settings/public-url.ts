import { z } from 'zod';
import { unusable } from './setting-error.ts';

/** An https URL with a host and perhaps a path, but no user, query, fragment or slash at its end. */
const form = /^https:\/\/[^/?#\s@]+(\/[^/?#\s]+)*$/;

export const publicUrlSchema = z
  .string()
  .regex(form)
  .describe('Where senders reach the API, such as https://hooks.example.com.');

/**
 * Reads `publicUrl`: where senders reach the API. Without it, they use the API's own endpoint.
 * @throws SettingError for a value that would make broken webhook URLs
 */
export function publicUrlOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const { data } = publicUrlSchema.safeParse(value);
  if (data !== undefined) return data;
  throw unusable('publicUrl', value, 'write it like https://hooks.example.com, without a slash at its end');
}
