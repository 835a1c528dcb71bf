import { z } from 'zod';
import { unusable } from './setting-error.ts';

/** Lambda takes 4 KB of environment variables for all settings together. */
const longestTags = 1_024;

const textSchema = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\p{L}\p{N} _.:/=+@-]+$/u);

export const tagsSchema = z
  .record(textSchema(128).regex(/^(?!(aws|hooklatch):)/i), textSchema(256))
  .describe('Tags of the stacks, and of the secrets that are made at run time.');

/** `key=value`, several with commas. */
const objectIn = (text: string): Record<string, string> =>
  Object.fromEntries(text.split(',').map((pair) => /^([^=]*)=?(.*)$/s.exec(pair)?.slice(1) as [string, string]));

/**
 * Reads `tags`: an object in a file, or `key=value` with commas as `-c` gives it.
 * @throws SettingError for a tag that AWS refuses
 */
export function tagsOf(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  const { data } = tagsSchema.safeParse(typeof value === 'string' ? objectIn(value) : value);
  if (data !== undefined && JSON.stringify(data).length <= longestTags) return data;
  throw unusable(
    'tags',
    value,
    `write them like {"team": "payments"} in the file, or -c tags=team=payments; keys don't begin with aws: or hooklatch:, and all together have at most ${longestTags} characters`,
  );
}
