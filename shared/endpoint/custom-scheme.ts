/** What a scheme of one's own must be so that nobody without the secret can make a delivery that it verifies. */
import { objectOnly } from '../provider/preset.ts';
import { presetOf } from '../provider/presets.ts';
import type { Auth } from '../settings/auth.ts';
import { coversBody } from '../signature/body-cover.ts';
import type { Scheme } from '../signature/scheme.ts';

/** Whether exactly the body's bytes are signed. */
const isOverBody = (scheme: Scheme): boolean =>
  'message' in scheme && scheme.message.length === 1 && scheme.message[0]?.part === 'body';

/**
 * Why no delivery of this provider may be verified so, in words that say what to change; undefined if one may. It is asked
 * when auth is configured and again for every delivery, because an earlier version took more.
 */
export function whySchemeIsUnsafe(provider: string, auth: Auth): string | undefined {
  if (!('scheme' in auth) || typeof auth.scheme === 'string') return undefined;
  if (auth.kind === 'signature' && !coversBody(auth.scheme))
    return 'its signature does not cover the body, so that whoever saw one request can send another body. Add the part body to the message, or ask for a token too, with auth.kind both.';
  // Its handshake signs short texts for anybody. None is a JSON object, which is all that it delivers.
  if (objectOnly(presetOf(provider)) && !isOverBody(auth.scheme))
    return `the handshake of ${provider} is answered with a signature of a text that anybody may choose, and that text could be what this scheme signs. Let the message be the part body alone.`;
  return undefined;
}
