/** Whether a signature covers the whole body; apart from the schemas of schemes, which are too heavy for what judges by them. */
import type { Scheme } from './scheme.ts';

/**
 * Whether a signature of this scheme covers the whole body. One that does not proves who sent it, and its body may
 * have been changed or sent again by whoever saw it.
 *
 * Two are counted in with less than every byte, because their senders have nothing stronger. SNS signs the message with
 * its id, subject, time and topic, but not its attributes and links: with others of these its id comes a second time,
 * which makes it an event in conflict. PayPal signs the body's CRC-32, for which whoever saw a body can make another:
 * `replayGuardOf` makes up for that.
 */
export function coversBody(scheme: Scheme): boolean {
  if ('message' in scheme) {
    return scheme.message.some(({ part }) => part === 'body' || part === 'sortedForm');
  }
  if (scheme.kind === 'jwt') return scheme.token.in === 'body' && scheme.token.path === undefined;
  return scheme.kind !== 'adyen';
}
