import type { HooklatchFunction } from './function.ts';

/**
 * Lets an authorizer refuse requests that do not come through CloudFront. The digest of a random value is no secret, so it can
 * be a variable, and the check costs no read. Another value takes effect with the deployment that names it.
 */
export function checkOrigin(authorizer: HooklatchFunction, digests: readonly string[]): void {
  if (digests.length > 0) authorizer.setVariable('originDigests', digests.join(','));
}
