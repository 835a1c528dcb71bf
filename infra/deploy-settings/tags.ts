import { z } from 'zod';
import type { Setting } from './setting.ts';

/** Lambda takes 4 KB of environment variables for all settings together. */
const longestTags = 1_024;

const textSchema = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\p{L}\p{N} _.:/=+@-]+$/u);

/** `key=value`, several with commas. */
const fromText = (text: string): Record<string, string> =>
  Object.fromEntries(text.split(',').map((pair) => /^([^=]*)=?(.*)$/s.exec(pair)?.slice(1) as [string, string]));

/** The tags that AWS takes, but for those that AWS and Hooklatch keep for themselves. */
export const tags = {
  schema: z
    .record(textSchema(128).regex(/^(?!(aws|hooklatch):)/i), textSchema(256))
    .refine((all) => JSON.stringify(all).length <= longestTags)
    .describe('Tags of the stacks, and of the secrets that are made at run time.'),
  advice: `write them like {"team": "payments"}, or -c tags=team=payments; keys don't begin with aws: or hooklatch:, and all together have at most ${longestTags} characters`,
  fromText,
} satisfies Setting;
