/** The beginning of a body that would be sent, as operators read it. */
import type { ShownMessage } from '../../deliveries/route/routes-test.ts';

/** The most bytes of a body that are shown. With as many rules as there may be, the answer of a dry run stays below Lambda's 6 MB. */
const maxShownBytes = 16 * 1024;

/** The beginning of a body: as text, or in base64 if it is none. */
export function shownBody(body: Uint8Array): Pick<ShownMessage, 'body' | 'bodyBase64' | 'isCut'> {
  const bytes = Buffer.from(body);
  const text = bytes.toString('utf8');
  const isText = Buffer.from(text).equals(bytes);
  const shown = bytes.subarray(0, maxShownBytes);
  const cut = shown.length < bytes.length ? { isCut: true } : {};
  // A character may be cut in two.
  return {
    ...(isText ? { body: shown.toString('utf8').replace(/\uFFFD$/, '') } : { bodyBase64: shown.toString('base64') }),
    ...cut,
  };
}
