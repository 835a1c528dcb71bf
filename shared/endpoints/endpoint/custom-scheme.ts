/** Checks that nobody can forge arrivals for a custom scheme without its secret. */
import { objectOnly } from '../provider/preset.ts';
import { presetOf } from '../provider/presets.ts';
import type { Auth } from '../settings/auth.ts';
import { coversBody } from '../signature/body-cover.ts';
import type { Scheme } from '../signature/scheme.ts';

/** Whether the signed message is exactly the body. */
const isOverBody = (scheme: Scheme): boolean =>
  'message' in scheme && scheme.message.length === 1 && scheme.message[0]?.part === 'body';

/**
 * The reason why this auth must not verify arrivals of this provider, and what to change; undefined if the auth is
 * safe. The auth is checked when it is configured, and again for every arrival, because an older release accepted more
 * schemes.
 */
export function whySchemeIsUnsafe(provider: string, auth: Auth): string | undefined {
  if (!('scheme' in auth) || typeof auth.scheme === 'string') return undefined;
  if (auth.kind === 'signature' && !coversBody(auth.scheme))
    return 'its signature does not cover the body, so anybody who saw a request can send another body. Add the part body to the message, or demand a token too, with auth.kind both.';
  // The provider's handshake signs short texts for anybody. An arrival is a JSON object and these texts are not, so a
  // signature of only the body is safe.
  if (objectOnly(presetOf(provider)) && !isOverBody(auth.scheme))
    return `the handshake of ${provider} returns a signature of a text that anybody may choose, and that text could equal a message of this scheme. Use a message whose only part is body.`;
  return undefined;
}
