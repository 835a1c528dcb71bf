import type { HooklatchFunction } from './function.ts';

/**
 * Tells a function which requests come through CloudFront: an authorizer refuses all others, and the self-test explains that. The digest of a random value is no secret, so it can
 * be a variable, and the check costs no read. Another value takes effect with the deployment that names it.
 */
export function checkOrigin(fn: HooklatchFunction, digests: readonly string[]): void {
  if (digests.length > 0) fn.setVariable('ORIGIN_DIGESTS', digests.join(','));
}
