import { createHash } from 'node:crypto';
import { unusable } from './setting-error.ts';

/** While the secret changes, the old and the new value are live. */
const mostValues = 2;
const digestForm = /^[0-9a-f]{64}$/;
/** Whoever hashes an empty variable by mistake would let requests without the header pass. */
const digestOfNothing = createHash('sha256').update('').digest('hex');

/**
 * Reads `-c originSha256`: the SHA-256 of the secret value that CloudFront adds to each request, or of two values with a comma
 * between them. With it, requests that do not come through CloudFront are refused. Returns an empty list without it.
 * @throws SettingError for a value that can't be used
 */
export function originDigestsOf(value: unknown): string[] {
  if (value === undefined) return [];
  const digests = String(value).split(',');
  const isUsable = digests.every((digest) => digestForm.test(digest) && digest !== digestOfNothing);
  if (isUsable && digests.length <= mostValues) return digests;
  throw unusable('originSha256', value, 'use the SHA-256 of the header in hexadecimal, or two with a comma');
}
