/**
 * Whether a signature covers the whole body. Separate from the scheme schemas, which are too large for the bundles of
 * the public functions.
 */
import type { Scheme } from './scheme.ts';

/**
 * Whether a signature of this scheme covers the whole body. If not, it proves only the sender: anybody who saw a
 * request can send it again with another body.
 *
 * SNS and PayPal count as covering the body, although they do not sign every byte. SNS and PayPal offer no stronger
 * signature. SNS signs the message, id, subject, time and topic, but not its attributes and links. A copy with other
 * attributes has the same id, so it is stored separately, as a conflict. PayPal signs the body's CRC-32, and a body
 * with the same CRC-32 is easy to make. `replayGuardOf` compensates for that.
 */
export function coversBody(scheme: Scheme): boolean {
  if ('message' in scheme) {
    return scheme.message.some(({ part }) => part === 'body' || part === 'sortedForm');
  }
  if (scheme.kind === 'jwt') return scheme.token.in === 'body' && scheme.token.path === undefined;
  return scheme.kind !== 'adyen';
}
