import { unusable } from './setting-error.ts';

/** An https URL with a host and perhaps a path, but no user, query, fragment or slash at its end. */
const form = /^https:\/\/[^/?#\s@]+(\/[^/?#\s]+)*$/;

/**
 * Reads `-c publicUrl`: where senders reach the API. Without it, they use the API's own endpoint.
 * @throws SettingError for a value that would make broken webhook URLs
 */
export function publicUrlOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && form.test(value)) return value;
  throw unusable('publicUrl', value, 'write it like https://hooks.example.com, without a slash at its end');
}
