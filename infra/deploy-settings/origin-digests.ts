import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readSetting, type Setting } from './setting.ts';

/** One digest. While the secret changes, two: the old and the new value are live. */
const form = /^[0-9a-f]{64}(,[0-9a-f]{64})?$/;
/** Whoever hashes an empty variable by mistake would let requests without the header pass. */
const digestOfNothing = createHash('sha256').update('').digest('hex');

/** With it, requests that do not come through CloudFront are refused. */
export const originSha256 = {
  schema: z
    .string()
    .regex(form)
    .refine((digests) => !digests.includes(digestOfNothing))
    .describe('The SHA-256 of the secret value that CloudFront adds to each request, or of two values.'),
  advice: 'use the SHA-256 of the header in hexadecimal, or two with a comma',
} satisfies Setting;

/**
 * Reads `originSha256`. Returns an empty list without it.
 * @throws SettingError for a value that can't be used
 */
export const originDigestsOf = (value: unknown): string[] =>
  readSetting('originSha256', originSha256, value)?.split(',') ?? [];
