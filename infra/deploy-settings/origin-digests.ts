import { createHash } from 'node:crypto';
import { z } from 'zod';
import { unusable } from './setting-error.ts';

/** One digest. While the secret changes, two: the old and the new value are live. */
const form = /^[0-9a-f]{64}(,[0-9a-f]{64})?$/;
/** Whoever hashes an empty variable by mistake would let requests without the header pass. */
const digestOfNothing = createHash('sha256').update('').digest('hex');

export const originSha256Schema = z
  .string()
  .regex(form)
  .describe('The SHA-256 of the secret value that CloudFront adds to each request, or of two values.');

/**
 * Reads `originSha256`: the SHA-256 of the secret value that CloudFront adds to each request, or of two values with a comma
 * between them. With it, requests that do not come through CloudFront are refused. Returns an empty list without it.
 * @throws SettingError for a value that can't be used
 */
export function originDigestsOf(value: unknown): string[] {
  if (value === undefined) return [];
  const digests = originSha256Schema.safeParse(value).data?.split(',') ?? [];
  if (digests.length > 0 && !digests.includes(digestOfNothing)) return digests;
  throw unusable('originSha256', value, 'use the SHA-256 of the header in hexadecimal, or two with a comma');
}
